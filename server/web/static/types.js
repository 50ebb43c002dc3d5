// The messages of /live and the answers of the API, as the pages read them.
// They mirror package wire; nothing here runs.

/** @typedef {{vi: string, en?: string}} Text */
/** @typedef {{low: number, high: number}} Interval whole minutes */
/** @typedef {'booked'|'waiting'|'called'|'serving'|'parked'|'no_show'|'ended'|'cancelled'|'expired'} VisitState */
/** @typedef {'closed'|'open'|'paused'|'calling'|'serving'} CounterState */

/**
 * @typedef {object} Service
 * @property {string} id
 * @property {string} prefix
 * @property {Text} name
 * @property {Text} short
 * @property {number} wait_target minutes
 * @property {number} typical minutes
 * @property {'post'|'online_help'|'results'} [kind]
 * @property {boolean} [no_confirm] the first touch takes the number
 * @property {{from: string, text: Text}} [late] a sentence that holds from an hour on ("15:00")
 * @property {string} [online] https address where it can be filed without coming
 * @property {Text} [promise] today's promise, a sentence
 * @property {Special} [golden]
 * @property {Special} [no_slip]
 */
/** @typedef {{today?: boolean, next?: string, weekdays: number[]}} Special `next`: 2026-11-24 */
/** @typedef {{id: string, name: Text, services: string[]}} Group one tile for several services */
/** @typedef {{zone?: string, from: string, to: string, percent: number}} LoudnessHour */
/**
 * @typedef {object} VoiceSetting how calls are spoken
 * @property {boolean} [on]
 * @property {string} [region] "south"
 * @property {string} [numbers] "whole"
 * @property {boolean} [english]
 * @property {string[]} [also] tags of more languages, said after it
 * @property {boolean} [once]
 * @property {LoudnessHour[]} [hours]
 */
/** @typedef {{id: string, name: Text, counters: string[]}} Zone a part of the hall with boards of its own */
/**
 * @typedef {object} Board
 * @property {Zone[]} [zones]
 * @property {{from?: string, to?: string}} [night] when boards are black, "22:00"
 * @property {VoiceSetting} [voice]
 */
/** @typedef {{name?: Text, address?: Text, phone?: string, email?: string, hours?: Text}} Contact */
/** @typedef {{file?: string, text?: Text, seconds?: number, from?: string, to?: string}} Slide `from` and `to` are days */
/**
 * @typedef {object} Hall what the hall publishes beside the catalogue
 * @property {Contact} [complaints]
 * @property {string} [portal] https address for formal complaints
 * @property {Text[]} [conduct]
 * @property {{basis?: string, rows?: {name: Text, price: Text}[]}} [tariff]
 * @property {Slide[]} [playlist]
 */
/**
 * @typedef {object} CounterName
 * @property {string} id
 * @property {string} label
 * @property {Text} name
 * @property {string[]} services
 * @property {string} [clerk]
 * @property {Text} [title] counter view, where the hall shows who sits there
 * @property {string} [photo] a file of the hall's media
 */
/** @typedef {{id: string, name: Text}} Priority */
/** @typedef {{id: string, name: Text, value: number}} RatingLevel */
/** @typedef {{levels: RatingLevel[], reasons: RatingLevel[]|null, window: number, form?: boolean}} RatingSetting */
/** @typedef {{id: string, name: Text, from: string, to: string, cut_off: string, take: string}} Half */

/**
 * @typedef {object} Branch
 * @property {string} id
 * @property {Text} name
 * @property {Text} place
 * @property {string} [address]
 * @property {number} version
 * @property {Service[]} services
 * @property {CounterName[]} counters
 * @property {Priority[]} priorities
 * @property {RatingSetting} rating
 * @property {Half[]|null} halves today's
 * @property {Group[]} [groups]
 * @property {{diagonal?: number, base?: number, scan?: boolean}} [kiosk] inches, millimetres
 * @property {{per_service: number, per_day: number, kiosk?: number, seconds?: number}} [pace]
 * @property {number} [booking] days ahead that can be booked
 * @property {boolean} [lookup] there are procedures to look up
 * @property {Hall} [hall] look-up, board and staff views
 * @property {Board} [board] board, counter and staff views
 * @property {boolean} [box] the suggestion box is open
 * @property {boolean} [verify] who knows the digits is told more of a dossier
 * @property {string} [wifi] name of the network phones need
 * @property {boolean} [always]
 * @property {boolean} [trusted]
 * @property {string} [engine]
 * @property {string} [logo] path of the hall's own
 * @property {boolean} [training] a hall for practice
 */

/**
 * @typedef {object} Visit
 * @property {string} id
 * @property {string} number
 * @property {string} service
 * @property {VisitState} state
 * @property {string} [counter]
 * @property {number} [calls]
 * @property {string} [called]
 * @property {number} [tx]
 * @property {string} [priority]
 * @property {string} [queue]
 * @property {boolean} [front]
 * @property {string} [order]
 * @property {string} [procedure]
 * @property {string} [taken]
 * @property {string} [booked]
 * @property {string} [served]
 * @property {string} [ended]
 * @property {string} [parked]
 * @property {string} [outcome]
 * @property {string} [reason]
 * @property {Paper['state']} [print] in snapshots
 * @property {string} [print_reason]
 */

