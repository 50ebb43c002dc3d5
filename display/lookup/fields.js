// The list of fields: at the left of the screen where there is the room, else a
// screen of its own. The hall's own fields come first, with the letter of the
// numbers they are served by.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { catalogue } from '/lookup/catalogue.js';
import { listView } from '/lookup/list.js';
import { held, pages } from '/lookup/pages.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {import('/lookup/catalogue.js').Field} Field */

/** Where the list was left: it stands beside many screens of one visit. */
let from = 0;

/** The visit is over. */
export const forgetFields = () => void (from = 0);

/** @param {App} app @param {string} chosen name of a field */
export function fieldList(app, chosen) {
  const list = rows(app, chosen, true);
  const el = h('nav', { class: 'fields', 'aria-label': t('l.fields') }, h('h2', null, t('l.fields')), list.el);
  return { el, layout: list.layout };
}

/** The list as a screen. @param {App} app @returns {View} */
export function fieldsView(app) {
  const list = rows(app, '', false);
  return {
    name: 'fieldsview', title: t('l.fields.q'), nodes: [list.el], layout: list.layout,
    read: () => [{ key: 'l.fields.q' }],
    fresh: () => app.redraw(),
  };
}

/** @param {App} app @param {string} chosen @param {boolean} under */
function rows(app, chosen, under) {
  const { fields } = catalogue();
  return pages({
    least: 76, high: 104, most: under ? 7 : 8, under, label: t('l.fields'), from, moved: (to) => void (from = to),
    load: held(inOrder(app, fields)),
    row: (f) => h('button', { type: 'button', class: 'field', 'aria-current': f.name === chosen ? 'true' : null, onclick: () => open(app, f.name) },
      h('span', { class: 'num letter' }, letters(app, f.services)),
      h('span', { class: 'name' }, f.name),
      h('small', null, f.name === chosen ? t('l.count', { n: f.count }) : String(f.count))),
  });
}

/**
 * The hall's own fields in the order of their letters, then the others as they come.
 * @param {App} app
 * @param {Field[]} fields
 */
export function inOrder(app, fields) {
  const place = (/** @type {Field} */ f) => {
    const at = app.state().branch.services.findIndex((s) => f.services.includes(s.id));
    return at < 0 ? Infinity : at;
  };
  return [...fields].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** Another field takes the place of the one before: Back leads to the first screen. @param {App} app @param {string} field */
function open(app, field) {
  const what = { field }, make = () => listView(app, what);
  if (document.querySelector('main.list, main.record')) app.home();
  app.show(make);
}

/**
 * The letters of the services, as they stand on tickets: "A", "C D".
 * @param {App} app
 * @param {string[]} services ids
 */
export function letters(app, services) {
  const known = app.state().branch.services.filter((s) => services.includes(s.id));
  return known.slice(0, 2).map((s) => s.prefix).join('\u2009');
}
