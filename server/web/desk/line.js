// The left column: who waits for this counter, who waits in the hall, who was
// not there and who is parked.
import { h, keyed, mount, set } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { noShows, parkedAt, waitingAll } from '/desk/model.js';
import { ago, groupName, serviceName } from '/desk/words.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {import('/desk/desk.js').Scene} Scene */

/** @typedef {'mine'|'all'|'away'} Tab */
/** @typedef {{key: string, part?: string, visit?: Visit, act?: 'open'|'reinstate'|'resume'}} Item */

/** Rows drawn at most: nobody reads further down, and a thousand rows cost time. */
const MOST = 120;

/**
 * @param {{pick: (v: Visit) => void, reinstate: (v: Visit) => void, resume: (v: Visit) => void}} on
 */
export function waitingList(on) {
  /** @type {Tab} */
  let tab = 'mine';
  /** @type {Scene | null} */
  let last = null;
  const people = h('span');
  const none = h('p', { class: 'none' });
  const list = h('ul', { 'aria-labelledby': 'line-h' });
  const tabs = {
    mine: h('button', { type: 'button', onclick: () => turn('mine') }),
    all: h('button', { type: 'button', onclick: () => turn('all') }),
    away: h('button', { type: 'button', onclick: () => turn('away') }),
  };
  const el = h('aside', { class: 'line', 'aria-labelledby': 'line-h' },
    h('h2', { id: 'line-h' }, h('span', null, t('d.line')), people),
    h('div', { class: 'tabs', role: 'group', 'aria-label': t('d.tabs') }, tabs.mine, tabs.all, tabs.away),
    none, list);

  /** @param {Tab} to */
  function turn(to) {
    tab = to;
    if (last) draw(last);
  }

  /** @param {Scene} scene */
  function draw(scene) {
    last = scene;
    const { state, place } = scene;
    const all = waitingAll(state), gone = noShows(state), parked = parkedAt(state, place.name.id);
    people.textContent = t('d.people', { n: tab === 'all' ? all.length : scene.waiting.length });
    tabs.mine.textContent = t('d.tab.mine');
    tabs.all.textContent = t('d.tab.all', { n: all.length });
    tabs.away.textContent = t('d.tab.away', { n: gone.length + parked.length });
    for (const [name, button] of Object.entries(tabs)) set(button, { 'aria-pressed': String(name === tab) });

    /** @type {Item[]} */
    const items = tab === 'away' ? away(gone, parked) : waiting(tab === 'all' ? all : scene.waiting);
    none.hidden = items.length > 0;
    none.textContent = tab === 'away' ? t('d.away.none') : t('d.empty');
    keyed(list, items, (i) => i.key, (i, old) => row(scene, i, old));
  }

  /** @param {Scene} scene @param {Item} item @param {Element | undefined} old */
  function row(scene, item, old) {
    const li = /** @type {HTMLLIElement} */ (old ?? h('li'));
    const v = item.visit;
    if (!v) {
      if (li.textContent !== item.part) mount(li, h('p', { class: 'part' }, item.part));
      return li;
    }
    const what = about(scene.state, v);
    const print = [scene.lang, item.act, what.group, what.rest, what.paper, item.act !== 'open' && can(scene, item)].join('|');
    if (li.dataset.print !== print) {
      li.dataset.print = print;
      mount(li, item.act === 'open' ? waitingRow(v, what) : awayRow(scene, item, v, what));
    }
    const when = li.querySelector('.ago');
    if (when) when.textContent = ago(scene.now - Date.parse(v.taken ?? ''));
    return li;
  }

  /** @param {Visit} v @param {{group: string, rest: string, paper: string}} what */
  function waitingRow(v, what) {
    return h('button', { type: 'button', class: what.group ? 'row pri' : 'row', onclick: () => on.pick(v) },
      h('span', { class: 'num' }, v.number),
      h('span', { class: 'what' }, what.group ? h('b', null, t('d.pri.is', { group: what.group })) : null, what.rest, what.paper && h('em', null, what.paper)),
      h('span', { class: 'ago' }));
  }

  /** @param {Scene} scene @param {Item} item @param {Visit} v @param {{group: string, rest: string}} what */
  function awayRow(scene, item, v, what) {
    const back = item.act === 'reinstate', ready = can(scene, item);
    return h('div', { class: 'row' },
      h('span', { class: 'num' }, v.number),
      h('span', { class: 'what' }, what.rest, back && v.called ? ` · ${t('d.called.at', { time: hm(v.called) })}` : ''),
      h('button', {
        type: 'button', class: 'back', 'aria-disabled': String(!ready), 'aria-label': `${back ? t('d.reinstate') : t('d.resume.short')}: ${v.number}`,
        onclick: () => ready && (back ? on.reinstate(v) : on.resume(v)),
      }, back ? t('d.reinstate') : t('d.resume.short')));
  }

  return { el, draw };
}

/** @param {Scene} scene @param {Item} item */
const can = (scene, item) => scene.able && scene.may(item.act === 'resume' ? 'resume' : 'reinstate');

/** @param {Visit[]} visits @returns {Item[]} */
function waiting(visits) {
  return visits.slice(0, MOST).map((visit) => ({ key: visit.id, visit, act: 'open' }));
}

/** @param {Visit[]} gone @param {Visit[]} parked @returns {Item[]} */
function away(gone, parked) {
  /** @type {Item[]} */
  const items = [];
  if (gone.length) items.push({ key: 'part.gone', part: t('d.away.gone') });
  for (const visit of gone.slice(0, MOST)) items.push({ key: visit.id, visit, act: 'reinstate' });
  if (parked.length) items.push({ key: 'part.parked', part: t('d.away.parked') });
  for (const visit of parked) items.push({ key: visit.id, visit, act: 'resume' });
  return items;
}

/**
 * What a row says about a visit.
 * @param {HallState} state @param {Visit} v
 */
export function about(state, v) {
  const rest = [serviceName(state, v.service)];
  if (v.booked) rest.push(t('d.booked', { time: hm(v.booked) }));
  if (v.front) rest.push(t('d.front'));
  if (v.state === 'waiting' && v.queue?.startsWith('@')) {
    const id = v.queue.slice(1);
    rest.push(t('d.sent', { label: state.branch.counters.find((c) => c.id === id)?.label ?? id }));
  }
  return { group: groupName(state, v.priority), rest: rest.join(' · '), paper: noPaper(state, v) };
}

/** What is wrong with a visitor's paper, "" for nothing. @param {HallState} state @param {Visit} v */
function noPaper(state, v) {
  const paper = state.papers.get(v.id)?.state;
  return paper === 'failed' ? t('d.paper.failed') : paper === 'unknown' ? t('d.paper.unknown') : '';
}
