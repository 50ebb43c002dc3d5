// The settings as one file: to keep, or to carry on a USB stick to halls of the same kind.
import { sendFile } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { moment } from '/admin/procedures_words.js';
import { section } from '/admin/settings_form.js';
import { changeList } from '/admin/settings_versions.js';

/** @typedef {import('/admin/settings_words.js').Change} Change */

/** How many changes are written out. */
const WRITTEN = 60;

/** @param {import('/admin/admin.js').App} app */
export function filePart(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/settings/file`;
  const pick = h('input', { type: 'file', accept: '.zip,application/zip', onchange: () => clear() }), all = h('input', { type: 'checkbox', onchange: () => clear() });
  const word = h('p', { class: 'word', role: 'status' }), result = h('div', { class: 'result' });
  const check = h('button', { type: 'button', disabled: true, onclick: () => void send(true) }, t('set.file.check'));
  const go = h('button', { type: 'button', class: 'go', disabled: true, onclick: () => void send(false) }, t('set.file.apply'));
  let busy = false, version = 0;

  /** Another file, or another way of taking it: what was checked holds no more. */
  function clear() {
    word.textContent = '';
    mount(result);
    version = 0;
    ready();
  }

  function ready() {
    check.disabled = busy || !pick.files?.[0];
    go.disabled = busy || version === 0;
  }

  /** @param {boolean} dry */
  async function send(dry) {
    const file = pick.files?.[0];
    if (!file || busy) return;
    busy = true;
    ready();
    word.textContent = t('set.file.reading');
    const query = new URLSearchParams(dry ? { dry: '1' } : { version: String(version) });
    if (all.checked) query.set('all', '1');
    const answer = await sendFile(`${path}?${query}`, file, 'POST');
    busy = false;
    version = 0;
    word.textContent = answer.ok ? '' : sentence(answer.code);
    if (answer.ok) show(answer.body, dry);
    ready();
  }

  /** @param {any} a what the file would do, or has done @param {boolean} dry */
  function show(a, dry) {
    const changes = /** @type {Change[]} */ (a.changes ?? []), problems = a.problems ?? [], refusal = a.refusal;
    const refused = refusal && (refusal.problems?.map((/** @type {any} */ p) => named(p.what)).join(' ') || named(refusal.title) || sentence(refusal.code));
    if (dry && problems.length === 0 && !refusal) version = a.version;
    word.textContent = a.done ? t('set.file.done') : '';
    mount(result,
      h('p', null, t('set.file.from', { name: named(a.from.name) || a.from.branch, when: moment(a.from.made) })),
      problems.length > 0 && [h('p', { class: 'fault' }, t('set.file.problems')), h('ul', null, problems.map((/** @type {any} */ p) => h('li', null, named(p.name), ': ', named(p.what))))],
      refused && h('p', { class: 'fault' }, refused),
      h('p', null, t('set.file.more', { media: length(a.media), texts: length(a.texts), procedures: length(a.procedures) }), ' ', length(a.unknown) > 0 && t('set.file.unknown', { n: length(a.unknown) })),
      changes.length === 0 ? h('p', { class: 'none' }, t('q.same')) : changeList(changes.slice(0, WRITTEN), changes.length, [app.state()?.branch ?? {}]));
  }

  return { el: section(t('set.file'), t('set.file.hint'),
    h('p', null, h('a', { class: 'button', href: path, download: '' }, t('set.file.export'))), h('p', { class: 'beside' }, t('set.file.wifi')),
    h('h3', null, t('set.file.import')),
    h('label', { class: 'upload' }, h('span', null, t('set.file.pick')), pick),
    h('label', { class: 'tick' }, all, t('set.file.all')), h('div', { class: 'row-acts' }, check, go), word, result) };
}

/** How many parts are not the same here already. @param {{state?: string}[] | undefined} list */
const length = (list) => (list ?? []).filter((x) => x.state !== 'same').length;
