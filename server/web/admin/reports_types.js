// The answers of /api/v1/reports as the pages read them. They mirror package report;
// nothing here runs. Times are seconds, shares exact counts.

/** @typedef {{n: number, mean: number, median: number, p90: number}} Spread */
/** @typedef {{yes: number, of: number}} Share */
/** @typedef {{kept: number, broken: number, unknown: number}} Promised */
/** @typedef {{open: number, idle: number, calling: number, serving: number, paused: number}} Use */
/** @typedef {{done: number, received: number, supplement: number, refused: number, guided: number}} Outcomes */
/** @typedef {{id: string, name: string, value: number}} Named */
/** @typedef {{n: number, points: number, mean: number}} Mark */
/** @typedef {{n: number, q1: Mark, q3: Mark, q4: Mark, q7: Mark}} Forms */
/**
 * @typedef {object} Rating
 * @property {number} asked
 * @property {number} rated
 * @property {number[] | null} levels best first
 * @property {number} points
 * @property {number} mean
 * @property {Share} content
 * @property {number} low Wilson's interval of the share of the content, 95 %
 * @property {number} high
 * @property {Record<string, number> | null} sources
 * @property {Named[] | null} reasons
 * @property {boolean} small fewer than an order needs
 * @property {number} [withheld] the hall's least number, when what the ratings said is not told
 * @property {number} refused
 * @property {Forms} forms
 */
/**
 * @typedef {object} Figures
 * @property {number} taken
 * @property {number} served
 * @property {number} no_show
 * @property {number} cancelled
 * @property {number} expired
 * @property {number} transferred
 * @property {number} transfers
 * @property {number} ping_pong
 * @property {number} again
 * @property {number} out_of_turn
 * @property {number} priority
 * @property {number} recalls
 * @property {Spread} wait
 * @property {Spread} service
 * @property {Share} in_target
 * @property {Share} told
 * @property {Promised} promise
 * @property {Promised} half_day
 * @property {Use} use
 * @property {Outcomes} outcome
 * @property {Rating} rating
 */
/** @typedef {'service'|'field'|'procedure'|'counter'|'clerk'|'hour'|'weekday'|'priority'|'channel'|'day'|'month'|'branch'} Dimension */
/** @typedef {Figures & {id: string, name: string}} Row */
/** @typedef {{taken: number, wait: number}} Cell */
/** @typedef {'out_of_turn'|'priority'|'transfer'|'undo'} OverrideKind */
/**
 * @typedef {object} Override
 * @property {string} branch
 * @property {number} seq
 * @property {string} at
 * @property {OverrideKind} kind
 * @property {string} number
 * @property {string} visit
 * @property {string} counter
 * @property {string} by
 * @property {string} was
 * @property {string} became
 * @property {string} reason
 */
/** @typedef {{received: number, resolved: number, pending: number, overdue: number}} Dossiers */
/**
 * @typedef {object} Report
 * @property {string} made
 * @property {boolean} sample
 * @property {number} days
 * @property {number} fewest
 * @property {number} ranked
 * @property {Figures} total
 * @property {Partial<Record<Dimension, Row[] | null>>} by
 * @property {Cell[][]} heat by weekday (0 = Sunday) and hour
 * @property {number[]} histogram waits by five minutes
 * @property {Named[] | null} pauses seconds
 * @property {Override[] | null} overrides
 * @property {Dossiers | null} [dossiers]
 */
/**
 * @typedef {object} Ranked
 * @property {string} branch
 * @property {string} name
 * @property {string} kind
 * @property {number} place
 * @property {Figures} figures
 * @property {(number | null)[]} indicators
 * @property {number} points
 * @property {number} most
 * @property {number} scale
 * @property {''|'excellent'|'good'|'fair'|'average'|'weak'} class
 */
/** @typedef {{month: string, text: string, by: string, at: string}} Remark */
/** @typedef {{clerk: string, counters: string[] | null, served: number, service: Spread, rating: Rating, place: number, remarks: Remark[] | null}} Officer */
/** @typedef {{branch: string, fewest: number, ranked: number, officers: Officer[] | null}} Officers */
/** @typedef {{id: string, name: import('/web/types.js').Text, text: import('/web/types.js').Text, source?: string, visits?: boolean}} Definition */
/** @typedef {{id: string, name: string, kind: string, sample: boolean, first: string, last: string, letterhead?: import('/admin/reports_head.js').Letterhead}} BranchInfo */
/**
 * @typedef {object} TracedVisit
 * @property {string} branch
 * @property {string} id
 * @property {string} day
 * @property {string} number
 * @property {string} service
 * @property {string} [priority]
 * @property {string} state
 * @property {string} [outcome]
 * @property {string} [counter]
 * @property {string} taken
 * @property {string | null} [called]
 * @property {string | null} [served]
 * @property {string | null} [ended]
 * @property {number | null} [wait] seconds
 */
/** @typedef {{id: string, n: number, counter: string, clerk: string, service: string, started: string, ended?: string | null, outcome: string, due?: string | null, kept?: number | boolean | null}} TracedTransaction */
/** @typedef {{seq: number, at: string, kind: string, counter: string, by: string, body: any}} TracedEvent */

/** What narrows a report down, by the names of the API. @typedef {Partial<Record<'service'|'field'|'procedure'|'counter'|'clerk'|'priority'|'channel'|'hour'|'weekday', string>>} Filters the last two for visits only */
/**
 * A question to the server.
 * @typedef {object} Query
 * @property {string[]} branches all when empty
 * @property {string} from
 * @property {string} to
 * @property {Filters} filters
 */
/**
 * What every section of the page is given.
 * @typedef {object} Scene
 * @property {Report} report
 * @property {Report | null} before the span it is compared with
 * @property {import('/admin/reports_range.js').Span} span
 * @property {import('/admin/reports_range.js').Range} range
 * @property {import('/admin/reports_range.js').Range} against what "before" is about
 * @property {Query} query
 * @property {import('/web/types.js').Branch | null} branch the settings' names of the hall this page is of
 * @property {boolean} reader may look and not write
 * @property {(id: string) => Definition | undefined} define
 * @property {(figure: string, title: string, filters?: Partial<Query> & {filters?: Filters}) => void} trace
 * @property {(visit: string, branch: string) => void} visit
 */

export {};
