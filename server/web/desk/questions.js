// The questions the desk asks before a verb that needs an answer. Each gives
// the body of the request, or null when it was called off.
import { h } from '/web/dom.js';
import { t, named } from '/web/i18n.js';
import { ask, pickOne, choice, chosen, select, line, reason } from '/desk/ask.js';
import { wholeNumber } from '/desk/model.js';
import { counterName, pauseReasons } from '/desk/words.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {import('/desk/model.js').Place} Place */

/** @param {Service} s */
const serviceOption = (s) => ({ value: s.id, label: `${s.prefix} · ${named(s.name)}` });

/**
 * The other counters that somebody sits at: nobody is sent to a closed one.
 * @param {HallState} state
 * @param {string} without this counter's id
 */
function counterOptions(state, without) {
  return state.branch.counters
    .filter((c) => c.id !== without && (state.counters.get(c.id)?.state ?? 'closed') !== 'closed')
    .map((c) => ({ value: c.id, label: t('d.counter.of', { label: c.label, name: counterName(state, c) }) }));
}

/**
 * Where to: a queue or a counter, and at which place.
 * @param {HallState} state @param {Place} place @param {string} number
 */
export function askTransfer(state, place, number) {
  const others = counterOptions(state, place.name.id);
  const kind = choice('kind', t('d.transfer.to'), [
    { value: 'service', label: t('d.transfer.service') },
    ...(others.length > 0 ? [{ value: 'counter', label: t('d.transfer.counter') }] : []),
  ], 'service');
  const here = place.visit?.service;
  const services = [...state.branch.services].sort((a, b) => Number(a.id === here) - Number(b.id === here));
  const service = select(t('d.transfer.service'), services.map(serviceOption), '');
  const counter = select(t('d.transfer.counter'), others, '');
  const spot = choice('place', t('d.transfer.place'), [
    { value: 'arrival', label: t('d.place.arrival') }, { value: 'front', label: t('d.place.front') }, { value: 'back', label: t('d.place.back') },
  ], 'arrival', true);
  const show = () => {
    service.el.hidden = chosen(kind) !== 'service';
    counter.el.hidden = chosen(kind) !== 'counter';
  };
  kind.addEventListener('change', show);
  show();
  return ask({
    title: t('d.transfer.q', { number }), body: [kind, service.el, counter.el, spot], yes: t('d.transfer'),
    answer: () => (chosen(kind) === 'service'
      ? { service: service.value(), place: chosen(spot) } : { counter: counter.value(), place: chosen(spot) }),
  });
}

/**
 * A number out of turn, with a reason for the record.
 * @param {string} [number] already known, when it was picked from the list
 * @returns {Promise<{number: string, reason: string} | null>}
 */
export function askNumber(number = '') {
  const box = line(t('d.number.label'), { class: 'num', value: number, placeholder: t('d.number.ph'), maxlength: 10, 'data-first': number === '' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const why = reason(t('d.number.why'), [
    { value: 'back', label: t('d.number.back') }, { value: 'weak', label: t('d.number.weak') },
    { value: 'together', label: t('d.number.together') }, { value: 'asked', label: t('d.number.asked') },
    { value: 'other', label: t('d.reason.other') },
  ]);
  return ask({
    title: t('d.number.q'), why: t('d.number.sub'), body: [box.el, fault, ...why.els], yes: t('d.number.yes'),
    answer: () => {
      const whole = wholeNumber(box.value());
      fault.textContent = whole ? '' : t('d.number.none');
      const words = why.value();
      return whole && words ? { number: whole, reason: words } : null;
    },
  });
}

/**
 * A visitor without a ticket: which queue, which group.
 * @param {HallState} state @param {Place} place
 * @returns {Promise<{service: string, priority?: string} | null>}
 */
export function askWalkIn(state, place) {
  const mine = new Set(place.name.services);
  const services = [...state.branch.services].sort((a, b) => Number(mine.has(b.id)) - Number(mine.has(a.id)));
  const service = choice('service', t('d.walkin.service'), services.map(serviceOption), place.name.services[0] ?? services[0]?.id ?? '', true);
  const group = select(t('d.pri.group'), groups(state), '');
  return ask({
    title: t('d.walkin'), why: t('d.walkin.sub'), body: [service, group.el], yes: t('d.walkin.yes'),
    answer: () => (group.value() ? { service: chosen(service), priority: group.value() } : { service: chosen(service) }),
  });
}

/** @param {HallState} state */
const groups = (state) => [{ value: '', label: t('d.pri.none') }, ...state.branch.priorities.map((p) => ({ value: p.id, label: named(p.name) }))];

/**
 * Gives or takes priority, with a reason for the record.
 * @param {HallState} state @param {Visit} visit
 * @returns {Promise<{number: string, priority: string | null, reason: string} | null>}
 */
export function askPriority(state, visit) {
  const group = choice('group', t('d.pri.group'), groups(state), visit.priority ?? '', true);
  const why = reason(t('d.pri.why'), [
    { value: 'seen', label: t('d.pri.seen') }, { value: 'unproven', label: t('d.pri.unproven') },
    { value: 'mistake', label: t('d.pri.mistake') }, { value: 'other', label: t('d.reason.other') },
  ]);
  return ask({
    title: t('d.pri.q', { number: visit.number }), body: [group, ...why.els], yes: t('d.pri.yes'),
    answer: () => {
      const words = why.value();
      return words ? { number: visit.number, priority: chosen(group) || null, reason: words } : null;
    },
  });
}

/**
 * Why the counter rests: one press answers.
 * @returns {Promise<{reason: string} | null>}
 */
export function askPause() {
  return pickOne(t('d.pause.q'), Object.entries(pauseReasons).map(([reason, words]) => ({ value: { reason }, words: [words()] })));
}

/**
 * Which of the parked visits.
 * @param {Visit[]} parked @param {(v: Visit) => string} about
 * @returns {Promise<{number: string} | null>}
 */
export function askParked(parked, about) {
  return pickOne(t('d.resume.q'), parked.map((v) => ({
    value: { number: v.number }, words: [h('span', { class: 'num' }, v.number), h('small', null, about(v))],
  })));
}

/**
 * Yes or no.
 * @param {string} title @param {string} yes @param {string} [why]
 */
export function confirm(title, yes, why) {
  return ask({ title, why, yes, answer: () => true });
}

/**
 * What to do with a visit picked from the waiting list.
 * @param {Visit} visit @param {string} about @param {boolean} callable the counter is free to call it
 * @param {boolean} printable the hall has a printer
 * @returns {Promise<'call' | 'priority' | 'print' | null>}
 */
export function askVisit(visit, about, callable, printable) {
  /** @type {{value: 'call' | 'priority' | 'print', words: string[]}[]} */
  const options = [{ value: 'priority', words: [t('d.pri.change')] }];
  if (printable) options.push({ value: 'print', words: [t('d.print')] });
  if (callable) options.unshift({ value: 'call', words: [t('d.number.this')] });
  return pickOne(visit.number, options, about);
}
