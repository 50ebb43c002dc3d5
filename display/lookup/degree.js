// How far a dossier is: five steps one below the other, in words and signs. No
// name stands here, and nothing that the receipt does not say.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { day } from '/web/time.js';
import { date, hour, name, words } from '/kiosk/said.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {import('/web/speech.js').Value} Value */
/** @typedef {'received'|'processing'|'supplement'|'ready'|'returned'} Degree */
/**
 * @typedef {object} Dossier as the server tells it; what stands behind `updated_at` only to who knows the figures
 * @property {string} code
 * @property {Degree} degree
 * @property {string} updated_at
 * @property {string} [received]
 * @property {string} [due]
 * @property {boolean} [late]
 * @property {string} [reappointed] the new time
 * @property {{id: string, at?: string}[]} [stages]
 * @property {{counter: string, label: string}} [collect]
 * @property {import('/web/types.js').Text} [note]
 */

/** @type {Degree[]} */
const STEPS = ['received', 'processing', 'supplement', 'ready', 'returned'];

/** @type {Record<Degree, {name: Said, next: Said}>} the step, and what to do at it */
const WORDS = {
  received: { name: { key: 'l.file.received' }, next: { key: 'l.file.do.received' } },
  processing: { name: { key: 'l.file.processing' }, next: { key: 'l.file.do.processing' } },
  supplement: { name: { key: 'l.file.supplement' }, next: { key: 'l.file.do.supplement' } },
  ready: { name: { key: 'l.file.ready' }, next: { key: 'l.file.do.ready' } },
  returned: { name: { key: 'l.file.returned' }, next: { key: 'l.file.do.returned' } },
};

/**
 * @param {App} app
 * @param {Dossier} dossier
 * @param {(() => void) | null} more asks for the figures; null where that is not offered, or done
 * @returns {View}
 */
export function resultView(app, dossier, more) {
  const { name: step, next } = WORDS[dossier.degree];
  const stale = staleness(dossier, app.now()), facts = told(dossier);
  const data = stale && h('p', { class: 'stale' }, icon('clock'), h('span', null, words(stale)));
  return {
    name: 'file', title: t('l.file.code', { code: dossier.code }), private: true, keeps: true,
    read: () => [{ key: 'l.file.code', args: { code: { number: dossier.code } } }, step, ...(facts.length ? facts : [next]), ...(stale ? [stale] : [])],
    lead: [
      h('p', { class: `degree ${dossier.degree}` }, words(step)),
      ...paragraphs(facts.length > 0 ? facts : [next]), ...(wide() ? [] : [data])].filter((x) => x !== null),
    nodes: [h('div', { class: 'padded stand' },
      line(dossier),
      h('div', { class: 'beside' },
        wide() && data,
        more && h('button', { type: 'button', class: 'btn', onclick: more }, icon('calendar'), t('l.file.more')),
        // Any touch starts the clock again: the button is there to say so.
        h('button', { type: 'button', class: 'btn', onclick() {} }, icon('hourglass'), t('k.idle.more')),
        h('button', { type: 'button', class: 'btn go', onclick: app.home }, icon('check'), t('l.file.done'))))],
    fresh() {},
  };
}

const wide = () => document.documentElement.dataset.shape === 'wide';

/** What people came to read: when and where. It stands in one paragraph. */
const PLACES = new Set(['l.file.next', 'l.file.due', 'l.file.again', 'l.file.where', 'l.file.place']);

/** @param {Said[]} facts */
function paragraphs(facts) {
  const isPlace = (/** @type {Said} */ x) => 'key' in x && PLACES.has(x.key);
  const place = facts.filter(isPlace).map(words).join(' ');
  return [...facts.filter((x) => !isPlace(x)).map((x) => {
    const sorry = 'key' in x && x.key === 'l.file.overdue';
    return h('p', { class: sorry ? 'fact sorry' : 'fact' }, sorry && icon('alert'), h('span', null, words(x)));
  }), ...(place ? [h('p', { class: 'fact where' }, place)] : [])];
}

/** When the data was brought over: the hour today, else the day too. @param {Dossier} d @param {number} now @returns {Said | null} */
function staleness({ updated_at: at }, now) {
  if (!at) return null;
  return { key: 'l.file.stale', args: { time: day(at) === day(now) ? hour(at) : moment(at) } };
}

/** "16:00, Thứ Tư, 25/11"; some software tells days without an hour. @param {string} at @returns {Value} */
const moment = (at) => (at.length > 10 ? { key: 'l.file.moment', args: { time: hour(at), day: date(at) } } : date(at));

/** What only the person concerned is told. @param {Dossier} d @returns {Said[]} */
function told(d) {
  if (!d.due && !d.reappointed && !d.note?.vi && !d.collect) return [];
  if (d.degree === 'returned') return [WORDS.returned.next];
  /** @type {Said[]} */
  const all = d.late || d.reappointed ? [{ key: 'l.file.overdue' }] : []; // a new day is set once, for what was late
  if (d.note?.vi) all.push(name(d.note));
  else if (d.degree === 'supplement') all.push(WORDS.supplement.next);
  return [...all, ...when(d)];
}

/** When and where it can be collected. @param {Dossier} d @returns {Said[]} */
function when({ due, reappointed, collect }) {
  /** @type {Said[]} */
  const list = [];
  const counter = collect?.counter ? { counter: collect.label } : null;
  const at = reappointed || due;
  if (at && !reappointed && counter) return [{ key: 'l.file.next', args: { when: moment(at), counter } }];
  if (at) list.push(reappointed ? { key: 'l.file.again', args: { when: moment(at) } } : { key: 'l.file.due', args: { when: moment(at) } });
  if (counter) list.push({ key: 'l.file.where', args: { counter } });
  else if (collect) list.push({ key: 'l.file.place', args: { place: name({ vi: collect.label }) } });
  return list;
}

/** The five steps. @param {Dossier} dossier */
function line(dossier) {
  const at = STEPS.indexOf(dossier.degree);
  return h('ol', { class: 'steps' }, STEPS.map((step, i) => {
    const had = dossier.stages?.find((x) => x.id === step)?.at;
    // Papers are asked for again in few cases: a step that was perhaps never taken is not ticked.
    const skipped = step === 'supplement' && i !== at && !had;
    const state = i === at ? 'now' : skipped ? 'maybe' : i < at ? 'past' : 'ahead';
    return h('li', { class: state, 'aria-current': state === 'now' ? 'step' : null },
      h('span', { class: 'mark' }, state === 'past' || (state === 'now' && at === STEPS.length - 1) ? icon('check') : state === 'now' ? icon('arrow-right') : null),
      h('span', { class: 'step' }, h('b', null, skipped ? t('l.file.maybe') : words(WORDS[step].name)),
        state === 'now' && h('small', { class: 'here' }, t('l.file.now')),
        had ? h('small', null, words(/** @type {Said} */ (moment(had)))) : state === 'past' ? h('small', null, t('l.file.past')) : state === 'ahead' && h('small', null, t('l.file.ahead'))));
  }));
}
