// The first screen: a place to type, what happens in people's lives, and the ways
// to what else can be looked up here.
import { h, icon, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { on } from '/kiosk/modes.js';
import { infos } from '/lookup/notes.js';
import { catalogue } from '/lookup/catalogue.js';
import { fieldsView } from '/lookup/fields.js';
import { listView } from '/lookup/list.js';
import { hall, tell } from '/lookup/later.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */

/** Life events on the first screen: fewer where their letters are large, or the screen is low. */
const EVENTS = 8, LARGE = 6, LOW = 4;

/** @param {App} app @returns {View} */
export function homeView(app) {
  const { events, total, sample } = catalogue();
  const told = h('ul', { class: 'bulletin' });
  const update = () => {
    const list = infos(app.state());
    if (told.dataset.print === list.join('|')) return;
    told.dataset.print = list.join('|');
    told.hidden = list.length === 0;
    mount(told, list.map((x) => h('li', null, x)));
  };
  const shown = events.slice(0, on('reach') ? LOW : on('text') ? LARGE : EVENTS);
  return {
    name: 'first', nav: '', title: t('l.home.q'), update,
    lead: [h('p', { class: 'count' }, total > 0 ? t('l.home.sub', { n: total.toLocaleString('vi') }) : '', sample ? h('span', { class: 'chip' }, t('l.sample')) : ''), told],
    nodes: [
      h('button', { type: 'button', class: 'ask', onclick: () => app.search('') }, icon('search'), h('span', null, t('l.search.ph'))),
      shown.length > 0 && h('section', { class: 'events' },
        h('h2', null, t('l.events')),
        h('ul', null, shown.map((e) => h('li', null,
          h('button', { type: 'button', 'data-event': e.id, onclick: () => showEvent(app, e) }, icon(e.icon), h('span', null, named(e.name))))))),
      h('div', { class: 'acts more' },
        key('list', t('l.byfield'), () => app.show(() => fieldsView(app)), 'byfield'),
        key('file', t('l.home.2'), () => app.dossier(), 'dossier'),
        key('info', t('l.hall'), () => hall(app), 'hall'),
        app.state().branch.box && key('megaphone', t('l.tell'), () => tell(app), 'tell')),
    ].filter((x) => x instanceof Node),
    read: () => [{ key: 'l.home.q' }, { key: 'l.home.read' }],
    fresh: () => app.redraw(),
    back: app.kiosk ? undefined : () => {},
  };
}

/** @param {App} app @param {import('/lookup/catalogue.js').LifeEvent} event */
function showEvent(app, event) {
  const what = { event };
  app.show(() => listView(app, what));
}

/** @param {string} image @param {string} label @param {() => void} press @param {string} name */
const key = (image, label, press, name) => h('button', { type: 'button', class: 'btn', 'data-act': name, onclick: press }, icon(image), h('span', null, label.replace('hồ sơ', 'hồ\u00a0sơ')));
