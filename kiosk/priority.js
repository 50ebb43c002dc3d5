// A priority number: the group somebody belongs to, then the services again.
// The touch there takes the number, so that it too needs three touches.
import { h, mount } from '/web/dom.js';
import { t, named, rich } from '/web/i18n.js';
import { head } from '/kiosk/head.js';
import { foot } from '/kiosk/foot.js';
import { tileGrid } from '/kiosk/tiles.js';
import { BACK, backRow, choices, serviceTile } from '/kiosk/choose.js';
import { scanRow } from '/kiosk/scan.js';
import { name } from '/kiosk/said.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').Priority} Priority */

/** @param {App} app @returns {View} */
export function groupsView(app) {
  const { branch } = app.state();
  const top = head(branch, t('k.pri.q'));
  mount(top.sub, t('k.pri.note'));
  const grid = tileGrid(() => branch.priorities.map((p) => ({
    id: p.id, kind: 'pri group', tab: 'icon:hand-heart', title: named(p.name), meta: '', pick: () => app.priority(p), name: name(p.name),
  })));
  grid.el.append(backRow(app.first));
  return {
    name: 'groups', nodes: [top.el, grid.el, scanRow(app), foot(app)], layout: grid.layout, back: app.first, update() {},
    read: () => [{ key: 'k.pri.q' }, { key: 'k.pri.note' }, ...choices(grid.shown()), BACK],
  };
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
  const grid = tileGrid(() => branch.services.map((s) => serviceTile(app, s, (x) => app.take(x, priority))));
  grid.el.append(backRow(app.groups));
  return {
    name: 'priority', nodes: [top.el, grid.el, scanRow(app), foot(app)], layout: grid.layout, back: app.groups, update: grid.update,
    read: () => [{ key: 'k.pri.service' }, { key: 'k.pri.chosen', args: { group: name(priority.name) } }, ...choices(grid.shown()), BACK],
  };
}
