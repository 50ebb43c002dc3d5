// The public results beside the calls: six figures that can be read across the hall.
import { h, keyed } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { facts, spanWords } from '/web/results.js';

/** @typedef {import('/web/results.js').Results} Results */

export function resultsPanel() {
  const span = h('span'), sample = h('b', { class: 'sample' }, t('u.res.sample')), list = h('ul'), none = h('p', null, t('u.res.none'));
  const el = h('section', { class: 'media results', 'aria-label': t('u.res.title') }, h('h2', null, t('u.res.title'), ' ', span, sample), none, list);
  let drawn = '';

  /** @param {Results | null} r */
  function draw(r) {
    const print = JSON.stringify(r);
    if (print === drawn) return;
    drawn = print;
    none.hidden = r !== null;
    list.hidden = span.hidden = r === null;
    sample.hidden = !r?.sample;
    if (!r) return;
    span.textContent = spanWords(r);
    keyed(list, facts(r), (f) => f.id, (f) => h('li', null, h('h3', null, f.name), h('b', { class: 'num' }, f.value), h('p', null, f.more)));
  }
  return { el, draw };
}
