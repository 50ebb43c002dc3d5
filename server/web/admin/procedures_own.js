// Finding a procedure, and what the hall itself knows of it.
import { get, put } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { forms, ownForm } from '/admin/procedures_form.js';
import { partName, partNames } from '/admin/procedures_words.js';

/** @typedef {import('/admin/procedures_form.js').Own} Own */
/** @typedef {Record<string, any> & {code: string, name: string, field: string}} Procedure */

/** How many are listed. */
const SHOWN = 20;
/** How long after the last letter the search begins, ms. */
const PAUSE = 150;

/** @param {import('/admin/admin.js').App} app */
export function ownSection(app) {
  let turn = 0, timer = 0;
  const box = h('div', { class: 'box' });
  const input = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', oninput: () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void find(), PAUSE);
  } });

  async function find() {
    const mine = ++turn, q = input.value.trim();
    if (q === '') return mount(box);
    const answer = await get(`/api/v1/procedures?limit=${SHOWN}&q=${encodeURIComponent(q)}&branch=${encodeURIComponent(app.branch)}`);
    if (mine !== turn) return;
    if (!answer.ok) return mount(box, h('p', { class: 'fault', role: 'alert' }, sentence(answer.code)));
    /** @type {Procedure[]} */
    const list = answer.body.items;
    mount(box, h('p', { class: 'same', role: 'status' }, list.length === 0 ? t('a.p.find.none') : t('a.p.find.n', { n: answer.body.total })),
      h('ul', null, list.map((p) => h('li', null, h('button', { type: 'button', 'data-code': p.code, onclick: () => void edit(p.code) },
        h('b', null, p.code), h('span', { lang: 'vi' }, p.name), h('small', { lang: 'vi' }, p.field))))));
  }

  /** @param {string} code */
  async function edit(code) {
    const path = `/api/v1/procedures/${encodeURIComponent(code)}`;
    const [whole, own, raw] = await Promise.all([get(path), get(`${path}/own`), get(`${path}/raw`)]);
    const failed = [whole, own, raw].find((a) => !a.ok);
    if (failed) return app.tell(sentence(failed.code));
    editor(whole.body, own.body, raw.body.raw, async (next) => {
      const answer = await put(`${path}/own`, next);
      if (answer.ok) app.tell(t('a.p.own.saved', { code }));
      return { ok: answer.ok, code: answer.code, part: answer.body?.detail ?? '' };
    });
  }

  return { el: h('section', { class: 'own' }, h('h2', null, t('a.p.own')), h('label', { class: 'find' }, t('a.p.find'), input), box) };
}

/**
 * @param {Procedure} p @param {Own} own @param {string} raw
 * @param {(own: Own) => Promise<{ok: boolean, code: string, part: string}>} save
 */
function editor(p, own, raw, save) {
  const form = ownForm(own, forms(p));
  const fault = h('p', { class: 'fault', role: 'alert' });
  const box = h('dialog', { class: 'writing own', 'aria-labelledby': 'own-h', onclose: () => box.remove() },
    h('form', { novalidate: true, onsubmit(/** @type {Event} */ e) { e.preventDefault(); void out(); } },
      h('h2', { id: 'own-h', lang: 'vi' }, p.name), h('p', { class: 'same', lang: 'vi' }, `${p.code} · ${p.field}`),
      h('p', { class: 'does' }, t('a.p.own.does')), form.el, beside(p, raw),
      h('div', { class: 'foot' }, fault, h('div', { class: 'acts' }, h('button', { class: 'go' }, t('a.p.own.save')), h('button', { type: 'button', onclick: () => box.close() }, t('a.n.no'))))));

  async function out() {
    fault.textContent = form.check();
    if (fault.textContent) return;
    const answer = await save(form.value());
    if (answer.ok) box.close();
    else fault.textContent = form.wrong(answer.part) || sentence(answer.code);
  }
  document.body.append(box);
  box.showModal();
}

/** The record as its file had it, beside what is shown of it. @param {Procedure} p @param {string} raw */
function beside(p, raw) {
  /** @type {Record<string, unknown>} */
  let cells = {};
  try {
    cells = JSON.parse(raw);
  } catch {
    cells = { '': raw };
  }
  const clean = partNames.filter((name) => said(p[name]) !== '').map((name) => entry(partName(name), p[name]));
  return h('details', { class: 'beside' }, h('summary', null, t('a.p.raw')),
    h('div', { class: 'two' },
      h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-labelledby': 'raw-h' }, h('h3', { id: 'raw-h' }, t('a.p.raw.file')),
        h('dl', { lang: 'vi' }, Object.entries(cells).filter(([, v]) => said(v) !== '').map(([name, v]) => entry(name, v)))),
      h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-labelledby': 'clean-h' }, h('h3', { id: 'clean-h' }, t('a.p.raw.clean')), h('dl', { lang: 'vi' }, clean))));
}

/** @param {string} name @param {unknown} value */
const entry = (name, value) => h('div', null, h('dt', null, name || '-'), h('dd', null, said(value)));

/** A value of a record in lines that people can read. @param {unknown} value @returns {string} */
function said(value) {
  if (value === null || value === undefined || value === '' || value === false) return '';
  if (Array.isArray(value)) return value.map(said).filter(Boolean).join('\n');
  if (typeof value === 'object') return Object.entries(value).filter(([, v]) => said(v) !== '').map(([k, v]) => `${k}: ${said(v)}`).join(' · ');
  return String(value);
}
