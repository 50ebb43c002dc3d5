// The posting list: what a hall must hang up of its procedures, by field, on A4.
// It is in Vietnamese alone, as the law wants it.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { loadTexts, t } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { day } from '/web/time.js';
import { fieldTable } from '/posting/table.js';

/** @typedef {{name: string, count: number, services: string[]}} Field */
/** @typedef {{place: import('/web/types.js').Text, name: import('/web/types.js').Text, complaints: import('/web/types.js').Contact}} Hall */
/** @typedef {{hall: Hall, edition: number, updated: string, sample: boolean, fields: import('/posting/table.js').Posted[]}} Posting */

/** A whole ministry's list may take a slow server some seconds, ms. */
const LONG = 30_000;

await loadTexts('common', 'admin');

const sheet = h('main', { class: 'sheet', tabindex: -1 }), fault = h('p', { class: 'fault', role: 'alert' });
const here = h('input', { type: 'checkbox', onchange: () => void draw() });
const fields = h('fieldset'), print = h('button', { type: 'button', class: 'go', disabled: true, onclick: () => window.print() }, t('a.post.print'));
mount(document.body,
  h('header', { class: 'tools' }, h('h1', null, t('a.post.title')), h('p', null, t('a.post.hint')),
    h('label', null, here, t('a.post.here')),
    h('details', null, h('summary', null, t('a.post.fields')), h('div', { class: 'acts' },
      h('button', { type: 'button', onclick: () => all(true) }, t('a.post.all')), h('button', { type: 'button', onclick: () => all(false) }, t('a.post.none'))), fields),
    fault, print),
  sheet);

let turn = 0;

/** @returns {HTMLInputElement[]} */
const boxes = () => [...fields.querySelectorAll('input')];

/** @param {boolean} on */
function all(on) {
  for (const box of boxes()) box.checked = on;
  void draw();
}

/** Loads what does not change with the choice. */
async function start() {
  const held = await get(`/api/v1/catalogue?branch=${encodeURIComponent(branch())}`);
  if (held.status === 401) return location.assign('/login');
  if (!held.ok) {
    fault.textContent = sentence(held.code);
    return;
  }
  /** @type {Field[]} */
  const list = held.body.fields;
  mount(fields, h('legend', { class: 'sr' }, t('a.post.fields')), list.map((f) =>
    h('label', null, h('input', { type: 'checkbox', value: f.name, checked: true, onchange: () => void draw() }), t('a.post.field', { name: f.name, n: f.count }))));
  await draw();
}

async function draw() {
  const mine = ++turn, chosen = boxes().filter((b) => b.checked);
  print.disabled = true;
  if (chosen.length === 0) return mount(sheet, h('p', { class: 'none' }, t('a.post.empty')));
  const query = new URLSearchParams({ branch: branch() });
  if (here.checked) query.set('here', '1');
  if (chosen.length < boxes().length) for (const b of chosen) query.append('field', b.value);
  const answer = await get(`/api/v1/catalogue/posting?${query}`, LONG);
  if (mine !== turn) return;
  fault.textContent = answer.ok ? '' : sentence(answer.code);
  if (!answer.ok) return;
  /** @type {Posting} */
  const list = answer.body;
  mount(sheet, head(list), list.fields.map((f) => fieldTable(f, list.hall.name.vi)), list.fields.length === 0 && h('p', { class: 'none' }, t('a.post.nothing')), complaints(list.hall.complaints));
  print.disabled = list.fields.length === 0;
}

/** @param {string} when "21/11/2026" */
const date = (when) => day(when).split('-').reverse().join('/');

/** The letterhead of the state's papers (NĐ 30/2020). @param {Posting} list */
function head(list) {
  return h('div', { class: 'head' },
    h('div', { class: 'letterhead' },
      h('p', { class: 'office' }, h('span', null, list.hall.place.vi), h('b', null, list.hall.name.vi)),
      h('p', { class: 'nation' }, h('b', null, t('a.post.nation')), h('b', { class: 'motto' }, t('a.post.motto')))),
    h('h2', null, t('a.post.heading')),
    h('p', { class: 'date' }, list.updated ? t('a.post.date', { day: date(list.updated), n: list.edition }) : ''),
    list.sample && h('p', { class: 'sample' }, t('a.p.sample')));
}

/** Where phản ánh, kiến nghị go; a hall must post it (NĐ 20/2008). @param {import('/web/types.js').Contact} at */
function complaints(at) {
  const rows = [at.name?.vi, at.address?.vi, at.phone && t('a.post.phone', { phone: at.phone }), at.email && t('a.post.email', { email: at.email }), at.hours?.vi].filter(Boolean);
  return rows.length > 0 && h('section', { class: 'complaints' }, h('h2', null, t('a.post.complaints')), rows.map((x) => h('p', null, x ?? '')));
}

await start();
