// Choosing what to queue for: the first screen, and the services of one group.
import { h, mount, icon } from '/web/dom.js';
import { t, named, rich } from '/web/i18n.js';
import { head } from '/kiosk/head.js';
import { foot } from '/kiosk/foot.js';
import { tileGrid } from '/kiosk/tiles.js';
import { groupMeta, tileMeta } from '/kiosk/words.js';
import { badge, bulletin, bulletinBox, roomAbove } from '/kiosk/special.js';
import { refusedView } from '/kiosk/notice.js';
import { scanRow, scanWords } from '/kiosk/scan.js';
import { name, numbered, words } from '/kiosk/said.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/kiosk/tiles.js').Tile} Tile */
/** @typedef {import('/web/types.js').Group} Group */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/speech.js').Said} Said */

const PRIORITY = '+priority';

/**
 * @param {App} app
 * @param {Service} s
 * @param {(service: Service) => void} pick
 * @returns {Tile}
 */
export function serviceTile(app, s, pick) {
  const { branch, figures } = app.state();
  const f = figures.get(s.id), says = tileMeta(f, app.now());
  // Out of numbers, there is a later half-day to be had.
  const shut = f?.reason === 'quota_full' && !f.open && Boolean(branch.booking);
  return {
    id: s.id, tab: s.prefix, title: named(s.name), meta: words(says), badge: words(badge(s)),
    off: !f?.open && !shut, shut, pick: () => (shut ? app.show(() => refusedView(app, 'quota_full', s)) : pick(s)),
    name: name(s.name), says,
  };
}

/** @param {App} app @param {Group} group @returns {Service[]} in the group's own order */
const servicesOf = ({ state }, group) =>
  group.services.map((id) => state().branch.services.find((s) => s.id === id)).filter((s) => s !== undefined);

/** @param {App} app @param {Group} group @returns {Tile} */
function groupTile(app, group) {
  const services = servicesOf(app, group);
  const figures = services.map((s) => app.state().figures.get(s.id));
  const says = groupMeta(figures, app.now());
  const mark = services.map(badge).find((b) => b !== null);
  return {
    id: `+group:${group.id}`, kind: 'many', tab: 'icon:list', title: named(group.name), meta: words(says), badge: words(mark),
    off: !figures.some((f) => f?.open), pick: () => app.group(group), name: name(group.name), says,
  };
}

/**
 * The tiles of the first screen: a group stands where its first service stood.
 * @param {App} app
 * @returns {Tile[]}
 */
function homeTiles(app) {
  const { branch } = app.state();
  const groups = branch.groups ?? [];
  /** @type {Tile[]} */
  const tiles = [];
  for (const s of branch.services) {
    const group = groups.find((g) => g.services.includes(s.id));
    if (!group) tiles.push(serviceTile(app, s, (x) => app.choose(x)));
    else if (!tiles.some((x) => x.id === `+group:${group.id}`)) tiles.push(groupTile(app, group));
  }
  if (bookedTile(app)) tiles.push({ id: '+booked', tab: 'icon:calendar', title: t('k.booked'), meta: '', pick: app.booked, name: { key: 'k.booked' } });
  if (branch.priorities.length > 0) {
    const says = /** @type {Said} */ ({ key: 'k.pri.meta' });
    tiles.push({ id: PRIORITY, kind: 'pri', tab: 'icon:hand-heart', title: t('k.pri'), meta: words(says), pick: app.groups, name: { key: 'k.pri' }, says });
  }
  return tiles;
}

/** Arriving after booking stands beside the scanner's words; where those have no room, it is one of the tiles. @param {App} app */
const bookedTile = (app) => app.state().booked && roomAbove() !== 'some';

/** @param {App} app */
const bookedKey = (app) => (app.state().booked && !bookedTile(app)
  ? h('button', { type: 'button', class: 'btn', onclick: app.booked }, icon('calendar'), t('k.booked')) : null);

/** @param {App} app @returns {View} */
export function homeView(app) {
  const { branch } = app.state();
  const top = head(branch, t('k.home.q'));
  const grid = tileGrid(() => homeTiles(app), PRIORITY);
  const board = bulletinBox(app);
  if (roomAbove()) top.el.append(board.el);
  else grid.el.prepend(board.el);
  const more = othersRow(app);
  if (more) grid.el.append(more);
  return {
    name: 'home', nodes: [top.el, grid.el, scanRow(app, true, bookedKey(app)), foot(app)], layout: grid.layout,
    read: () => [{ key: 'k.home.q' }, homeSub(app), ...bulletin(app.state()), ...scanWords(app.state()), ...choices(grid.shown()), ...numbered(others(app), grid.shown().length)],
    update() {
      const sub = homeSub(app), people = sub.args?.n;
      mount(top.sub, people ? rich(t(sub.key), { n: h('b', null, words(people)) }) : t(sub.key));
      if (board.update()) grid.layout();
      grid.update();
    },
  };
}

/** @param {App} app @returns {{key: string, args?: {n: Said}}} */
function homeSub(app) {
  const n = [...app.state().figures.values()].reduce((sum, f) => sum + f.waiting, 0);
  return n === 0 ? { key: 'k.home.sub0' } : { key: 'k.home.sub', args: { n: { key: 'k.home.people', args: { n } } } };
}

/**
 * What one may come for besides a number: to find a procedure, to look after a
 * dossier, where the hall has them.
 * @param {App} app
 * @returns {{label: Said, image: string, press: () => void, go?: boolean}[]}
 */
function others(app) {
  if (!app.state().branch.lookup) return [];
  return [
    { label: { key: 'k.find' }, image: 'search', press: app.find, go: true },
    { label: { key: 'k.dossier' }, image: 'file', press: () => app.dossier() },
  ];
}

/** @param {App} app */
function othersRow(app) {
  const keys = others(app).map(({ label, image, press, go }) =>
    h('button', { type: 'button', class: `btn${go ? ' go' : ''}`, onclick: press }, icon(image), words(label)));
  return keys.length > 0 && h('div', { class: 'acts wide' }, keys);
}

/**
 * The tiles as they are read aloud, each with the key that chooses it.
 * @param {Tile[]} tiles
 * @returns {Said[]}
 */
export function choices(tiles) {
  /** @type {Said[]} */
  const list = [];
  tiles.forEach((x, i) => {
    if (!x.name) return;
    const args = { n: i + 1, name: x.name, meta: x.says ?? [] };
    list.push({ key: x.off ? 'k.say.closed' : x.says ? 'k.say.choice' : 'k.say.plain', args });
  });
  return list;
}

/**
 * The services of one group.
 * @param {App} app
 * @param {Group} group
 * @returns {View}
 */
export function groupView(app, group) {
  const top = head(app.state().branch, t('k.group.q', { group: named(group.name) }));
  mount(top.sub, t('k.group.sub'));
  const grid = tileGrid(() => servicesOf(app, group).map((s) => serviceTile(app, s, (x) => app.choose(x, () => app.group(group)))));
  grid.el.append(backRow(app.first));
  return {
    name: 'group', nodes: [top.el, grid.el, scanRow(app), foot(app)], layout: grid.layout, back: app.first, update: grid.update,
    read: () => [{ key: 'k.group.q', args: { group: name(group.name) } }, { key: 'k.group.sub' }, ...choices(grid.shown()), BACK],
  };
}

/** How one goes back by keys. @type {Said} */
export const BACK = { key: 'k.say.back' };

/** @param {() => void} back */
export function backRow(back) {
  return h('div', { class: 'acts' },
    h('button', { type: 'button', class: 'btn', onclick: back }, icon('arrow-left'), t('k.conf.no')), h('span'));
}
