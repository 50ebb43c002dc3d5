// What a figure means: one click beside it, in a box that says how it is counted and
// where the rule is from. On paper the definitions stand at the end.
import { h, icon } from '/web/dom.js';
import { named, t } from '/web/i18n.js';

/** @typedef {import('/admin/reports_types.js').Definition} Definition */
/** @typedef {import('/admin/reports_types.js').Scene} Scene */

/**
 * The button beside a figure; null when it has no definition.
 * @param {Pick<Scene, 'define'>} scene @param {string} id
 */
export function about(scene, id) {
  const d = scene.define(id);
  if (!d) return null;
  return h('button', { type: 'button', class: 'about', 'aria-label': t('rp.about', { name: named(d.name) }), title: t('rp.about', { name: named(d.name) }), onclick: () => show(d) }, icon('info'));
}

/** @param {Definition} d */
function show(d) {
  const box = h('dialog', { class: 'define', 'aria-labelledby': 'define-name', onclose: () => box.remove() },
    h('h2', { id: 'define-name' }, named(d.name)), h('p', null, named(d.text)),
    d.source ? h('p', { class: 'source' }, t('rp.source', { source: d.source })) : null,
    h('div', { class: 'acts' }, h('button', { type: 'button', autofocus: true, onclick: () => box.close() }, t('rp.close'))));
  document.body.append(box);
  box.showModal();
}

/** All of them as a list for whoever holds the paper. @param {Definition[]} list */
export function definitionList(list) {
  return h('section', { class: 'defs' }, h('details', null, h('summary', null, h('h2', null, t('rp.defs'))),
    h('dl', null, list.flatMap((d) => [h('dt', null, named(d.name)),
      h('dd', null, named(d.text), d.source ? h('small', null, t('rp.source', { source: d.source })) : null)]))));
}
