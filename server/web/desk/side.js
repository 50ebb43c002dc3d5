// The right column: this counter's day, and how long the hall's queues are.
import { h, keyed, mount, set } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { bookFor } from '/desk/booking.js';
import { ownRatings } from '/desk/mine.js';
import { clockOf, countWaiting, todayOf } from '/desk/model.js';
import { enterPaper } from '/desk/paper.js';
import { serviceName } from '/desk/words.js';

/** @typedef {import('/desk/desk.js').Scene} Scene */

/** @param {(text: string) => void} say what has been done here */
export function figures(say) {
  const mine = h('dl', { class: 'mine' });
  const queues = h('ul', { class: 'queues', 'aria-labelledby': 'queues-h' });
  const foot = h('footer');
  const book = h('button', { type: 'button', class: 'book', 'data-verb': 'book', onclick: () => latest && void bookFor(latest.state, latest.now) }, t('b.desk'));
  const paper = h('button', { type: 'button', class: 'book', 'data-verb': 'paper', onclick: () => latest && void enterPaper(latest, say) }, t('r.paper'));
  const ratings = ownRatings(say);
  const el = h('section', { class: 'side', 'aria-label': t('d.side') },
    h('h2', null, t('d.today')), mine, h('h2', { id: 'queues-h' }, t('d.queues')), queues, ratings.el, h('div', { class: 'more' }, book, paper), foot);
  let shown = '';
  /** @type {Scene | null} */
  let latest = null;

  /** @param {Scene} scene */
  function draw(scene) {
    const { state, place } = scene;
    latest = scene;
    book.hidden = !state.branch.booking;
    book.disabled = !scene.able;
    paper.disabled = !scene.able;
    ratings.draw(place.name);
    const day = todayOf(state, place.name.id);
    const facts = [
      [String(day.served), t('d.fig.served')], [day.mean === null ? '–' : clockOf(day.mean * 1000), t('d.fig.mean')],
      [String(day.noShow), t('d.fig.noshow')], [String(day.parked), t('d.fig.parked')],
    ];
    const print = JSON.stringify(facts);
    if (print !== shown) {
      shown = print;
      mount(mine, ...facts.map(([n, what]) => h('div', null, h('dt', null, what), h('dd', { class: 'num' }, n))));
    }
    const waiting = countWaiting(state);
    const own = new Set(place.name.services);
    keyed(queues, state.branch.services, (s) => s.id, (s, old) => {
      const li = /** @type {HTMLLIElement} */ (old ?? h('li', null, h('span', { class: 'num' }), h('span'), h('b')));
      const [prefix, name, count] = li.children;
      prefix.textContent = s.prefix;
      name.textContent = serviceName(state, s.id);
      count.textContent = String(waiting.get(s.id) ?? 0);
      set(li, { class: own.has(s.id) ? null : 'other' });
      return li;
    });
    foot.textContent = state.branch.engine ? t('d.engine', { engine: state.branch.engine }) : '';
  }

  return { el, draw };
}
