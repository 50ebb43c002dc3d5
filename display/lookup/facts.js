// The four facts under the name: how long, how much, where, the code. And what is
// special about it.
import { h, icon } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { ranges } from '/web/labels.js';
import { hm } from '/web/time.js';
import { on } from '/kiosk/modes.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/procedure.js').Procedure} Procedure */
/** @typedef {import('/lookup/procedure.js').Time} Time */
/** @typedef {import('/lookup/procedure.js').Fee} Fee */

/** Letters a heading has room for; longer names stand whole in the text. */
export const headingRoom = () => (on('text') || document.documentElement.dataset.size === 'big' ? 120 : 190);

/** Longer words have smaller letters. */
const LONG = 18;

/** Longer words on a fee are no fact: they stand below, whole. */
const SAID = 48;

/** @param {Procedure} p */
export function factsOf(p) {
  const fact = (/** @type {string} */ term, /** @type {string} */ value, num = false) =>
    h('div', null, h('dt', null, term), h('dd', { class: value.length > LONG ? 'long' : num ? 'num' : null }, value));
  return h('dl', { class: 'facts' },
    fact(t('l.proc.time'), timeShort(p)), fact(t('l.proc.fee'), feeShort(p)), fact(t('l.proc.where'), where(p)), fact(t('l.proc.code'), p.code, true));
}

/** @param {Procedure} p */
export function timeShort(p) {
  const times = p.plain.times;
  if (times.length === 0) return t('l.ask');
  const text = timeText(times[0]);
  const alike = times.filter((x) => x.modes.some((m) => times[0].modes.includes(m)));
  return alike.length > 1 && text.length <= 20 && times[0].term?.unit ? t('l.vary.case', { x: text }) : text;
}

/** A limit in the language shown; a day is not a working day. @param {Time} x */
export function timeText({ text, term }) {
  const n = (term?.n ?? 0).toLocaleString('vi');
  if (term?.n && !term.unit) return t('l.ask'); // a number that may mean anything
  switch (term?.unit) {
    case 'same_day': return t('l.term.same');
    case 'day': return n === '1' ? t('l.term.day1') : t('l.term.day', { n });
    case 'working_day': return n === '1' ? t('l.term.working1') : t('l.term.working', { n });
    case 'hour': return t('l.term.hour', { n });
    case 'half_day': return t('l.term.half', { n });
    case 'month': return t('l.term.month', { n });
  }
  return text;
}

/** @param {Procedure} p */
export function feeShort(p) {
  const fees = p.plain.fees;
  if (fees.length === 0) return t('l.ask');
  const several = new Set(fees.map(feeText)).size > 1;
  const text = feeText(fees[0]);
  if (text.length > SAID) return t('l.fee.below');
  if (!several || text.length > 20) return text;
  const alike = fees.filter((f) => f.modes.some((m) => fees[0].modes.includes(m)));
  return alike.length > 1 ? t('l.vary.case', { x: text }) : t('l.vary.way', { x: text });
}

/** @param {Fee} f */
export function feeText(f) {
  if (f.by_province) return t('l.fee.province');
  return f.text === FREE ? t('l.fee.free') : f.text || f.note || t('l.ask');
}

/** As the catalogue writes it. */
const FREE = 'Miễn phí';

/** @param {Procedure} p */
export function where(p) {
  if (p.counters && p.counters.length > 0) return t('l.where.counters', { area: ranges(p.counters) });
  if (p.services.length > 0) return t('l.where.here');
  return named(p.offices?.[0]?.name) || p.agency || t('l.where.other');
}

/** "4 tại chỗ", how much can be done online, sample data. @param {Procedure} p @returns {HTMLElement | null} */
export function badges(p) {
  const level = p.online?.level;
  const list = [
    p.withdrawn && h('li', { class: 'chip stop' }, t('l.withdrawn')),
    p.own?.on_the_spot && h('li', { class: 'chip good' }, icon('check'), t('l.spot')),
    level === 'full' && h('li', { class: 'chip' }, t('l.online.full')),
    level === 'part' && h('li', { class: 'chip' }, t('l.online.part')),
    p.sample && h('li', { class: 'chip quiet' }, t('l.sample')),
  ].filter((x) => x instanceof Node);
  return list.length > 0 ? h('ul', { class: 'badges' }, list) : null;
}

/** What holds today: after the hour the late sentence, before it the promise. @param {App} app @param {Procedure} p */
export function promiseOf(app, p) {
  const text = promiseText(app, p);
  return text ? h('p', { class: 'note' }, text) : null;
}

/** @param {App} app @param {Procedure} p */
export function promiseText(app, p) {
  if (p.late && hm(app.now()) >= p.late.from) return named(p.late.text);
  return p.promise ? named(p.promise) : '';
}

/** @param {string[]} modes */
export const modesText = (modes) => modes.map((m) => MODES[m]?.() ?? m).join(', ');

/** @type {Record<string, () => string>} */
const MODES = { direct: () => t('l.mode.direct'), online: () => t('l.mode.online'), post: () => t('l.mode.post') };
