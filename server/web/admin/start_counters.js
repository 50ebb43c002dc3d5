// The third step: the counters, and what each of them serves.
import { h, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/start.js').Step} Step */

const MOST = 60;

/** A counter that is not there yet: the first free number. @param {Bag[]} list */
function another(list) {
  let n = list.length + 1;
  while (list.some((c) => c.id === String(n) || c.label === String(n).padStart(2, '0'))) n += 1;
  return { id: String(n), label: String(n).padStart(2, '0'), name: { vi: '' }, services: [] };
}

/** @param {import('/admin/admin.js').App} _app @param {Bag} set @returns {Step} */
export function counterStep(_app, set) {
  /** @type {Bag[]} */
  const counters = structuredClone(set.counters);
  const many = h('input', { type: 'number', min: 1, max: MOST, value: counters.length, inputmode: 'numeric', onchange: () => resize(Number(many.value)) });
  const body = h('tbody');

  /** @param {number} n */
  function resize(n) {
    const wanted = Math.min(MOST, Math.max(1, Math.round(n) || 1));
    while (counters.length > wanted) counters.pop();
    while (counters.length < wanted) counters.push(another(counters));
    many.value = String(wanted);
    draw();
  }

  function draw() {
    mount(body, counters.map((c) => {
      const label = h('input', { value: c.label, maxlength: 12, 'aria-label': t('st.counters.label.of', { label: c.label }), oninput: () => { c.label = label.value.trim(); } });
      return h('tr', { 'data-counter': c.id }, h('th', { scope: 'row' }, label), set.services.map((/** @type {Bag} */ s) => {
        const box = h('input', { type: 'checkbox', checked: c.services.includes(s.id), 'aria-label': t('st.counters.serves', { label: c.label, name: named(s.name) }), onchange: () => tick(c, s.id, box.checked) });
        return h('td', null, box);
      }));
    }));
  }

  /** @param {Bag} c @param {string} id @param {boolean} on */
  function tick(c, id, on) {
    const i = c.services.indexOf(id);
    if (on && i < 0) {
      c.services.push(id);
      c.weights?.push(1);
    } else if (!on && i >= 0) {
      c.services.splice(i, 1);
      c.weights?.splice(i, 1);
    }
  }

  draw();
  return {
    nodes: [h('p', null, t('st.counters.what')), h('div', { class: 'grid' }, h('label', null, h('span', null, t('st.counters.n')), many)),
      h('div', { class: 'scroll' }, h('table', null, h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('st.counters.label')),
        set.services.map((/** @type {Bag} */ s) => h('th', { scope: 'col' }, `${s.prefix} · ${named(s.short?.vi ? s.short : s.name)}`)))), body))],
    change(fresh) {
      fresh.counters = counters;
      const stay = new Set(counters.map((c) => c.id));
      for (const list of ['golden', 'no_slip']) for (const x of fresh.calendar[list] ?? []) if (x.counters) x.counters = x.counters.filter((/** @type {string} */ id) => stay.has(id));
    },
  };
}
