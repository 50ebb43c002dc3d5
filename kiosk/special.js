// What today has of its own: golden days, days without slips, sentences of the
// hall, and what holds for who comes late in the day.
import { h, mount } from '/web/dom.js';
import { hm } from '/web/time.js';
import { date, name, words } from '/kiosk/said.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/speech.js').Said} Said */

/** More would be read by nobody; where they take the tiles' place it is one, and marks on the tiles tell the rest. */
const MOST = 3;

/**
 * The sentences above the tiles: what the hall tells, then golden and no-slip days.
 * @param {HallState} state
 * @returns {Said[]}
 */
export function bulletin(state) {
  const told = [...state.notices.values()].filter((n) => n.kind === 'info' && n.text).sort((a, b) => Number(b.at) - Number(a.at));
  const { services } = state.branch;
  return [
    ...told.slice(0, 1).flatMap((n) => (n.text ? [name(n.text)] : [])),
    ...days(services.filter((s) => s.golden?.today), 'k.golden', 'k.golden.only'),
    ...days(services.filter((s) => s.no_slip?.today), 'k.noslip', 'k.noslip.only'),
  ].slice(0, MOST);
}

/**
 * One sentence for all services of a special day that promise the same.
 * @param {Service[]} services
 * @param {string} key
 * @param {string} only the key when nothing is promised
 * @returns {Said[]}
 */
function days(services, key, only) {
  /** @type {Map<string, Service[]>} */
  const same = new Map();
  for (const s of services) {
    const promise = s.promise?.vi ?? '';
    same.set(promise, [...(same.get(promise) ?? []), s]);
  }
  return [...same.values()].map((list) => {
    const { promise } = list[0];
    /** @type {Record<string, import('/web/speech.js').Value>} */
    const args = { fields: list.map(shortName) };
    if (promise?.vi) args.promise = name(promise);
    return { key: promise?.vi ? key : only, args };
  });
}

/** @param {Service} s */
const shortName = (s) => name(s.short?.vi ? s.short : s.name);

/**
 * The mark on the tile of a service that has its day.
 * @param {Service} s
 * @returns {Said | null}
 */
export function badge(s) {
  if (s.no_slip?.today) return { key: 'k.noslip.badge' };
  return s.golden?.today ? { key: 'k.golden.badge' } : null;
}

/**
 * The sentence for who comes late in the day, from its hour on.
 * @param {Service} s
 * @param {number} now server time in ms
 * @returns {Said | null}
 */
export const lateNote = (s, now) => (s.late?.text?.vi && hm(now) >= s.late.from ? name(s.late.text) : null);

/** Today's promise of a service's results. @param {Service} s @returns {Said | null} */
export const promiseOf = (s) => (s.promise?.vi ? name(s.promise) : null);

/**
 * What has to be known before a number is taken: the late note, the next golden day.
 * @param {Service} s
 * @param {number} now
 * @returns {Said[]}
 */
export function serviceNotes(s, now) {
  /** @type {(Said | null)[]} */
  const all = [
    lateNote(s, now),
    s.golden && !s.golden.today && s.golden.next
      ? { key: 'k.golden.next', args: { field: shortName(s), day: date(`${s.golden.next}T12:00:00+07:00`) } } : null,
  ];
  return all.filter((x) => x !== null);
}

/**
 * The bulletin as an element that follows the hall.
 * @param {App} app
 */
export function bulletinBox(app) {
  const el = h('ul', { class: 'bulletin', hidden: true });
  let drawn = '';
  return {
    el,
    /** @returns {boolean} whether it changed, so that the screen has to be laid out again */
    update() {
      const lines = bulletin(app.state()).slice(0, roomAbove() && document.documentElement.dataset.text !== 'large' ? MOST : 1).map(words), text = lines.join('\n');
      if (text === drawn) return false;
      drawn = text;
      el.hidden = lines.length === 0;
      mount(el, lines.map((line) => h('li', null, line)));
      return true;
    },
  };
}

/**
 * Is there room for sentences in the head? It is tall when the screen is low, and
 * gives way on small screens; in landscape it is a narrow column.
 * @returns {'much' | 'some' | ''}
 */
export function roomAbove() {
  const { size, reach, shape } = document.documentElement.dataset;
  if (shape === 'wide') return '';
  return reach === 'low' ? 'much' : size === 'big' ? '' : 'some';
}
