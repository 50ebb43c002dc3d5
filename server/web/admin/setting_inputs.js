// Fields of the settings that are more than a line: several of a list, one of a few
// with a sentence each, and what is looked for in the catalogue.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {{id: string, name: string, note?: string}} Option */

/** How long after the last letter the search begins, ms. */
const PAUSE = 150;

/**
 * A group of inputs that is one field of the document.
 * @param {Fields} f @param {string} place @param {string} label @param {string} hint @param {Node[]} inner
 */
export function group(f, place, label, hint, inner) {
  const id = `g${f.count += 1}`;
  const fault = h('small', { class: 'fault', id });
  const el = h('fieldset', { class: 'wide group', 'data-place': place, 'aria-describedby': id },
    h('legend', null, label), hint && h('small', null, hint), h('div', { class: 'group-in' }, inner), fault);
  const box = /** @type {HTMLElement} */ (el.querySelector('input, select, button') ?? el);
  f.known.set(place, { el, box, fault });
  el.addEventListener('input', () => f.clear({ el, box, fault }));
  return el;
}

/**
 * Several of a list, by id and in the list's order.
 * @param {Fields} f @param {string} place @param {string} label @param {(string|number)[]} chosen
 * @param {Option[]} options @param {(chosen: string[]) => void} keep @param {string} [hint]
 */
export function ticks(f, place, label, chosen, options, keep, hint = '') {
  const on = new Set(chosen.map(String));
  return group(f, place, label, hint, options.map(({ id, name }) => {
    const box = h('input', { type: 'checkbox', checked: on.has(id), onchange: () => {
      if (box.checked) on.add(id);
      else on.delete(id);
      keep(options.filter((o) => on.has(o.id)).map((o) => o.id));
      f.changed();
    } });
    return h('label', { class: 'tick' }, box, name);
  }));
}

/**
 * One of a few ways, each with a sentence of what it does.
 * @param {Fields} f @param {string} place @param {string} label @param {string} value @param {Option[]} options @param {(id: string) => void} keep
 */
export function ways(f, place, label, value, options, keep) {
  const name = `w${f.count += 1}`;
  return group(f, place, label, '', options.map((o) => {
    const box = h('input', { type: 'radio', name, value: o.id, checked: o.id === value, onchange: () => {
      keep(o.id);
      f.changed();
    } });
    return h('label', { class: 'way' }, box, h('span', null, h('b', null, o.name), o.note && h('small', null, o.note)));
  }));
}

/**
 * What is chosen, as a list to take from, with a box to look for more.
 * @param {object} about
 * @param {Fields} about.f
 * @param {string} about.place
 * @param {string} about.label
 * @param {string} about.hint
 * @param {string} about.ask what to type
 * @param {string[]} about.list changed in place
 * @param {number} about.most
 * @param {(q: string) => Promise<Option[]>} about.find
 * @param {(id: string) => Promise<string>} about.nameOf
 */
export function chosen({ f, place, label, hint, ask, list, most, find, nameOf }) {
  const bag = h('ul', { class: 'chips' }), hits = h('ul', { class: 'hits' }), said = h('p', { class: 'sr', role: 'status' });
  let turn = 0, timer = 0, seen = false;
  const box = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', 'aria-label': ask, placeholder: ask, oninput: (/** @type {Event} */ e) => {
    e.stopPropagation(); // looking for something changes nothing
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), PAUSE);
  }, onkeydown: (/** @type {KeyboardEvent} */ e) => { if (e.key === 'Enter') e.preventDefault(); } });

  /** @param {() => void} act */
  function change(act) {
    act();
    f.changed();
    draw();
  }

  function draw() {
    box.hidden = list.length >= most;
    mount(bag, list.map((id, i) => h('li', null, h('span', { lang: 'vi' }, id), h('button', { type: 'button', 'aria-label': t('q.chip.drop', { name: id }), onclick: () => {
        change(() => list.splice(i, 1));
        box.focus();
      } }, '×'))));
    if (seen) void name();
  }

  /** One after the other: a hall may list thousands of codes. */
  async function name() {
    for (const [i, row] of [...bag.children].entries()) {
      const id = list[i], words = await nameOf(id);
      if (!row.isConnected) return; // drawn anew
      if (row.firstElementChild) row.firstElementChild.textContent = words;
    }
  }

  async function look() {
    const mine = ++turn, q = box.value.trim();
    if (q === '') return mount(hits);
    const found = (await find(q)).filter((o) => !list.includes(o.id));
    if (mine !== turn) return;
    said.textContent = found.length === 0 ? t('q.find.none') : t('q.find.n', { n: found.length });
    mount(hits, found.length === 0 ? h('li', { class: 'none' }, t('q.find.none')) : found.map((o) => h('li', null, h('button', { type: 'button', onclick: () => {
      change(() => list.push(o.id));
      box.value = '';
      mount(hits);
      box.focus();
    } }, h('b', { lang: 'vi' }, o.name), o.note && h('small', { lang: 'vi' }, o.note)))));
  }

  draw();
  // Names are asked for when somebody looks at them.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((e) => e.isIntersecting)) return;
    watch.disconnect();
    seen = true;
    void name();
  });
  watch.observe(bag);
  return group(f, place, label, hint, [bag, box, hits, said]);
}

/** The catalogue's fields, read once. @type {Promise<{name: string, count: number}[]> | null} */
let fields = null;

/** @returns {Promise<{name: string, count: number}[]>} */
export function catalogueFields() {
  fields ??= get('/api/v1/catalogue').then((answer) => {
    if (answer.ok) return answer.body.fields;
    fields = null;
    return [];
  });
  return /** @type {Promise<{name: string, count: number}[]>} */ (fields);
}

/** Letters without their marks, to look for a field as people type. @param {string} s */
export const folded = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

/** @param {string} q @returns {Promise<Option[]>} */
export async function findField(q) {
  const asked = folded(q);
  return (await catalogueFields()).filter((x) => folded(x.name).includes(asked)).slice(0, 12)
    .map((x) => ({ id: x.name, name: x.name, note: t('q.field.count', { n: x.count }) }));
}

/** @param {string} q @returns {Promise<Option[]>} */
export async function findProcedure(q) {
  const answer = await get(`/api/v1/procedures?limit=12&q=${encodeURIComponent(q)}`);
  /** @type {{code: string, name: string, field: string}[]} */
  const items = answer.ok ? answer.body.items : [];
  return items.map((p) => ({ id: p.code, name: `${p.code} · ${p.name}`, note: p.field }));
}

/** @type {Map<string, Promise<string>>} */
const procedureNames = new Map();

/** @param {string} code */
export function procedureName(code) {
  const known = procedureNames.get(code) ?? get(`/api/v1/procedures/${encodeURIComponent(code)}`).then((a) => (a.ok ? `${code} · ${a.body.name}` : code));
  procedureNames.set(code, known);
  return known;
}
