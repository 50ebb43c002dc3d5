// What the hall publishes of its own service, for everybody: the same figures as on
// the board, with the marks one by one, to be read, projected or printed.
import { h, mount } from '/web/dom.js';
import { chooseLang, lang, loadTexts, locale, named, nextLanguage, t } from '/web/i18n.js';
import { connect } from '/web/live.js';
import { branch, query } from '/web/page.js';
import { facts, resultsOf, spanWords } from '/web/results.js';

/** @typedef {import('/web/results.js').Results} Results */

await loadTexts('common', 'results');
await chooseLang(query('lang') || 'vi');

/** @type {Results | null} */
let published = null;
/** The figures have been asked for and answered. */
let known = false, drawn = '';

const results = resultsOf(branch(), (r) => {
  published = r;
  known = true;
  draw();
});
const live = connect({ branch: branch(), view: 'board' }, {
  snapshot: draw,
  event(e) {
    if (e.kind === 'ticket.ended') results.moved();
    // What is published, and of how many days, is a setting.
    if (e.kind === 'settings.changed' || e.kind === 'day.opened') results.moved();
  },
});
lang.on(draw);
results.look(performance.now());
setInterval(() => results.look(performance.now()), 1000);

function draw() {
  const state = live.state;
  const print = JSON.stringify([published, known, lang.get(), state?.branch.version]);
  if (!state || print === drawn) return;
  drawn = print;
  const { tag, name } = nextLanguage(), title = t('u.res.title');
  document.title = title;
  mount(document.body,
    h('header', null, h('p', null, named(state.branch.name), h('span', null, named(state.branch.place))),
      h('button', { type: 'button', lang: tag, onclick: () => void chooseLang(tag) }, name)),
    h('main', null,
      h('h1', null, title, published?.sample ? h('span', { class: 'sample' }, t('u.res.sample')) : null),
      published ? body(published) : h('p', { class: 'none', role: 'status' }, known ? t('u.res.none') : t('u.res.load'))));

  /** @param {Results} r */
  function body(r) {
    return [
      h('p', { class: 'span' }, spanWords(r)),
      h('dl', { class: 'facts' }, facts(r).map((f) => h('div', null, h('dt', null, f.name), h('dd', { class: 'num' }, f.value), h('dd', null, f.more)))),
      marks(r, state?.branch.rating.levels ?? []),
      r.dossiers ? h('section', null, h('h2', null, t('u.res.dossiers')), h('p', null, t('u.res.dossiers.line', { ...r.dossiers }))) : null,
      h('p', { class: 'note' }, t('u.res.note')),
    ];
  }
}

/**
 * How the marks are spread: a bar and its number for each. @param {Results} r
 * @param {import('/web/types.js').RatingLevel[]} levels
 */
function marks(r, levels) {
  const list = r.levels ?? [], all = list.reduce((a, b) => a + b, 0);
  if (all === 0 || list.length !== levels.length) return null;
  const share = (/** @type {number} */ n) => (n / all).toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 1 });
  return h('section', null, h('h2', null, t('u.res.marks')),
    h('table', null,
      h('thead', { class: 'sr' }, h('tr', null, h('th', { scope: 'col' }, t('u.res.mark')), h('th', { scope: 'col' }, t('u.res.count')))),
      h('tbody', null, levels.map((l, i) => h('tr', null,
        h('th', { scope: 'row' }, named(l.name)),
        h('td', null, h('span', { class: `bar of${l.value}`, style: { '--part': `${(list[i] / all) * 100}%` } }), h('b', { class: 'num' }, share(list[i])), h('small', null, t('u.res.times', { n: list[i].toLocaleString(locale()) }))))))));
}
