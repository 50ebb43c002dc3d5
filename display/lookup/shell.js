// What stands around every screen: the bar above, the list of fields, the keys
// below.
import { mark } from '/web/brand.js';
import { h, icon, set } from '/web/dom.js';
import { t, named } from '/web/i18n.js';
import { hm, dayDate } from '/web/time.js';
import { foot } from '/kiosk/foot.js';
import { fieldList } from '/lookup/fields.js';
import { toKiosk } from '/lookup/ways.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */

/**
 * @param {App} app
 * @param {View} view
 * @param {{toast: HTMLElement, help: () => void, known: boolean}} more `known`: is there a hall yet?
 */
export function shell(app, view, { toast, help, known }) {
  const place = known ? named(app.state().branch.name) : '';
  const fields = known && view.nav !== undefined ? fieldList(app, view.nav) : null;
  if (fields) join(view, fields.layout);
  return [
    h('header', { class: 'bar' },
      h('div', { class: 'drum', 'aria-hidden': 'true' }),
      mark(known ? app.state().branch.logo : ''), h('div', null, h('b', null, t('l.title')), h('small', null, place)),
      h('div', { class: 'clock' }, h('small', { 'data-clock': 'date' }), h('span', { class: 'num', 'data-clock': 'time' }))),
    fields?.el,
    h('main', { class: view.name },
      h('div', { class: 'lead' }, view.title && h('h1', { tabindex: -1, class: sizeOf(view.title) }, view.title), view.lead ?? []),
      h('div', { class: 'work' }, view.nodes)),
    toast,
    h('footer', { class: 'bottom' },
      h('nav', { class: 'ways', 'aria-label': t('l.ways') },
        way('arrow-left', t('l.back'), 'back', () => (view.back ?? app.back)()),
        way('home', t('l.first'), 'home', () => (app.kiosk ? toKiosk() : app.home()))),
      bar(app, help, known)),
  ].filter((x) => x !== null && x !== undefined);
}

/** The bar of display options is the kiosk's. @param {App} app @param {() => void} help @param {boolean} known */
function bar(app, help, known) {
  const el = foot(known && app.takes() ? /** @type {any} */ ({ help }) : null);
  const group = h('div', { class: 'modes', role: 'group', 'aria-label': t('k.acc') });
  // A footer inside a footer is no landmark; it is one group of keys here.
  set(el, { role: 'presentation', 'aria-label': null });
  group.append(el);
  return group;
}

/** @param {string} image @param {string} label @param {string} key @param {() => void} press */
const way = (image, label, key, press) =>
  h('button', { type: 'button', 'data-way': key, onclick: press }, icon(image), h('span', null, label));

/** @param {View} view @param {() => void} layout of the list, before the screen's own */
function join(view, layout) {
  const own = view.layout;
  view.layout = () => {
    layout();
    own?.();
  };
}

/** Long headings get smaller letters. @param {string} text */
function sizeOf(text) {
  if (text.length > 220) return 'huge';
  if (text.length > 110) return 'long';
  return text.length > 55 ? 'wordy' : '';
}

/** Sets the clocks to the server's time. @param {ParentNode} root @param {number} now */
export function tick(root, now) {
  for (const el of root.querySelectorAll('[data-clock]')) {
    const text = el.getAttribute('data-clock') === 'time' ? hm(now) : dayDate(now);
    if (el.textContent !== text) el.textContent = text;
  }
}

/** The screen before the hall is known. @returns {View} */
export const waiting = () => ({ name: 'plain', title: t('k.load.h'), nodes: [h('p', null, t('k.load.sub'))], keeps: true });
