// Two services take the same procedure: the visitor chooses, with how many wait
// for each.
import { h, icon, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { held, pages } from '/lookup/pages.js';
import { metaOf } from '/lookup/take.js';
import { toTicket } from '/lookup/ways.js';

/**
 * @param {import('/lookup/app.js').App} app
 * @param {import('/lookup/procedure.js').Procedure} p
 * @param {import('/web/types.js').Service[]} open
 * @returns {import('/lookup/app.js').View}
 */
export function casesOf(app, p, open) {
  const list = pages({
    least: 112, high: 140, most: 6, label: t('l.take.which'), load: held(open),
    row: (s) => h('button', { type: 'button', class: 'row choice', 'data-service': s.id, onclick: () => toTicket(s.id, p.code, app.kiosk) },
      h('span', { class: 'num letter' }, s.prefix),
      h('span', { class: 'name' }, h('span', { class: 'title' }, named(s.name)), h('small', { 'data-meta': s.id }, metaOf(app, s))), icon('chevron-right')),
  });
  return {
    name: 'services', nav: p.field, title: t('l.take.which'), lead: [h('p', { class: 'count' }, p.name)], nodes: [list.el], layout: list.layout,
    update() {
      for (const s of open) {
        const el = list.el.querySelector(`[data-meta="${s.id}"]`);
        if (el) mount(el, metaOf(app, s));
      }
    },
    read: () => [{ key: 'l.take.which' }, ...open.map((s) => ({ name: s.name }))],
  };
}
