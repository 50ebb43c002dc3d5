// The line at the bottom, one sentence at a time, and how many wait for what.
import { h, icon, keyed } from '/web/dom.js';
import { named, t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').HallState} HallState */

const EACH = 12_000;
/** Missed numbers named in one sentence: more do not fit. */
const MOST = 6;
/** Letters of one line: what is longer is said in parts. */
const LINE = 72;
/** Services the strip has room for. */
const FIT = 7;

export function notices() {
  const words = h('p');
  const el = h('footer', null, icon('bell'), words);
  let shown = '';

  /**
   * @param {number} now
   * @param {string} trouble said instead of everything else
   * @param {string[]} missed numbers
   * @param {string[]} said what the hall is told today
   */
  function draw(now, trouble, missed, said) {
    const lost = missed.length ? [t('t.missed', { numbers: missed.slice(0, MOST).join(', ') })] : [];
    const list = [t('t.notice'), ...lost, ...said.flatMap(lines)];
    const next = trouble || list[Math.floor(now / EACH) % list.length];
    el.classList.toggle('trouble', trouble !== '');
    if (next === shown) return;
    shown = next;
    words.textContent = next;
    // Once more from nothing: the sentence fades in.
    words.classList.remove('in');
    void words.offsetWidth;
    words.classList.add('in');
  }
  return { el, draw };
}

/**
 * The sentences an administrator has written for the hall, the newest first.
 * @param {HallState} state
 */
export function infos(state) {
  return [...state.notices.values()].filter((n) => n.kind === 'info').sort((a, b) => Number(b.at) - Number(a.at)).map((n) => named(n.text));
}

/**
 * A sentence in parts that fit the line, cut between words.
 * @param {string} text
 */
function lines(text) {
  /** @type {string[]} */
  const parts = [];
  for (const word of text.split(/\s+/)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + word.length < LINE) parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  return parts.map((p, i) => (i < parts.length - 1 ? `${p} …` : p));
}

/** How many wait, by service: people see that their queue moves. */
export function waitingStrip() {
  const list = h('ul');
  const el = h('div', { class: 'strip' }, h('h2', null, t('t.waiting')), list);

  /** @param {HallState} state */
  function draw(state) {
    const all = state.branch.services;
    // Where a hall has many services only the queues with people in them fit.
    const fit = all.length > FIT ? all.filter((s) => (state.figures.get(s.id)?.waiting ?? 0) > 0).slice(0, FIT) : all;
    keyed(list, fit, (s) => s.id, (s, old) => {
      const li = old ?? h('li', null, h('b', { class: 'num' }, s.prefix), h('span', { class: 'sr' }, named(s.short) || named(s.name)), h('span', { class: 'num' }));
      const n = state.figures.get(s.id)?.waiting ?? 0;
      li.lastElementChild.textContent = String(n);
      li.classList.toggle('none', n === 0);
      return li;
    });
  }
  return { el, draw };
}
