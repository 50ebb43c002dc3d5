// The table of the hall's devices: what each is, how it is, where it stands.
import { h, keyed, mount } from '/web/dom.js';
import { deviceKinds, deviceStates } from '/web/devices.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Device} Device */

export function deviceTable() {
  const rows = h('tbody');
  const table = h('table', { class: 'devices' },
    h('thead', null, h('tr', null, [t('a.col.what'), t('a.col.state'), t('a.col.where'), t('a.col.profile')].map((x) => h('th', { scope: 'col' }, x)))), rows);
  const none = h('p', { class: 'none' }, t('a.devices.none'));
  return {
    el: h('section', null, h('h2', null, t('a.devices')), none, table),
    /** @param {HallState} state */
    draw(state) {
      const list = [...state.devices.values()].sort(byTrouble);
      none.hidden = list.length > 0;
      table.hidden = list.length === 0;
      keyed(rows, list, (d) => d.id, (d, old) => row(state, d, old));
    },
  };
}

/** What needs somebody comes first. @param {Device} a @param {Device} b */
const byTrouble = (a, b) => shades.indexOf(shade(a)) - shades.indexOf(shade(b)) || a.id.localeCompare(b.id, 'vi', { numeric: true });

const shades = ['bad', 'warn', 'good'];

/** @param {Device} d */
function shade({ state }) {
  if (state === 'ready') return 'good';
  return state === 'paper_low' || state === 'unknown' || state === 'busy' ? 'warn' : 'bad';
}

/** @param {HallState} state @param {Device} d @param {Element | undefined} old */
function row(state, d, old) {
  const tr = /** @type {HTMLElement} */ (old ?? h('tr', { 'data-device': d.id }));
  const print = JSON.stringify(d);
  if (tr.dataset.print === print) return tr;
  tr.dataset.print = print;
  const name = d.id.startsWith(`${d.agent}/`) ? d.id.slice(d.agent.length + 1) : d.id;
  mount(tr,
    h('th', { scope: 'row' }, deviceKinds[d.kind](), h('small', null, d.agent, ' · ', name)),
    h('td', null, h('span', { class: `state ${shade(d)}` }, deviceStates[d.state]()), d.detail ? h('small', { lang: 'en' }, d.detail) : null),
    h('td', { 'data-label': t('a.col.where') }, counterLabel(state, d.counter)),
    h('td', { 'data-label': t('a.col.profile') }, d.profile ?? '', d.verified ? h('small', null, verified(d.verified)) : null));
  return tr;
}

/** @param {HallState} state @param {string | undefined} id */
export const counterLabel = (state, id) => state.branch.counters.find((c) => c.id === id)?.label ?? '';

/** @param {string} how */
function verified(how) {
  if (how === 'hardware') return t('a.verified.hardware');
  return how === 'manual' ? t('a.verified.manual') : t('a.verified.guess');
}
