// Filed dossiers: what is overdue and nearly so with the words of apology, the
// figures of the public board, and how the one-stop software's data comes in.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { connectSection } from '/admin/dossiers_connect.js';
import { importSection, reportTable } from '/admin/dossiers_import.js';
import { dossierList } from '/admin/dossiers_lists.js';
import { count, moment } from '/admin/procedures_words.js';

/** How often the lists are read again: days pass, and the software sends, ms. */
const AGAIN = 60_000;

/** @typedef {{received: number, resolved: number, pending: number, overdue: number, updated_at: string}} Counts */

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const here = `/api/v1/branches/${encodeURIComponent(app.branch)}/dossiers`;
  const figures = h('dl', { class: 'figures' }), fresh = h('p', { class: 'fresh' });
  const overdue = dossierList('overdue'), soon = dossierList('soon'), reports = reportTable();
  const importing = importSection(app, () => void refresh());
  let timer = 0;

  async function refresh() {
    const [today, month, late, next, made] = await Promise.all([get(`${here}/counts`), get(`${here}/counts?period=month`),
      get(`${here}?list=overdue`), get(`${here}?list=soon`), get('/api/v1/dossiers/imports')]);
    if (today.ok && month.ok) show(today.body, month.body);
    if (late.ok) overdue.draw(late.body);
    if (next.ok) soon.draw(next.body);
    if (made.ok) reports.draw(made.body.items);
  }

  /** @param {Counts} today @param {Counts} month */
  function show(today, month) {
    mount(figures, figure(t('a.do.received'), today.received, t('a.do.month', { n: count(month.received) })),
      figure(t('a.do.resolved'), today.resolved, t('a.do.month', { n: count(month.resolved) })),
      figure(t('a.do.pending'), today.pending), figure(t('a.do.overdue'), today.overdue));
    fresh.textContent = today.updated_at ? t('a.do.fresh', { time: moment(today.updated_at) }) : t('a.do.fresh.none');
  }

  return {
    el: h('div', { class: 'part dossiers' },
      h('section', null, h('h2', null, t('a.do.now')), figures, fresh),
      overdue.el, soon.el, importing, reports.el, connectSection(app)),
    open() {
      void refresh();
      window.clearInterval(timer);
      timer = window.setInterval(() => void refresh(), AGAIN);
    },
    close: () => window.clearInterval(timer),
  };
}

/** @param {string} name @param {number} n @param {string} [more] */
function figure(name, n, more) {
  return h('div', null, h('dt', null, name), h('dd', null, h('b', null, count(n)), more && h('small', null, more)));
}
