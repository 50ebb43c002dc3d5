// A file of dossiers taken in by hand, and the reports of everything that came in.
import { sendFile } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { count, moment, table } from '/admin/procedures_words.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{line: number, code: string, field: string, where: Text, why: Text}} Problem */
/**
 * @typedef {object} Report
 * @property {number} [id]
 * @property {string} at
 * @property {'folder'|'push'|'upload'|'cli'|'sample'} source
 * @property {string} [file]
 * @property {number} accepted
 * @property {number} unchanged
 * @property {number} bad lines refused
 * @property {boolean} [again] the same file was taken in before
 * @property {Problem[]} refused
 * @property {string[]} ignored columns that are not read
 */

const PATH = '/api/v1/dossiers/imports';
/** The largest file the server takes, bytes. */
const MOST = 16 << 20;

/**
 * @param {import('/admin/admin.js').App} app
 * @param {() => void} changed
 */
export function importSection(app, changed) {
  const choose = h('input', { type: 'file', id: 'dossier-file', accept: '.xlsx,.csv,.jsonl', onchange: () => pick() });
  const word = h('p', { class: 'word', role: 'status' }), result = h('div', { class: 'result' });
  const check = h('button', { type: 'button', disabled: true, onclick: () => void send(true) }, t('a.do.check'));
  const go = h('button', { type: 'button', class: 'go', disabled: true, onclick: () => void send(false) }, t('a.do.send'));
  let busy = false;

  function pick() {
    const file = choose.files?.[0], large = (file?.size ?? 0) > MOST;
    mount(result);
    say(large ? t('a.do.large') : '', large);
    ready();
  }

  function ready() {
    const file = choose.files?.[0];
    check.disabled = go.disabled = busy || !file || file.size > MOST;
  }

  /** @param {string} text @param {boolean} [bad] */
  function say(text, bad = false) {
    word.textContent = text;
    word.classList.toggle('fault', bad);
  }

  /** @param {boolean} dry */
  async function send(dry) {
    const file = choose.files?.[0];
    if (!file || busy) return;
    busy = true;
    ready();
    mount(result);
    say(t('a.do.sending'));
    const query = new URLSearchParams({ file: file.name, branch: app.branch });
    if (dry) query.set('dry', '1');
    const answer = await sendFile(`${PATH}?${query}`, file, 'POST');
    busy = false;
    ready();
    if (!answer.ok) return say(answer.code === 'network' ? t('a.do.away') : sentence(answer.code), true);
    const report = /** @type {Report} */ (answer.body);
    say(report.again ? t('a.do.done.again') : dry ? t('a.do.done.dry', sums(report)) : t('a.do.done', sums(report)), report.bad > 0);
    mount(result, problems(report));
    if (!dry) changed();
  }

  return h('section', { class: 'bring' }, h('h2', null, t('a.do.import')),
    h('p', { class: 'hint' }, t('a.do.import.hint'), ' ', h('a', { href: `${PATH}/template.xlsx`, download: '' }, t('a.do.template'))),
    h('div', { class: 'choose' }, h('label', { for: 'dossier-file' }, t('a.do.file')), choose, h('div', { class: 'acts' }, check, go)),
    word, result);
}

/** @param {Report} r */
const sums = (r) => ({ accepted: count(r.accepted), unchanged: count(r.unchanged), bad: count(r.bad) });

/** What was refused, line by line, and what was not read. @param {Report} r */
function problems(r) {
  return [
    r.ignored.length > 0 && h('p', { class: 'hint' }, t('a.do.ignored', { names: r.ignored.join(', ') })),
    r.refused.length > 0 && table(t('a.do.refused'), [t('a.do.col.where'), t('a.do.col.code'), t('a.do.col.why')],
      r.refused.map((p) => h('tr', null, h('th', { scope: 'row' }, named(p.where)), h('td', { class: 'code' }, p.code), h('td', null, named(p.why))))),
  ];
}

/** @type {Record<Report['source'], () => string>} */
const SOURCES = {
  folder: () => t('a.do.by.folder'), push: () => t('a.do.by.push'), upload: () => t('a.do.by.upload'), cli: () => t('a.do.by.cli'), sample: () => t('a.do.by.sample'),
};

export function reportTable() {
  const box = h('div', { class: 'box' });
  return {
    el: h('section', { class: 'reports' }, h('h2', null, t('a.do.reports')), box),
    /** @param {Report[]} list */
    draw(list) {
      // A report that somebody reads stays open when the list is drawn anew.
      const open = new Set(Array.from(box.querySelectorAll('details[open]'), (d) => /** @type {HTMLElement} */ (d).dataset.id));
      mount(box, list.length === 0 ? h('p', { class: 'none' }, t('a.do.reports.none')) : list.map((r) => report(r, open.has(String(r.id)))));
    },
  };
}

/** @param {Report} r @param {boolean} open */
function report(r, open) {
  const more = r.refused.length + r.ignored.length > 0;
  const head = [h('b', null, moment(r.at)), ' ', h('span', null, SOURCES[r.source](), r.file && r.source !== 'sample' ? `: ${r.file}` : ''), ' ',
    h('span', { class: r.bad > 0 ? 'state warn' : 'state good' }, t('a.do.sums', sums(r)))];
  return more ? h('details', { 'data-id': r.id, open }, h('summary', null, head), problems(r)) : h('p', { class: 'report' }, head);
}
