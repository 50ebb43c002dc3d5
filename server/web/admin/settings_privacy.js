// What the hall keeps of people, and for how long: read from the settings in force, so
// that the notice on the wall says what the program does.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** The usual months and days where the settings say nothing. */
const USUAL = { events: 24, visits: 60, audit: 24, box: 90 };

/** @param {import('/admin/admin.js').App} app */
export function privacyPart(app) {
  const notice = h('div', { class: 'privacy-notice' });
  const print = h('button', { type: 'button', class: 'more', onclick: () => window.print() }, t('set.priv.print'));
  const links = h('p', { class: 'hint' }, t('set.priv.where'), ' ', h('a', { href: '#/ratings' }, t('a.nav.ratings')), ', ', h('a', { href: '#/hall' }, t('a.nav.hall')), '.');

  async function load() {
    const answer = await get(`/api/v1/branches/${encodeURIComponent(app.branch)}/settings`);
    if (answer.ok) draw(answer.body.settings);
  }

  /** @param {Bag} set */
  function draw(set) {
    const report = set.report ?? {}, events = report.keep_events || USUAL.events, visits = Math.max(report.keep_visits || USUAL.visits, events);
    /** @type {[string, string, string][]} */
    const rows = [
      [t('set.priv.visit'), t('set.priv.visit.what'), t('set.priv.visit.keep', { events, visits })],
      [t('set.priv.card'), set.kiosk?.scan ? t('set.priv.card.what') : t('set.priv.card.off'), t('set.priv.card.keep')],
      [t('set.priv.phone'), t('set.priv.phone.what'), t('set.priv.phone.keep')],
      [t('set.priv.book'), t('set.priv.book.what'), t('set.priv.book.keep')],
      [t('set.priv.rate'), t('set.priv.rate.what'), t('set.priv.rate.keep', { events, visits })],
      [t('set.priv.box'), set.box?.open ? t('set.priv.box.what') : t('set.priv.box.off'), t('set.priv.box.keep', { n: set.box?.keep_days || USUAL.box })],
      [t('set.priv.dossier'), set.dossiers?.verify ? t('set.priv.dossier.verify') : t('set.priv.dossier.what'), t('set.priv.dossier.keep')],
      [t('set.priv.staff'), t('set.priv.staff.what'), t('set.priv.staff.keep', { n: report.keep_audit || USUAL.audit })],
    ];
    mount(notice, h('h3', null, t('set.priv.title')), h('p', null, named(set.name), set.place?.vi && `, ${named(set.place)}`),
      h('table', null, h('thead', null, h('tr', null, [t('set.priv.of'), t('set.priv.held'), t('set.priv.long')].map((x) => h('th', { scope: 'col' }, x)))),
        h('tbody', null, rows.map(([of, what, keep]) => h('tr', null, h('th', { scope: 'row' }, of), h('td', null, what), h('td', null, keep))))));
  }

  return { el: section(t('set.priv'), t('set.priv.hint'), links, notice, print), load: () => void load() };
}
