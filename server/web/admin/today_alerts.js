// The alerts of the live floor in words: what is the matter, where, since when.
import { h, icon, mount } from '/web/dom.js';
import { deviceStates } from '/web/devices.js';
import { named, t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { counterName, serviceName } from '/admin/today_rows.js';

/** @typedef {import('/admin/today_rows.js').Alert} Alert */
/** @typedef {import('/web/types.js').Branch} Branch */

/** What stops people stands in red, the rest in amber. @type {Alert['kind'][]} */
const URGENT = ['close', 'printer', 'screen', 'device'];
/** @type {Record<Alert['kind'], string>} */
const icons = { wait: 'hourglass', idle: 'user-x', pause: 'pause', printer: 'printer', screen: 'offline', device: 'alert', close: 'clock', low: 'star' };

/** @param {Alert} a @param {Branch} b @param {HTMLElement} [old] */
export function alertRow(a, b, old) {
  const li = old ?? h('li', { 'data-alert': a.kind });
  const print = JSON.stringify([a, t('rp.td.now')]);
  if (li.dataset.print === print) return li;
  li.dataset.print = print;
  li.className = URGENT.includes(a.kind) && a.state !== 'paper_low' ? 'urgent' : '';
  const [what, more] = words(a, b);
  mount(li, icon(icons[a.kind] ?? 'alert'), h('p', null, h('b', null, what), more ? h('span', null, more) : null), a.since ? h('time', { datetime: a.since }, a.kind === 'low' ? t('rp.td.when', { time: hm(a.since) }) : t('rp.td.from', { time: hm(a.since) })) : null);
  return li;
}

/** @param {Alert} a @param {Branch} b @returns {[string, string]} */
function words(a, b) {
  const n = a.minutes ?? 0, counter = a.counter ? counterName(b, a.counter) : '', service = a.service ? serviceName(b, a.service) : '';
  switch (a.kind) {
    case 'wait': return [t('rp.al.wait', { service, number: a.number ?? '' }), t('rp.al.wait.more', { n })];
    case 'idle': return [t('rp.al.idle', { counter }), t('rp.al.idle.more', { n })];
    case 'pause': return [t('rp.al.pause', { counter, n }), ''];
    case 'printer': return [t('rp.al.printer', { name: a.device ?? '' }), deviceWord(a.state ?? '')];
    case 'screen': return [t('rp.al.screen', { name: a.device ?? '' }), t('rp.al.screen.more')];
    case 'device': return [t('rp.al.device', { name: a.device ?? '' }), deviceWord(a.state ?? '')];
    case 'close': return [t('rp.al.close', { service, time: a.ends ? hm(a.ends) : '' }), t('rp.al.close.more')];
    default: return [t('rp.al.low', { place: [counter, service].filter(Boolean).join(' · ') }), reasons(a, b)];
  }
}

/** @param {string} state */
const deviceWord = (state) => deviceStates[/** @type {import('/web/types.js').DeviceState} */ (state)]?.() ?? state;

/** @param {Alert} a @param {Branch} b */
function reasons(a, b) {
  const level = b.rating.levels[(a.level ?? 1) - 1], why = (a.reasons ?? []).map((id) => named(b.rating.reasons?.find((r) => r.id === id)?.name) || id);
  return [named(level?.name), ...why].filter(Boolean).join(' · ');
}
