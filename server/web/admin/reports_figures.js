// The figures one by one: what each is called, where it stands in an answer, how it
// is written, and which way is better. Headline, tables and print all read this list.
import { t } from '/web/i18n.js';
import { count, decimal, hours, interval, minutes, NONE, percent, shareOf } from '/admin/reports_words.js';

/** @typedef {import('/admin/reports_types.js').Figures} Figures */
/** @typedef {import('/admin/reports_types.js').Promised} Promised */
/** @typedef {'count'|'share'|'time'|'hours'|'points'} Kind */
/**
 * @typedef {object} Figure
 * @property {string} id
 * @property {string} def the definition it is counted by, and the visits behind it
 * @property {() => string} name
 * @property {Kind} kind
 * @property {(f: Figures) => number | null} value null: nothing to tell
 * @property {-1 | 0 | 1} good which way is better; 0: neither
 * @property {(f: Figures) => string} [words] in place of the plain number
 * @property {(f: Figures) => string} [more] a line beside it
 * @property {(f: Figures) => boolean} [faint] too few to say much
 */

/** @param {Promised} p @returns {number | null} what is unknown counts for neither side */
const kept = (p) => (p.kept + p.broken > 0 ? p.kept / (p.kept + p.broken) : null);

/** @param {Kind} kind @param {number | null} v */
export function write(kind, v) {
  if (v === null) return NONE;
  switch (kind) {
    case 'count': return count(v);
    case 'share': return percent(v);
    case 'time': return minutes(v);
    case 'hours': return hours(v);
    default: return decimal(v);
  }
}

/** Whether it may be told how these were rated. @param {import('/admin/reports_types.js').Rating} r */
export const told = (r) => r.rated > 0 && !r.withheld;

/** Why it is not: raters are secret; empty when it is. @param {import('/admin/reports_types.js').Rating} r */
export const withheld = (r) => (!r.withheld ? '' : r.rated < r.withheld ? t('rp.few', { n: r.withheld }) : t('rp.withheld'));

/** A figure in words. @param {Figure} x @param {Figures} f */
export const words = (x, f) => x.words?.(f) ?? write(x.kind, x.value(f));

