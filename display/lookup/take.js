// "Lấy số cho thủ tục này": with how many wait now. Where no number can be had,
// the key says why, and when there will be some again.
import { h, icon, mount, set } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { tileMeta } from '/kiosk/words.js';
import { words } from '/kiosk/said.js';
import { toTicket } from '/lookup/ways.js';
import { casesOf } from '/lookup/services.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/procedure.js').Procedure} Procedure */
/** @typedef {import('/web/types.js').Service} Service */

/** The services here that take it. @param {App} app @param {Procedure} p @returns {Service[]} */
export const servicesOf = (app, p) => app.state().branch.services.filter((s) => p.services.includes(s.id));

/** @param {App} app @param {Procedure} p */
export function takeKey(app, p) {
  const title = h('b'), meta = h('small');
  const key = h('button', { type: 'button', class: 'btn go take', 'data-act': 'take', onclick: press }, icon('ticket'), h('span', null, title, meta));
  const told = h('div', { class: 'untaken' }, icon('ticket'), h('span'));
  const el = h('div', { class: 'taking' });
  let drawn = '';

  function press() {
    const open = openOf(app, p);
    if (open.length > 1) return app.show(() => casesOf(app, p, open));
    if (open.length === 1) toTicket(open[0].id, p.code, app.kiosk);
  }

  function update() {
    const all = servicesOf(app, p), open = openOf(app, p);
    const lines = !app.takes() ? atKiosk(all) : open.length > 0 ? [t('l.take'), open.length === 1 ? metaOf(app, open[0]) : t('l.take.which')] : whyNot(app, all);
    const live = app.takes() && open.length > 0;
    const print = [live, ...lines].join('|');
    if (print === drawn) return;
    drawn = print;
    el.hidden = all.length === 0;
    if (live) {
      title.textContent = lines[0];
      meta.textContent = lines[1];
      set(key, { disabled: false });
    } else mount(/** @type {Element} */ (told.lastElementChild), lines.map((x, i) => h(i === 0 ? 'b' : 'small', null, x)));
    const child = live ? key : told;
    if (el.firstChild !== child) el.replaceChildren(child);
  }
  update();
  return { el, update };
}

/** Those that give numbers now; none while the server is away. @param {App} app @param {Procedure} p */
const openOf = (app, p) => (app.online() ? servicesOf(app, p).filter((s) => app.state().figures.get(s.id)?.open) : []);

/** @param {App} app @param {Service} s */
export const metaOf = (app, s) => words(tileMeta(app.state().figures.get(s.id), app.now()));

/** A screen that may not take says what to press at the kiosk. @param {Service[]} all */
const atKiosk = (all) => [t('l.take.kiosk', { letter: all.map((s) => s.prefix).join(', ') }), all.map((s) => named(s.name)).join(', ')];

/** @param {App} app @param {Service[]} all */
function whyNot(app, all) {
  if (!app.online()) return [t('k.off.strip')];
  return [t('l.take.none'), all.map((s) => (all.length > 1 ? `${s.prefix}: ` : '') + metaOf(app, s)).join(' · ')];
}
