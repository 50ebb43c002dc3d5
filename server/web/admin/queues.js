// The hall's queues, the tiles its kiosks show them under, and its counters.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { counterSection } from '/admin/queues_counters.js';
import { groupSection } from '/admin/queues_groups.js';
import { serviceSection } from '/admin/queues_services.js';
import { settingsForm } from '/admin/settings_form.js';
import { style } from '/admin/style.js';

await style('/admin/queues.css');

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {'services'|'counters'|'groups'} Tab */

/** What is open, also after another part of the page was. @type {Tab} */
let shown = 'services';

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const form = settingsForm(app, 'queues', (fields, set) => [tabs(app, fields, set)]);
  return { el: h('div', { class: 'part hall-part queues-part' }, form.el), open: form.open, event: form.event };
}

/** @param {import('/admin/admin.js').App} app @param {Fields} fields @param {Bag} set */
function tabs(app, fields, set) {
  for (const counter of set.counters ??= []) counter.services ??= []; // a list of none comes as null
  for (const zone of set.board?.zones ?? []) zone.counters ??= [];
  set.services ??= [];
  /** @type {Record<Tab, {title: () => string, draw: () => Node}>} */
  const all = {
    services: { title: () => t('q.services'), draw: () => serviceSection(app, fields, set) },
    counters: { title: () => t('q.counters'), draw: () => counterSection(app, fields, set) },
    groups: { title: () => t('q.groups'), draw: () => groupSection(fields, set) },
  };
  const names = /** @type {Tab[]} */ (Object.keys(all));
  const panels = names.map((name) => h('div', { role: 'tabpanel', id: `p-${name}`, 'aria-labelledby': `t-${name}`, onreveal: () => { if (shown !== name) show(name); } }, all[name].draw()));
  const heads = names.map((name) => h('button', { type: 'button', role: 'tab', id: `t-${name}`, 'aria-controls': `p-${name}`, onclick: () => open(name), onkeydown: (/** @type {KeyboardEvent} */ e) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    e.preventDefault();
    const to = (names.indexOf(name) + step + names.length) % names.length;
    open(names[to]);
    heads[to].focus();
  } }, all[name].title()));

  /** Shows a panel as it is. @param {Tab} name */
  function show(name) {
    shown = name;
    names.forEach((x, i) => {
      panels[i].hidden = x !== name;
      heads[i].setAttribute('aria-selected', String(x === name));
      heads[i].tabIndex = x === name ? 0 : -1;
    });
  }

  /** Opens a panel anew: the others may have changed what it lists. @param {Tab} name */
  function open(name) {
    if (name !== shown) mount(panels[names.indexOf(name)], all[name].draw());
    show(name);
  }

  show(shown);
  return h('div', null, h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('a.nav.queues') }, heads), panels);
}
