// The rows of the live floor: a queue, a counter, a machine. Each is made once and
// changed only when what it says has changed.
import { h, mount } from '/web/dom.js';
import { deviceKinds, deviceStates } from '/web/devices.js';
import { named, t } from '/web/i18n.js';
import { ranges } from '/web/labels.js';
import { hm } from '/web/time.js';
import { count, pauseReason } from '/admin/reports_words.js';

/** @typedef {import('/web/types.js').Branch} Branch */
/** @typedef {{low: number, high: number}} Interval minutes */
/**
 * @typedef {object} FloorService
 * @property {string} id
 * @property {boolean} open
 * @property {string} reason
 * @property {number} waiting
 * @property {{number: string, since: string, minutes: number} | null} longest
 * @property {number} target minutes
 * @property {number} late how many wait beyond it
 * @property {Interval | null} estimate for who comes now
 * @property {string} expected_end
 * @property {boolean} fits before the half-day ends
 * @property {number} served
 * @property {string[]} counters open ones
 */
/** @typedef {{id: string, label: string, state: import('/web/types.js').CounterState, since: string, clerk: string, number: string, reason: string, served: number, idle: number, services: string[]}} FloorCounter */
/** @typedef {{id: string, kind: import('/web/types.js').Device['kind'], state: import('/web/types.js').DeviceState, counter: string, since: string, detail: string}} FloorDevice */
/**
 * @typedef {object} Alert
 * @property {string} id
 * @property {'wait'|'idle'|'pause'|'printer'|'screen'|'device'|'close'|'low'} kind
 * @property {string} since
 * @property {string} [service]
 * @property {string} [counter]
 * @property {string} [device]
 * @property {number} [minutes] how long it has lasted
 * @property {string} [number] of who waits longest
 * @property {string} [ends] the half-day's end that is missed
 * @property {number} [level] 1 = best
 * @property {string[]} [reasons]
 * @property {string} [state] of the device
 */
/**
 * @typedef {object} Floor
 * @property {string} day
 * @property {boolean} open
 * @property {string} now
 * @property {{id: string, name: import('/web/types.js').Text, from: string, to: string, ends: string} | null} half
 * @property {FloorService[]} services
 * @property {FloorCounter[]} counters
 * @property {FloorDevice[]} devices
 * @property {Alert[]} alerts
 */

const MINUTE = 60_000;
/** @param {string} since @param {string} now */
export const minutesSince = (since, now) => (since ? Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / MINUTE)) : 0);

/** "Quầy 03" @param {Branch} b @param {string} id */
export const counterName = (b, id) => t('rp.counter', { label: b.counters.find((c) => c.id === id)?.label ?? id });

/** @param {Branch} b @param {string} id */
export const serviceName = (b, id) => named(b.services.find((s) => s.id === id)?.name) || id;

/** Fills an element again only when it says something else. @param {HTMLElement} el @param {unknown} what @param {() => void} fill */
function once(el, what, fill) {
  const print = JSON.stringify([what, t('rp.td.now')]);
  if (el.dataset.print !== print) fill();
  el.dataset.print = print;
  return el;
}

/** @param {FloorService} s @param {Branch} b @param {Floor} f @param {HTMLElement} [old] */
export function serviceRow(s, b, f, old) {
  const setting = b.services.find((x) => x.id === s.id), tr = old ?? h('tr', { 'data-service': s.id });
  const minutes = s.longest?.minutes ?? 0, over = s.longest !== null && minutes > s.target;
  const open = s.counters.map((id) => b.counters.find((c) => c.id === id)?.label ?? id);
  return once(tr, [s, setting?.name], () => mount(tr,
    h('th', { scope: 'row' }, h('span', { class: 'num prefix' }, setting?.prefix ?? ''), named(setting?.name) || s.id, s.open ? null : h('small', null, t('rp.td.shut'))),
    h('td', { class: 'n' }, h('b', { class: 'num large' }, count(s.waiting))),
    h('td', { class: over ? 'n over' : 'n' }, s.longest ? [h('b', null, t('rp.n.minutes', { n: minutes })), h('small', null, t('rp.td.target', { number: s.longest.number, n: s.target })), gauge(minutes, s.target)] : '–'),
    h('td', { class: 'n' }, s.estimate ? t('rp.td.estimate', { low: s.estimate.low, high: s.estimate.high }) : '–'),
    h('td', { class: s.fits || !s.expected_end ? null : 'over' }, s.expected_end ? [h('b', null, t('rp.td.about', { time: hm(s.expected_end) })), s.fits ? null : h('small', null, t('rp.td.late.close', { time: f.half?.to ?? '' }))] : '–'),
    h('td', { class: 'n' }, count(s.served)),
    h('td', null, open.length > 0 ? ranges(open) : h('span', { class: s.waiting > 0 ? 'over' : 'quiet' }, t('rp.td.none.open')))));
}

/** How much of the promised wait is used, at a glance. @param {number} minutes @param {number} target */
function gauge(minutes, target) {
  return h('span', { class: 'gauge', 'aria-hidden': 'true' }, h('i', { style: { width: `${Math.min(100, (minutes / Math.max(1, target)) * 100)}%` } }));
}

/** @type {Record<FloorCounter['state'], () => string>} */
const states = { closed: () => t('rp.cs.closed'), open: () => t('rp.cs.open'), paused: () => t('rp.cs.paused'), calling: () => t('rp.cs.calling'), serving: () => t('rp.cs.serving') };

/** @param {FloorCounter} c @param {string} now @param {HTMLElement} [old] */
export function counterCard(c, now, old) {
  const li = old ?? h('li', { 'data-counter': c.id }), minutes = minutesSince(c.since, now);
  li.className = `counter ${c.state}`;
  return once(li, [c, minutes], () => mount(li,
    h('p', { class: 'label' }, h('b', null, t('rp.counter', { label: c.label })), h('span', null, c.clerk)),
    h('p', { class: 'what' }, c.number ? h('span', { class: 'num' }, c.number) : null, h('span', { class: 'word' }, states[c.state](), c.state === 'closed' || !c.since ? '' : ` · ${t('rp.n.minutes', { n: minutes })}`)),
    h('p', { class: 'more' }, c.state === 'paused' ? pauseReason(c.reason) : c.state === 'closed' ? '\u00a0' : t('rp.td.counter.more', { served: count(c.served), idle: count(Math.round(c.idle / 60)) }))));
}

/** @param {FloorDevice} d @param {Branch} b @param {HTMLElement} [old] */
export function deviceRow(d, b, old) {
  const tr = old ?? h('tr', { 'data-device': d.id });
  return once(tr, d, () => mount(tr, h('th', { scope: 'row' }, deviceKinds[d.kind]?.() ?? d.kind, h('small', null, [d.counter && counterName(b, d.counter), d.id].filter(Boolean).join(' · '))),
    h('td', null, h('span', { class: `state ${d.state === 'paper_low' ? 'warn' : 'bad'}` }, deviceStates[d.state]?.() ?? d.state), d.detail ? h('small', null, d.detail) : null), h('td', null, d.since ? hm(d.since) : '–')));
}