/** @typedef {{tx: string, from: string, rated: boolean}} RateInfo */

/**
 * @typedef {object} Counter
 * @property {string} id
 * @property {CounterState} state
 * @property {string} [visit]
 * @property {string} [number]
 * @property {string} [reason]
 * @property {string} [since]
 * @property {RateInfo} [rate]
 * @property {string} [clerk] of events, for staff: who sits there with an account
 */

/** @typedef {'ready'|'paper_low'|'paper_out'|'cover_open'|'cutter'|'error'|'busy'|'offline'|'unknown'} DeviceState */
/**
 * @typedef {object} Device
 * @property {string} id
 * @property {string} agent
 * @property {'printer'|'keypad'|'panel'|'scanner'|'agent'|'screen'} kind
 * @property {DeviceState} state
 * @property {string} [detail]
 * @property {string} [counter]
 * @property {string[]} [prints] names of the keys whose tickets it prints
 * @property {string} [profile]
 * @property {string} [verified]
 */
/**
 * @typedef {object} HallNotice told until somebody ends it
 * @property {string} id
 * @property {'emergency'|'maintenance'|'info'|'help'|'pace'|'person'} kind the last three in staff and kiosk views only
 * @property {Text} [text]
 * @property {string[]} [machines] maintenance: names of the kiosks' keys; all kiosks when there is none
 * @property {string} [service]
 * @property {number} [count]
 * @property {string} [by] the machine or account it came from
 * @property {string} at milliseconds since 1970, in decimal
 */
/** @typedef {{state: 'printed'|'failed'|'unknown', reason: string}} Paper what became of a ticket on paper */

/**
 * @typedef {object} Figure
 * @property {string} id
 * @property {boolean} open
 * @property {number} waiting
 * @property {Interval|null} estimate
 * @property {string} [next] number called first of those who wait, when that is sure
 * @property {'before_opening'|'lunch'|'cut_off'|'holiday'|'weekend'|'not_today'|'closed'|'quota_full'|'emergency'} [reason] why it is closed
 * @property {string} [opens] when numbers begin again
 * @property {Text} [holiday] its name, when that is the reason
 */
/** @typedef {{now: string, services: Figure[]|null}} Figures */

/**
 * @typedef {object} HallEvent
 * @property {string} kind
 * @property {string} at
 * @property {string} [by]
 * @property {string} [verb]
 * @property {string} [undoes]
 * @property {Visit} [visit]
 * @property {Counter} [counter]
 * @property {string} [from]
 * @property {string} [place]
 * @property {string} [reason]
 * @property {boolean} [out_of_turn]
 * @property {string} [day]
 * @property {number} [version]
 * @property {string} [note]
 * @property {Device} [device]
 * @property {HallNotice} [notice]
 */

/**
 * The state as the server sends it in a snapshot.
 * @typedef {object} SnapshotState
 * @property {Branch} branch
 * @property {string} day
 * @property {boolean} open
 * @property {Visit[]|null} visits
 * @property {Counter[]|null} counters
 * @property {Figures} figures
 * @property {Device[]} [devices] staff, kiosk and device views
 * @property {HallNotice[]} [notices]
 * @property {boolean} [booked] kiosk view: somebody has booked and not yet come
 */

/**
 * The state as a page holds it: the same, by id.
 * @typedef {object} HallState
 * @property {Branch} branch
 * @property {string} day
 * @property {boolean} open
 * @property {Map<string, Visit>} visits
 * @property {Map<string, Counter>} counters in the order of the settings
 * @property {Map<string, Figure>} figures by service
 * @property {Map<string, Device>} devices
 * @property {Map<string, Paper>} papers by visit
 * @property {Map<string, HallNotice>} notices that stand now
 * @property {boolean} booked somebody has booked and not yet come
 */

/**
 * @typedef {object} Ticket
 * @property {string} id
 * @property {string} number
 * @property {string} service
 * @property {VisitState} state
 * @property {number} ahead
 * @property {Interval|null} estimate
 * @property {string} token
 * @property {string} code
 * @property {string} url
 * @property {string} issued_at
 * @property {string} [priority]
 * @property {string} [counter]
 * @property {number} calls
 * @property {string} [ended_at]
 * @property {string} branch
 * @property {Text} [branch_name]
 * @property {string} [branch_logo] path of the hall's own logo
 * @property {string} [person] how the hall addresses people; ông/bà when missing
 * @property {Text} [service_name]
 * @property {string} [counter_label]
 * @property {string[]} [area]
 * @property {Paper['state']} [print]
 * @property {string} [print_reason]
 * @property {RateInfo} [rate]
 * @property {{id: string, name: Text}[]} [levels]
 * @property {{id: string, name: Text}[]} [reasons]
 * @property {string} [lang] the number was taken in
 * @property {number} [behind] people who can be let pass, 5 at most
 * @property {boolean} [moved] waiting: sent on from another counter or service
 * @property {boolean} [again] waiting: missed its call, will be called again
 * @property {string} [until] no_show: when the chance to be called again ends
 * @property {Text} [promise]
 * @property {Text} [late]
 * @property {Text[]} [notes] sentences of the hall
 * @property {Text} [notice] the emergency that stands now
 * @property {{code: string, name: string, online_url?: string}} [procedure] what it was taken for
 * @property {boolean} [training] of a hall for practice
 */

export {};
