// How this counter's own ratings stand: sums alone, from so many on that nobody can
// be recognised in them, and never of a single visitor.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { locale, t } from '/web/i18n.js';
import { branch } from '/web/page.js';

/** @typedef {{fewest: number, enough: boolean, rated: number, served: number, mean: number, content: {yes: number, of: number}}} Mine of this month; enough: below are figures */

/** How often the sums are asked for, ms. */
const EACH = 600_000;

/** @returns {{el: HTMLElement, draw: (counter: string) => void}} */
export function ownRatings() {
  const words = h('p', { class: 'sums' }), note = h('p', { class: 'few' });
  const el = h('section', { class: 'own', 'aria-labelledby': 'own-h', hidden: true }, h('h2', { id: 'own-h' }, t('d.own')), words, note);
  let asked = -EACH, of = '';

  /** @param {string} counter */
  async function load(counter) {
    const { ok, body } = await get(`/api/v1/branches/${encodeURIComponent(branch())}/counters/${encodeURIComponent(counter)}/mine`);
    if (counter !== of) return; // the clerk has moved meanwhile
    el.hidden = !ok;
    if (ok) show(body);
  }

  /** @param {Mine} mine */
  function show(mine) {
    const { fewest, enough, rated, served, content, mean } = mine;
    note.textContent = enough ? t('d.own.of', { rated, served }) : t('d.own.few', { n: fewest });
    const points = mean.toLocaleString(locale(), { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    mount(words, enough && [h('b', null, t('d.own.content', { share: share(content.yes, content.of) })), ' ', t('d.own.points', { points })]);
  }

  return {
    el,
    draw(counter) {
      const now = performance.now();
      if (counter === of && now - asked < EACH) return;
      if (counter !== of) el.hidden = true;
      asked = now;
      of = counter;
      void load(counter);
    },
  };
}

/** @param {number} part @param {number} whole */
const share = (part, whole) => (whole > 0 ? (part / whole).toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 }) : '–');
