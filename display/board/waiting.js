// How many wait for what, and about how long: people see that their queue moves.
import { h, icon, keyed } from '/web/dom.js';
import { locale, named, t } from '/web/i18n.js';
import { about, hours } from '/web/labels.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').Figure} Figure */

/** How long a page stands, ms. */
const PAGE = 8000;

export function waitingStrip() {
  const list = h('ul');
  const el = h('section', { class: 'strip', 'aria-label': t('t.waiting') }, h('h2', null, t('t.waiting')), list);
  let page = 0, since = 0;

  /**
   * @param {HallState} state @param {Service[]} services
   * @param {number} now @param {number} room services that fit side by side
   */
  function draw(state, services, now, room) {
    const waiting = (/** @type {Service} */ s) => state.figures.get(s.id)?.waiting ?? 0;
    // Where a hall has many services only the queues with people in them are listed.
    const busy = services.filter((s) => waiting(s) > 0);
    const all = services.length <= room || busy.length === 0 ? services : busy;
    const pages = Math.max(1, Math.ceil(all.length / room));
    if (now - since >= PAGE) {
      page++;
      since = now;
    }
    page %= pages;
    keyed(list, all.slice(page * room, (page + 1) * room), (s) => s.id, (s, old) => item(s, state.figures.get(s.id), old));
  }
  return { el, draw };
}

/** @param {Service} s @param {Figure | undefined} figure @param {HTMLElement | undefined} old */
function item(s, figure, old) {
  const n = figure?.waiting ?? 0, long = n > 0 && figure?.estimate ? duration(figure.estimate) : '';
  const li = old ?? h('li', null, h('b', { class: 'num' }, s.prefix), h('span', { class: 'sr' }), h('span', { class: 'people num' }, icon('users'), h('span')), h('span', { class: 'long' }));
  const [prefix, words, count, time] = li.children;
  prefix.textContent = s.prefix;
  words.textContent = named(s.short) || named(s.name);
  if (count.lastElementChild) count.lastElementChild.textContent = String(n);
  time.textContent = long;
  li.classList.toggle('none', n === 0);
  return li;
}

/** @param {import('/web/types.js').Interval} estimate */
function duration(estimate) {
  const long = hours(estimate, locale());
  return long ? t('t.hours', { h: long }) : t('t.minutes', { m: about(estimate) });
}

