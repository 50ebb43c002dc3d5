// What stands between a form of settings and their being saved: what is wrong and
// where, and what would change, in words.
import { h } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { changeLines } from '/admin/settings_words.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Shown} Shown */
/** @typedef {import('/admin/settings_words.js').Change} Change */

/** How many changes are written out; a whole calendar can be more than anybody reads. */
const WRITTEN = 40;

/**
 * Everything that is wrong, each with the way to it.
 * @param {Fields} fields @param {Shown[]} list
 */
export function problemList(fields, list) {
  return h('div', { class: 'wrong' }, h('b', null, list.length === 1 ? t('q.wrong.one') : t('q.wrong.n', { n: list.length })),
    h('ul', null, list.map(({ problem, field }) => h('li', null, field
      ? h('button', { type: 'button', onclick: () => fields.go(field) }, h('b', null, where(field.el), ': '), named(problem.what))
      : [h('b', null, named(problem.name), ': '), named(problem.what)]))));
}

/** The names that a field lies under: "Đất đai › Chữ". @param {HTMLElement} el */
function where(el) {
  const row = el.closest('details')?.querySelector('summary .row-name')?.textContent ?? el.closest('details')?.querySelector('summary')?.textContent ?? el.closest('section')?.querySelector('h2')?.textContent;
  const label = el.querySelector(':scope > span, :scope > legend')?.textContent;
  return [row, label].filter(Boolean).join(' › ');
}

/**
 * Asks whether to save, naming every change.
 * @param {Change[]} changes @param {import('/admin/hall_fields.js').Bag[]} sets as in changeLines
 * @param {() => void} save
 */
export function askToSave(changes, sets, save) {
  const lines = changeLines(changes, sets), rest = lines.length - WRITTEN;
  const box = h('dialog', { class: 'review', 'aria-labelledby': 'review-q', onclose: () => box.remove() },
    h('h2', { id: 'review-q' }, t('q.review')),
    h('ul', { class: 'changes', tabindex: 0, 'aria-label': t('q.review.list') }, lines.slice(0, WRITTEN).map((line) => h('li', null, h('b', null, line.place), h('span', null, values(line)))), rest > 0 && h('li', { class: 'none' }, t('q.review.rest', { n: rest }))),
    h('div', { class: 'acts' },
      h('button', { type: 'button', class: 'go', onclick: () => { box.close(); save(); } }, t('a.h.save')),
      h('button', { type: 'button', autofocus: true, onclick: () => box.close() }, t('q.review.back'))));
  document.body.append(box);
  box.showModal();
}

/** @param {import('/admin/settings_words.js').Line} line */
function values({ before, after, note }) {
  if (note) return [h('ins', null, note)];
  return [before && [h('del', null, h('span', { class: 'sr' }, t('q.review.before'), ' '), before), ' → '],
    after ? h('ins', null, h('span', { class: 'sr' }, t('q.review.after'), ' '), after) : t('q.review.none')].flat();
}
