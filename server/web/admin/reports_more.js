// What was done out of the order, filed dossiers, and the comparison of halls.
import { h } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { about } from '/admin/reports_define.js';
import { FIGURES, words } from '/admin/reports_figures.js';
import { count, decimal, NONE } from '/admin/reports_words.js';
import { moment } from '/admin/procedures_words.js';

/** @typedef {import('/admin/reports_types.js').Scene} Scene */
/** @typedef {import('/admin/reports_types.js').Override} Override */
/** @typedef {import('/admin/reports_types.js').Ranked} Ranked */

/** @type {Record<import('/admin/reports_types.js').OverrideKind, () => string>} */
const kinds = { out_of_turn: () => t('rp.ov.out_of_turn'), priority: () => t('rp.ov.priority'), transfer: () => t('rp.ov.transfer'), undo: () => t('rp.ov.undo') };
/** So many are on the page at first. */
const FIRST = 10;

/** @param {Scene} scene */
export function overrides(scene) {
  const list = scene.report.overrides ?? [];
  const rows = h('tbody', null, list.slice(0, FIRST).map(row));
  const more = h('button', { type: 'button', class: 'plain on-screen', hidden: list.length <= FIRST, onclick: () => {
    rows.append(...list.slice(FIRST).map(row));
    more.hidden = true;
  } }, t('rp.ov.all', { n: count(list.length) }));
  /** @param {Override} o */
  function row(o) {
    const change = o.was || o.became ? t('rp.ov.change', { was: nameOf(scene, o.kind, o.was), became: nameOf(scene, o.kind, o.became) }) : '';
    return h('tr', null, h('td', null, moment(o.at)), h('th', { scope: 'row' }, h('button', { type: 'button', class: 'trace num', 'aria-label': t('rp.tr.visit', { number: o.number }), onclick: () => scene.visit(o.visit, o.branch) }, o.number)),
      h('td', null, kinds[o.kind]?.() ?? o.kind, change && h('small', null, change)), h('td', null, o.reason || t('rp.noreason')), h('td', null, place(scene, o.counter), h('small', null, o.by)));
  }
  return h('section', { class: 'overrides' }, h('h2', null, t('rp.overrides'), about(scene, 'overrides')),
    list.length === 0 ? h('p', { class: 'none' }, t('rp.ov.none')) : h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': t('rp.overrides') },
      h('table', { class: 'figures' }, h('thead', null, h('tr', null, [t('rp.ov.when'), t('rp.ov.number'), t('rp.ov.what'), t('rp.ov.reason'), t('rp.ov.who')].map((x) => h('th', { scope: 'col' }, x)))), rows)), more);
}

/** "Quầy 03" @param {Scene} scene @param {string} id */
export function place(scene, id) {
  const c = scene.branch?.counters.find((x) => x.id === id);
  return id ? t('rp.counter', { label: c?.label ?? id }) : NONE;
}

/** @param {Scene} scene @param {string} kind @param {string} id */
function nameOf(scene, kind, id) {
  if (!id) return t('rp.nothing');
  if (id.startsWith('@')) return place(scene, id.slice(1)); // the queue of one counter
  const b = scene.branch, found = kind === 'priority' ? b?.priorities.find((x) => x.id === id)?.name : b?.services.find((x) => x.id === id)?.name;
  return named(found) || (b?.counters.some((c) => c.id === id) ? place(scene, id) : id);
}

/** @param {Scene} scene */
export function dossiers(scene) {
  const d = scene.report.dossiers;
  if (!d) return null;
  const cell = (/** @type {string} */ name, /** @type {number} */ n) => h('div', null, h('dt', null, name), h('dd', null, h('p', { class: 'big num' }, count(n))));
  return h('section', { class: 'filed' }, h('h2', null, t('rp.dossiers'), about(scene, 'dossiers')),
    h('dl', { class: 'facts four' }, cell(t('rp.d.received'), d.received), cell(t('rp.d.resolved'), d.resolved), cell(t('rp.d.pending'), d.pending), cell(t('rp.d.overdue'), d.overdue)));
}

/** @type {Record<string, () => string>} */
const branchKinds = { department: () => t('rp.kind.department'), district: () => t('rp.kind.district'), commune: () => t('rp.kind.commune') };
/** @type {Record<string, () => string>} */
const classes = { excellent: () => t('rp.class.excellent'), good: () => t('rp.class.good'), fair: () => t('rp.class.fair'), average: () => t('rp.class.average'), weak: () => t('rp.class.weak') };

