// Choosing what to queue for: the first screen, the priority groups, and the
// services again for a priority number.
import { h, mount, icon } from '/web/dom.js';
import { t, named, rich } from '/web/i18n.js';
import { head } from '/kiosk/head.js';
import { tileGrid } from '/kiosk/tiles.js';
import { tileMeta } from '/kiosk/words.js';
import { modesRow } from '/kiosk/modes.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/kiosk/tiles.js').Tile} Tile */
/** @typedef {import('/web/types.js').Priority} Priority */
/** @typedef {import('/web/types.js').Service} Service */

const PRIORITY = '+priority';

/**
 * @param {App} app
 * @param {(service: Service) => void} pick
 * @returns {Tile[]}
 */
function serviceTiles(app, pick) {
  const { branch, figures } = app.state();
  return branch.services.map((s) => {
    const f = figures.get(s.id);
    return {
      id: s.id, tab: s.prefix, title: named(s.name), meta: tileMeta(f, app.now()),
      off: !f?.open, pick: () => pick(s),
    };
  });
}

/** @param {App} app @returns {View} */
export function homeView(app) {
  const { branch } = app.state();
  const top = head(branch, t('k.home.q'));
  const grid = tileGrid(() => {
    const tiles = serviceTiles(app, (s) => app.confirm(s));
    if (branch.priorities.length > 0) {
      tiles.push({ id: PRIORITY, kind: 'pri', tab: 'icon:hand-heart', title: t('k.pri'), meta: t('k.pri.meta'), pick: app.groups });
    }
    return tiles;
  }, PRIORITY);
  return {
    name: 'home', nodes: [top.el, grid.el, modesRow()], layout: grid.layout,
    update() {
      mount(top.sub, homeSub(app));
      grid.update();
    },
  };
}

/** @param {App} app */
function homeSub(app) {
  const n = [...app.state().figures.values()].reduce((sum, f) => sum + f.waiting, 0);
  return n === 0 ? t('k.home.sub0') : rich(t('k.home.sub'), { n: h('b', null, t('k.home.people', { n })) });
}

/** @param {App} app @returns {View} */
export function groupsView(app) {
  const { branch } = app.state();
  const top = head(branch, t('k.pri.q'));
  mount(top.sub, t('k.pri.note'));
  const grid = tileGrid(() => branch.priorities.map((p) => ({
    id: p.id, kind: 'pri group', tab: 'icon:hand-heart', title: named(p.name), meta: '', pick: () => app.priority(p),
  })));
  grid.el.append(backRow(app.home));
  return { name: 'groups', nodes: [top.el, grid.el, modesRow()], layout: grid.layout, back: app.home, update() {} };
}

/**
 * The services once more, for a priority number: the touch here takes it.
 * @param {App} app
 * @param {Priority} priority
 * @returns {View}
 */
export function priorityView(app, priority) {
  const { branch } = app.state();
  const top = head(branch, t('k.pri.service'));
  mount(top.sub, rich(t('k.pri.chosen'), { group: h('b', null, named(priority.name)) }));
  const grid = tileGrid(() => serviceTiles(app, (s) => app.take(s, priority)));
  grid.el.append(backRow(app.groups));
  return { name: 'priority', nodes: [top.el, grid.el, modesRow()], layout: grid.layout, back: app.groups, update: grid.update };
}

/** @param {() => void} back */
function backRow(back) {
  return h('div', { class: 'acts' },
    h('button', { type: 'button', class: 'btn', onclick: back }, icon('arrow-left'), t('k.conf.no')), h('span'));
}
