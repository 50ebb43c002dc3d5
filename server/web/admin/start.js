// The set-up assistant: from a fresh server to an open hall. Each step has few fields
// and saves for real; any of them can be left out and done later, here or in its part.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { counterStep } from '/admin/start_counters.js';
import { deviceStep, procedureStep } from '/admin/start_devices.js';
import { hallStep, hoursStep } from '/admin/start_hall.js';
import { peopleStep } from '/admin/start_people.js';
import { readiness, readyList } from '/admin/start_ready.js';
import { serviceStep } from '/admin/start_services.js';
import { hallSettings } from '/admin/start_settings.js';
import { tryStep } from '/admin/start_try.js';
import { style } from '/admin/style.js';

await style('/admin/start.css');

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/**
 * One step as it stands on the page.
 * @typedef {object} Step
 * @property {(Node | string | null)[]} nodes
 * @property {(set: Bag) => void} [change] writes its fields into the settings
 * @property {() => void} [close]
 */
/** @typedef {{name: string, title: () => string, point: string, make: (app: import('/admin/admin.js').App, set: Bag) => Step}} Kind */

/** @type {Kind[]} */
const kinds = [
  { name: 'hall', title: () => t('st.hall'), point: 'hall', make: hallStep },
  { name: 'services', title: () => t('st.services'), point: 'services', make: serviceStep },
  { name: 'counters', title: () => t('st.counters'), point: 'counters', make: counterStep },
  { name: 'hours', title: () => t('st.hours'), point: 'hours', make: hoursStep },
  { name: 'people', title: () => t('st.people'), point: 'admins', make: peopleStep },
  { name: 'devices', title: () => t('st.devices'), point: 'kiosk', make: deviceStep },
  { name: 'procedures', title: () => t('st.procedures'), point: 'procedures', make: procedureStep },
  { name: 'try', title: () => t('st.try'), point: 'tried', make: tryStep },
];

/** Points that are done when somebody has looked; the others want what they name. */
const LOOKED = ['hall', 'services', 'counters', 'hours', 'admins'];

/** Is there enough of what a step is about? @param {Kind} kind @param {import('/admin/start_ready.js').Ready | null} ready */
function enough(kind, ready) {
  const state = ready?.items.find((p) => p.id === kind.point)?.state;
  return state === 'ok' || (state === 'look' && LOOKED.includes(kind.point));
}

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const KEY = `motcua.start ${app.branch}`;
  /** The steps that were done (true) or left out here. @type {Record<string, boolean>} */
  const seen = JSON.parse(localStorage.getItem(KEY) ?? '{}');
  const settings = hallSettings(app.branch);
  const steps = h('ol', { class: 'start-steps' }), stage = h('section', { class: 'start-step', 'aria-live': 'off' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const el = h('div', { class: 'part hall-part start-part' }, h('p', { class: 'lead' }, t('st.lead')), steps, stage);
  const left = kinds.findIndex((k) => !(k.name in seen));
  let at = left < 0 ? kinds.length : left, turn = 0, busy = false, moved = false;
  /** @type {Step | null} */
  let open = null;
  /** @type {Bag | null} */
  let set = null;

  /** What somebody has set up from another browser need not be gone through again. @param {import('/admin/start_ready.js').Ready | null} ready */
  function takeOver(ready) {
    const state = (/** @type {string} */ id) => ready?.items.find((p) => p.id === id)?.state;
    if (Object.keys(seen).length > 0 || state('hall') !== 'ok' || (state('admins') ?? 'missing') === 'missing') return; // nobody has begun
    for (const k of kinds) if (enough(k, ready)) seen[k.name] = true;
    const first = kinds.findIndex((k) => !(k.name in seen));
    at = first < 0 ? kinds.length : first;
  }

  async function show() {
    const mine = (turn += 1);
    const [ready, now] = await Promise.all([readiness(app.branch), settings.read()]);
    if (mine !== turn || !now) return;
    open?.close?.();
    set = now;
    if (!moved) takeOver(ready);
    mount(steps, kinds.map((k, i) => h('li', null, h('button', { type: 'button', 'aria-current': i === at ? 'step' : null,
      'data-done': seen[k.name] && enough(k, ready), onclick: () => go(i) }, k.title()))),
      h('li', null, h('button', { type: 'button', class: 'all', 'aria-current': at >= kinds.length ? 'step' : null, onclick: () => go(kinds.length) }, t('st.ready'))));
    fault.textContent = '';
    if (at >= kinds.length) {
      open = null;
      mount(stage, readyList(ready), h('div', { class: 'acts' }, h('a', { class: 'go', href: '#/today' }, t('st.today'))));
      return;
    }
    const kind = kinds[at];
    open = kind.make(app, set);
    mount(stage, h('h2', { tabindex: -1 }, t('st.step', { n: at + 1, of: kinds.length, title: kind.title() })), open.nodes,
      h('div', { class: 'acts' }, fault,
        open.change ? h('button', { type: 'button', class: 'go', onclick: () => void save() }, t('st.save')) : h('button', { type: 'button', class: 'go', onclick: () => next(true) }, t('st.next')),
        open.change && h('button', { type: 'button', class: 'skip', onclick: () => next(false) }, t('st.skip')),
        at > 0 && h('button', { type: 'button', onclick: () => go(at - 1) }, t('st.back'))));
    if (moved) stage.querySelector('h2')?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  /** @param {number} to */
  function go(to) {
    at = to;
    moved = true;
    void show();
  }

  /** @param {boolean} done or left out */
  function next(done) {
    seen[kinds[at].name] ||= done;
    localStorage.setItem(KEY, JSON.stringify(seen));
    go(at + 1);
  }

  async function save() {
    if (busy || !set || !open?.change) return;
    busy = true;
    const fresh = structuredClone(set);
    open.change(fresh);
    const refusal = await settings.save(fresh);
    busy = false;
    fault.textContent = refusal;
    if (!refusal) next(true);
  }

  return {
    el,
    open() { if (!open && at < kinds.length || at >= kinds.length) void show(); },
    close() {
      turn += 1;
      open?.close?.();
      open = null;
    },
  };
}
