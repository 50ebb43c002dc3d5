// What the hall's voice says: for a change of the hall the sentence, in the words
// of the table (t.voice.…). Pure.
import { hm } from '/web/time.js';
import { zoneOf } from '/board/zone.js';
import { callName } from '/board/log.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallEvent} HallEvent */
/** @typedef {import('/web/types.js').HallNotice} HallNotice */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {'emergency' | 'call' | 'recall' | 'missed' | 'soon' | 'sorry' | 'look'} Kind */
/**
 * Something to say.
 * @typedef {object} Item
 * @property {string} id the same on every screen
 * @property {Kind} kind
 * @property {number} at when it happened, server time in ms
 * @property {Said[]} said
 * @property {Said[]} [abroad] in other languages, where that is less
 * @property {Said[]} [instead] said when a piece of the other cannot be
 * @property {number} seconds about so long it takes, said once
 * @property {Visit} [visit] as it was then
 * @property {boolean} [english] false: there is nothing to say in other languages
 */

/** Calls more than so old are shown, not spoken, ms. */
export const OLD = 20_000;
/** The hall is told so long before it closes, ms. */
const SOON = 15 * 60_000;
/** Nobody is told more often that it takes long, ms. */
export const SORRY = 30 * 60_000;

/** A guess until the clips are known, seconds. */
const USUAL = 6;

const CALLS = new Set(['ticket.called', 'ticket.recalled', 'ticket.resumed']);

/**
 * What a change gives to say in a zone; null for nothing.
 * @param {HallEvent} event @param {HallState} state @param {string} zone
 * @returns {Item | null}
 */
export function itemOf(event, state, zone) {
  const v = event.visit, at = Date.parse(event.at);
  if (!v) return null;
  const here = zoneOf(state.branch, zone);
  if (CALLS.has(event.kind) && v.state === 'called' && v.counter && here.has(v.counter)) {
    return { id: `${callName(v.id, v.counter, v.calls)} ${at}`, kind: event.kind === 'ticket.recalled' ? 'recall' : 'call', at, seconds: USUAL, visit: v, ...words(v, state) };
  }
  if (event.kind === 'ticket.no_show' && v.state === 'no_show' && here.has(v.counter || event.counter?.id)) {
    return { id: `${v.id} missed ${at}`, kind: 'missed', at, seconds: USUAL, visit: v, said: [{ key: 't.voice.missed', args: { number: { number: v.number } } }] };
  }
  return null;
}

/**
 * The calls of a whole new state that are young enough to be spoken, the oldest
 * first: while the line was cut, or this page was loaded, no event told of them.
 * @param {HallState} state @param {string} zone @param {number} now
 * @returns {Item[]}
 */
export function youngCalls(state, zone, now) {
  const calls = [...state.visits.values()].map((visit) => itemOf({ kind: (visit.calls ?? 1) > 1 ? 'ticket.recalled' : 'ticket.called', at: visit.called ?? '', visit }, state, zone));
  return calls.filter((x) => x !== null).filter((x) => now - x.at <= OLD).sort((a, b) => a.at - b.at);
}

/** @param {Visit} v @param {HallState} state @returns {{said: Said[], abroad: Said[], instead: Said[]}} */
function words(v, state) {
  const label = state.branch.counters.find((c) => c.id === v.counter)?.label ?? v.counter ?? '';
  const number = { number: v.number };
  /** @type {Said[]} */
  const again = (v.calls ?? 1) > 1 ? [{ key: 't.voice.again', args: { n: v.calls ?? 1 } }] : [];
  /** @type {Said} A counter with a name of its own is no "counter number". */
  const call = /^[0-9A-Z]+$/.test(label)
    ? { key: 't.voice.call', args: { number, counter: { counter: label } } }
    : { key: 't.voice.place', args: { number, place: { name: { vi: label } } } };
  return { said: [...again, call], abroad: [call], instead: [...again, { key: 't.voice.only', args: { number } }] };
}

/**
 * Is it still worth saying? Who has come, left or been sent elsewhere is not called.
 * @param {Item} item @param {HallState} state
 */
export function stillTrue({ kind, visit }, state) {
  if (!visit) return true;
  const now = state.visits.get(visit.id);
  if (kind === 'missed') return now?.state === 'no_show';
  return now?.state === 'called' && now.counter === visit.counter && (now.calls ?? 1) === (visit.calls ?? 1);
}

/** @param {HallNotice} n @param {number} turn @param {number} now @returns {Item} */
export function alarm(n, turn, now) {
  return {
    id: `emergency ${n.id} ${turn}`, kind: 'emergency', at: now, seconds: USUAL, english: Boolean(n.text?.en),
    said: [{ key: 't.voice.emergency' }, ...(n.text ? [{ name: n.text }] : [])],
  };
}

/** People are asked to look: not everybody could be called. @param {number} now @returns {Item} */
export const look = (now) => ({ id: `look ${now}`, kind: 'look', at: now, seconds: USUAL, said: [{ key: 't.voice.look' }] });

/**
 * What the hour and the length of the queues give to say.
 * @param {HallState} state @param {boolean} late is a service of the zone slower than the hall means it to be?
 * @param {number} now
 * @returns {Item[]}
 */
export function timely(state, late, now) {
  if (!state.open || state.visits.size === 0) return [];
  /** @type {Item[]} */
  const list = [];
  const end = (state.branch.always ? '' : state.branch.halves?.at(-1)?.to) ?? '';
  if (end && hm(now) < end && hm(now + SOON) >= end && hm(now + SOON) > hm(now)) {
    list.push({ id: `soon ${state.day} ${end}`, kind: 'soon', at: now, seconds: USUAL, said: [{ key: 't.voice.soon', args: { time: { time: end } } }] });
  }
  if (late) {
    list.push({ id: `sorry ${now}`, kind: 'sorry', at: now, seconds: USUAL, said: [{ key: 't.voice.sorry' }] });
  }
  return list;
}
