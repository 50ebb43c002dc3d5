// Words that go with the desk's states and lists.
import { t, named } from '/web/i18n.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {import('/web/types.js').CounterState} CounterState */
/** @typedef {import('/desk/model.js').Outcome} Outcome */
/** @typedef {import('/desk/model.js').Big} Big */

/** The usual reasons of a pause, by what is stored. @type {Record<string, () => string>} */
export const pauseReasons = {
  break: () => t('d.pause.break'), meeting: () => t('d.pause.meeting'), urgent: () => t('d.pause.urgent'),
  helping: () => t('d.pause.helping'), fault: () => t('d.pause.fault'), hours: () => t('d.pause.hours'),
  away: () => t('d.pause.away'), other: () => t('d.pause.other'),
};

/** @type {Record<Outcome, () => string>} */
export const outcomes = {
  done: () => t('d.out.done'), received: () => t('d.out.received'), supplement: () => t('d.out.supplement'),
  refused: () => t('d.out.refused'), guided: () => t('d.out.guided'),
};

/** @type {Record<CounterState, () => string>} */
export const counterStates = {
  closed: () => t('d.st.closed'), open: () => t('d.st.open'), paused: () => t('d.st.paused'),
  calling: () => t('d.st.calling'), serving: () => t('d.st.serving'),
};

/** @type {Record<Big, () => string>} */
export const bigWords = {
  open: () => t('d.open'), reopen: () => t('d.reopen'), call: () => t('d.next'),
  serve: () => t('d.serve'), next: () => t('d.donenext'), end: () => t('d.end'),
};

/**
 * @param {HallState} state @param {string} id
 */
export function serviceName(state, id) {
  const s = state.branch.services.find((x) => x.id === id);
  return named(s?.short) || named(s?.name) || id;
}

/**
 * @param {HallState} state @param {string | undefined} id
 */
export function groupName(state, id) {
  return id ? named(state.branch.priorities.find((p) => p.id === id)?.name) || id : '';
}

/**
 * "6 phút", "vừa đến", "1 giờ 05"
 * @param {number} ms
 */
export function ago(ms) {
  const m = Math.floor(ms / 60_000);
  if (!(m >= 1)) return t('d.ago.now');
  return m < 60 ? t('d.ago.min', { n: m }) : t('d.ago.hour', { h: Math.floor(m / 60), m: String(m % 60).padStart(2, '0') });
}

/**
 * How long something took: "6 phút", "dưới 1 phút"
 * @param {number} ms
 */
export const lasted = (ms) => (ms >= 60_000 ? ago(ms) : t('d.ago.less'));

/**
 * "đã chờ 6 phút"; who came this minute has not waited: "vừa đến"
 * @param {number} ms
 */
export const waited = (ms) => (ms >= 60_000 ? t('d.waited', { ago: ago(ms) }) : t('d.ago.now'));

/**
 * What a counter is called beside its label: its name, or what it serves.
 * @param {HallState} state @param {import('/web/types.js').CounterName} counter
 */
export function counterName(state, counter) {
  return named(counter.name) || counter.services.map((id) => serviceName(state, id)).join(', ');
}
