// The catalogue of procedures: what it holds, bringing a file in and taking it back,
// what changed, what is old, and what the hall itself knows of a procedure.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { count, moment } from '/admin/procedures_words.js';
import { importSection } from '/admin/procedures_import.js';
import { changeList, staleList, versionTable } from '/admin/procedures_lists.js';
import { ownSection } from '/admin/procedures_own.js';

/** @typedef {import('/admin/admin.js').App} App */
/** @typedef {import('/admin/procedures_lists.js').Version} Version */
/** @typedef {{edition: number, updated?: string, total: number, sample?: boolean}} Overview */

/** @param {App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const facts = h('p', { class: 'facts' }), mark = h('p', { class: 'sample', hidden: true }, t('a.p.sample'));
  const importing = importSection(app, refresh);
  const versions = versionTable((v) => importing.undo(v)), changes = changeList(), stale = staleList(), own = ownSection(app);

  async function refresh() {
    const [held, made] = await Promise.all([get(`/api/v1/catalogue?branch=${encodeURIComponent(app.branch)}`), get('/api/v1/catalogue/imports')]);
    if (made.ok) versions.draw(made.body.items);
    if (held.ok) overview(held.body, made.ok ? made.body.items : []);
    void changes.load();
    void stale.load();
  }

  /** @param {Overview} held @param {Version[]} made */
  function overview(held, made) {
    const last = made.find((v) => !v.undone);
    const parts = [t('a.p.total', { n: count(held.total) }), t('a.p.edition', { n: count(held.edition) })];
    if (last) parts.push(t('a.p.last', { file: last.file, time: moment(last.at) }));
    mount(facts, parts.map((x) => h('span', null, x)));
    mark.hidden = !held.sample;
  }

  return {
    el: h('div', { class: 'part procedures' },
      h('section', null, h('h2', null, t('a.p.now')), facts, mark,
        h('p', null, h('a', { href: '/posting/', target: '_blank', rel: 'noopener' }, t('a.p.posting')))),
      importing.el, own.el, changes.el, stale.el, versions.el),
    open: () => void refresh(),
    event(e) {
      if (e.kind === 'catalogue.changed') void refresh();
    },
    close: importing.close,
  };
}