/**
 * Halls among their kind, and how each judges itself on the scale of 18.
 * @param {Scene} scene @param {Ranked[]} list @param {number} ranked
 */
export function comparison(scene, list, ranked) {
  if (list.length < 2) return null;
  const shown = ['taken', 'wait', 'in_target', 'promise'].map((id) => FIGURES[id]);
  const known = [...new Set(list.map((r) => r.kind))].sort((a, b) => rank(a) - rank(b));
  return h('section', { class: 'compare' }, h('h2', null, t('rp.compare'), about(scene, 'scale')),
    h('p', { class: 'note' }, t('rp.compare.note', { n: ranked })),
    h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': t('rp.compare') }, h('table', { class: 'figures' },
      h('thead', null, h('tr', null, h('th', { scope: 'col', class: 'n' }, t('rp.o.place')), h('th', { scope: 'col' }, t('rp.by.branch')), shown.map((x) => h('th', { scope: 'col', class: 'n' }, x.name())),
        h('th', { scope: 'col', class: 'n' }, t('rp.f.content')), h('th', { scope: 'col', class: 'n' }, t('rp.scale')), h('th', { scope: 'col' }, t('rp.class')))),
      known.map((kind) => h('tbody', null, h('tr', { class: 'kind' }, h('th', { colspan: 9, scope: 'rowgroup' }, branchKinds[kind]?.() ?? t('rp.kind.other'))),
        list.filter((r) => r.kind === kind).sort((a, b) => (a.place || 1e6) - (b.place || 1e6) || a.name.localeCompare(b.name, 'vi')).map(row))))));

  /** @param {Ranked} r */
  function row(r) {
    const rating = r.figures.rating, points = r.class ? decimal(r.scale) : NONE;
    return h('tr', { 'data-id': r.branch }, h('td', { class: 'n' }, r.place || NONE), h('th', { scope: 'row' }, r.name), shown.map((x) => h('td', { class: 'n' }, words(x, r.figures))),
      h('td', { class: rating.small ? 'n faint' : 'n' }, words(FIGURES.content, r.figures), h('small', null, t('rp.o.rated', { n: count(rating.rated), of: count(rating.asked) }))),
      h('td', { class: 'n' }, h('button', { type: 'button', class: 'trace', 'aria-label': t('rp.trace.of', { figure: points, of: r.name }), onclick: () => indicators(r, ranked) }, points), r.most > 0 ? h('small', null, t('rp.known', { points: decimal(r.points), most: count(r.most) })) : null),
      h('td', null, r.class ? h('span', { class: `class ${r.class}` }, classes[r.class]?.()) : h('small', null, unrated(r, ranked) ? t('rp.class.unrated') : t('rp.class.none'))));
  }
}

/** The nine indicators by their number. @type {(() => string)[]} */
const nine = [() => t('rp.i1'), () => t('rp.i2'), () => t('rp.i3'), () => t('rp.i4'), () => t('rp.i5'), () => t('rp.i6'), () => t('rp.i7'), () => t('rp.i8'), () => t('rp.i9')];

/** Whether a hall has too few ratings to be judged. @param {Ranked} r @param {number} ranked */
const unrated = (r, ranked) => r.figures.rating.rated < ranked;

/** What a hall's points are made of: known or not, one by one. @param {Ranked} r @param {number} ranked */
function indicators(r, ranked) {
  const box = h('dialog', { class: 'define nine', 'aria-labelledby': 'nine-name', onclose: () => box.remove() },
    h('h2', { id: 'nine-name' }, r.name), h('ol', { class: 'sums' }, nine.map((name, i) => h('li', null, h('span', null, t('rp.indicator', { n: i + 1, name: name() })),
      h('b', { class: 'num' }, r.indicators[i] === null ? t('rp.i.unknown') : decimal(r.indicators[i] ?? 0))))),
    h('p', { class: 'source' }, r.class ? t('rp.nine.sum', { points: decimal(r.points), most: count(r.most), scale: decimal(r.scale) })
      : unrated(r, ranked) ? t('rp.nine.unrated', { n: ranked }) : t('rp.nine.few')),
    h('div', { class: 'acts' }, h('button', { type: 'button', autofocus: true, onclick: () => box.close() }, t('rp.close'))));
  document.body.append(box);
  box.showModal();
}

/** @param {string} kind */
const rank = (kind) => (kind === 'department' ? 0 : kind === 'district' ? 1 : kind === 'commune' ? 2 : 3);
