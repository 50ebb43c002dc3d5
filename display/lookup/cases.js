// "Trường hợp nào?": the papers depend on it, so it is asked before them.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { held, pages } from '/lookup/pages.js';

/** Choices on a page: more cannot be taken in. */
const MOST = 6;
/** Letters that stand on one line. */
const SHORT = 62;

/**
 * @param {import('/lookup/procedure.js').Case[]} cases
 * @param {(i: number) => void} choose
 */
export function casesView(cases, choose) {
  const list = pages({
    least: cases.some((x) => (x.name ?? '').length > SHORT) ? 116 : 84, high: 124, most: MOST, label: t('l.case.q'), load: held(cases),
    row: (x, i) => h('button', { type: 'button', class: 'row choice', onclick: () => choose(i) },
      h('span', { class: 'num letter' }, String(i + 1)), h('span', { class: 'name' }, h('span', { class: 'title' }, x.name || t('l.case.n', { n: i + 1 }))), icon('chevron-right')),
  });
  return { el: h('div', { class: 'asking' }, h('h2', null, t('l.case.q')), list.el), layout: list.layout };
}