/** @type {Record<string, Figure>} */
export const FIGURES = {
  taken: { id: 'taken', def: 'taken', name: () => t('rp.f.taken'), kind: 'count', value: (f) => f.taken, good: 0, more: (f) => t('rp.m.taken', { n: count(f.priority) }) },
  served: { id: 'served', def: 'served', name: () => t('rp.f.served'), kind: 'count', value: (f) => f.served, good: 0, more: (f) => t('rp.m.served', { n: percent(f.taken ? f.served / f.taken : 0) }) },
  no_show: { id: 'no_show', def: 'no_show', name: () => t('rp.f.no_show'), kind: 'count', value: (f) => f.no_show, good: -1, more: (f) => t('rp.m.no_show', { n: percent(f.taken ? f.no_show / f.taken : 0) }) },
  cancelled: { id: 'cancelled', def: 'cancelled', name: () => t('rp.f.cancelled'), kind: 'count', value: (f) => f.cancelled, good: -1 },
  transferred: { id: 'transferred', def: 'transferred', name: () => t('rp.f.transferred'), kind: 'count', value: (f) => f.transferred, good: -1 },
  ping_pong: { id: 'ping_pong', def: 'ping_pong', name: () => t('rp.f.ping_pong'), kind: 'count', value: (f) => f.ping_pong, good: -1 },
  again: { id: 'again', def: 'again', name: () => t('rp.f.again'), kind: 'count', value: (f) => f.again, good: -1 },
  out_of_turn: { id: 'out_of_turn', def: 'out_of_turn', name: () => t('rp.f.out_of_turn'), kind: 'count', value: (f) => f.out_of_turn, good: -1 },
  wait: { id: 'wait', def: 'wait', name: () => t('rp.f.wait'), kind: 'time', value: (f) => (f.wait.n ? f.wait.median : null), good: -1,
    more: (f) => (f.wait.n ? t('rp.m.wait', { p90: minutes(f.wait.p90), mean: minutes(f.wait.mean) }) : '') },
  wait_mean: { id: 'wait_mean', def: 'wait', name: () => t('rp.f.wait_mean'), kind: 'time', value: (f) => (f.wait.n ? f.wait.mean : null), good: -1 },
  wait_p90: { id: 'wait_p90', def: 'wait', name: () => t('rp.f.wait_p90'), kind: 'time', value: (f) => (f.wait.n ? f.wait.p90 : null), good: -1 },
  in_target: { id: 'in_target', def: 'in_target', name: () => t('rp.f.in_target'), kind: 'share', value: (f) => shareOf(f.in_target), good: 1,
    more: (f) => t('rp.m.of', { yes: count(f.in_target.yes), of: count(f.in_target.of) }) },
  told: { id: 'told', def: 'told', name: () => t('rp.f.told'), kind: 'share', value: (f) => shareOf(f.told), good: 1 },
  over_target: { id: 'over_target', def: 'over_target', name: () => t('rp.f.over_target'), kind: 'count', value: (f) => f.in_target.of - f.in_target.yes, good: -1 },
  expired: { id: 'expired', def: 'expired', name: () => t('rp.f.expired'), kind: 'count', value: (f) => f.expired, good: -1 },
  recalls: { id: 'recalls', def: 'recalls', name: () => t('rp.f.recalls'), kind: 'count', value: (f) => f.recalls, good: 0 },
  done: { id: 'done', def: 'outcome_done', name: () => t('rp.out.done'), kind: 'count', value: (f) => f.outcome.done, good: 0 },
  received: { id: 'received', def: 'outcome_received', name: () => t('rp.out.received'), kind: 'count', value: (f) => f.outcome.received, good: 0 },
  supplement: { id: 'supplement', def: 'outcome_supplement', name: () => t('rp.out.supplement'), kind: 'count', value: (f) => f.outcome.supplement, good: 0 },
  refused: { id: 'refused', def: 'outcome_refused', name: () => t('rp.out.refused'), kind: 'count', value: (f) => f.outcome.refused, good: 0 },
  guided: { id: 'guided', def: 'outcome_guided', name: () => t('rp.out.guided'), kind: 'count', value: (f) => f.outcome.guided, good: 0 },
  service: { id: 'service', def: 'service', name: () => t('rp.f.service'), kind: 'time', value: (f) => (f.service.n ? f.service.median : null), good: 0,
    more: (f) => (f.service.n ? t('rp.m.wait', { p90: minutes(f.service.p90), mean: minutes(f.service.mean) }) : '') },
  service_mean: { id: 'service_mean', def: 'service', name: () => t('rp.f.service_mean'), kind: 'time', value: (f) => (f.service.n ? f.service.mean : null), good: 0 },
  service_p90: { id: 'service_p90', def: 'service', name: () => t('rp.f.service_p90'), kind: 'time', value: (f) => (f.service.n ? f.service.p90 : null), good: 0 },
  transactions: { id: 'transactions', def: 'service', name: () => t('rp.f.transactions'), kind: 'count', value: (f) => f.service.n, good: 0 },
  promise: { id: 'promise', def: 'promise', name: () => t('rp.f.promise'), kind: 'share', value: (f) => kept(f.promise), good: 1,
    more: (f) => t('rp.m.promise', { kept: count(f.promise.kept), of: count(f.promise.kept + f.promise.broken), unknown: count(f.promise.unknown) }) },
  half_day: { id: 'half_day', def: 'half_day', name: () => t('rp.f.half_day'), kind: 'share', value: (f) => kept(f.half_day), good: 1 },
  broken: { id: 'broken', def: 'broken', name: () => t('rp.f.broken'), kind: 'count', value: (f) => f.promise.broken, good: -1 },
  unknown: { id: 'unknown', def: 'unknown', name: () => t('rp.f.unknown'), kind: 'count', value: (f) => f.promise.unknown, good: 0 },
  content: { id: 'content', def: 'content', name: () => t('rp.f.content'), kind: 'share', value: (f) => shareOf(f.rating.content), good: 1, faint: (f) => f.rating.small, words: (f) => withheld(f.rating) || write('share', shareOf(f.rating.content)),
    more: (f) => t('rp.m.content', { rated: count(f.rating.rated), asked: count(f.rating.asked), share: percent(f.rating.asked ? f.rating.rated / f.rating.asked : 0) }) },
  rated: { id: 'rated', def: 'rated', name: () => t('rp.f.rated'), kind: 'count', value: (f) => f.rating.rated, good: 0 },
  answers: { id: 'answers', def: 'answers', name: () => t('rp.f.answers'), kind: 'share', value: (f) => (f.rating.asked ? f.rating.rated / f.rating.asked : null), good: 0 },
  between: { id: 'between', def: 'interval', name: () => t('rp.f.between'), kind: 'share', value: (f) => (told(f.rating) ? f.rating.low : null), good: 0, faint: (f) => f.rating.small,
    words: (f) => (told(f.rating) ? interval(f.rating.low, f.rating.high) : NONE) },
  mean: { id: 'mean', def: 'points', name: () => t('rp.f.mean'), kind: 'points', value: (f) => (told(f.rating) ? f.rating.mean : null), good: 1, faint: (f) => f.rating.small },
  open: { id: 'open', def: 'use', name: () => t('rp.f.open'), kind: 'hours', value: (f) => f.use.open, good: 0 },
  serving: { id: 'serving', def: 'use', name: () => t('rp.f.serving'), kind: 'hours', value: (f) => f.use.serving + f.use.calling, good: 0 },
  idle: { id: 'idle', def: 'use', name: () => t('rp.f.idle'), kind: 'hours', value: (f) => f.use.idle, good: 0 },
  paused: { id: 'paused', def: 'use', name: () => t('rp.f.paused'), kind: 'hours', value: (f) => f.use.paused, good: 0 },
};

/** The figures a page begins with. */
export const HEADLINE = ['taken', 'served', 'wait', 'in_target', 'service', 'promise', 'content', 'no_show'].map((id) => FIGURES[id]);

/** The unit behind a headline figure. @param {Kind} kind */
export const unit = (kind) => (kind === 'time' ? t('rp.unit.minutes') : kind === 'hours' ? t('rp.unit.hours') : '');
