// The fee board, field by field, and which procedures are new, changed or
// withdrawn. A touch on a row opens the procedure itself.
import { h } from '/web/dom.js';
import { locale, t } from '/web/i18n.js';
import { catalogue, here } from '/lookup/catalogue.js';
import { inOrder, letters } from '/lookup/fields.js';
import { leaf, MOST, ready, start } from '/lookup/leaf.js';
import { held, pages } from '/lookup/pages.js';
import { openRecord } from '/lookup/open.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {{modes: string[], text?: string, note?: string, by_province?: boolean, resolution?: string, from?: string}} Fee */
/** @typedef {{code: string, name: string, field: string, fees: Fee[]}} Priced */
/** @typedef {{code: string, name: string, kind: 'added'|'changed'|'withdrawn', at: string, decision?: string, effective?: string}} Change */

/** So many fees of a procedure stand in its row. */
const FEES = 2;
/** So many changes are fetched: older ones are no news. */
const NEWS = 50;

/** Which field's fees? @param {App} app @returns {() => View} */
export function feeFieldsView(app) {
  let from = 0;
  return () => {
    const list = pages({
      least: 76, high: 104, most: 8, label: t('l.fields'), from, moved: (to) => void (from = to), load: held(inOrder(app, catalogue().fields)),
      row: (field) => h('button', { type: 'button', class: 'field', onclick: () => app.show(feesView(app, field.name)) },
        h('span', { class: 'num letter' }, letters(app, field.services)), h('span', { class: 'name' }, field.name),
        h('small', null, field.count.toLocaleString(locale()))),
    });
    return {
      name: 'feefields', title: t('l.hall.fees'), lead: [h('p', { class: 'count' }, t('l.fees.which'))], nodes: [list.el], layout: list.layout,
      read: () => [{ key: 'l.hall.fees' }, { key: 'l.fees.which' }],
    };
  };
}

/** @param {App} app @param {string} field @returns {() => View} */
function feesView(app, field) {
  const place = start();
  return () => {
    const body = leaf({
      place, empty: t('l.hall.none'), label: field,
      async load(offset) {
        const answer = await app.get(`/api/v1/catalogue/fees?${here()}&field=${encodeURIComponent(field)}&offset=${offset}&limit=${MOST}`);
        return answer.ok ? answer.body : null;
      },
      row: (/** @type {Priced} */ x) => h('button', { type: 'button', class: 'item fee', onclick: () => openRecord(app, x.code) },
        h('strong', null, x.name), h('span', { class: 'fee-list' }, feeLines(x.fees))),
    });
    return {
      name: 'fees', title: t('l.fees.of', { field }),
      read: () => [{ key: 'l.hall.fees' }, { name: { vi: field } }], fresh: () => anew(app, place), nodes: [body.el], layout: body.layout,
    };
  };
}

/** The catalogue has changed: the same page is fetched again. @param {App} app @param {import('/lookup/leaf.js').Place<any>} place */
function anew(app, place) {
  place.page = null;
  app.redraw();
}

/** The first fees, and how many more there are. @param {Fee[]} fees */
function feeLines(fees) {
  if (fees.length === 0) return h('span', null, h('b', null, t('l.fees.unknown')));
  const lines = fees.slice(0, FEES).map((fee) => {
    const more = [fee.note, fee.resolution && t('l.fees.basis', { basis: fee.resolution })].filter(Boolean).join(' ');
    return h('span', null, h('b', null, priceOf(fee)), more && h('small', null, more));
  });
  if (fees.length > FEES) lines.push(h('span', null, h('small', null, t('l.fees.more', { n: fees.length - FEES }))));
  return lines;
}

/** What the province's council sets is never called free. @param {Fee} fee */
const priceOf = (fee) => fee.text || (fee.by_province ? t('l.fees.province') : t('l.fees.unknown'));

/** @param {App} app @returns {() => View} */
export function changesView(app) {
  const place = start();
  /** @type {Promise<Change[] | null> | null} */
  let list = null;
  const fetched = async () => {
    const answer = await app.get(`/api/v1/catalogue/changes?limit=${NEWS}`);
    return answer.ok ? /** @type {Change[]} */ (answer.body.items) : null;
  };
  return () => {
    const body = leaf({
      place, empty: t('l.changes.none'), label: t('l.hall.changes'),
      async load(offset) {
        const items = await (list ??= fetched());
        if (!items) list = null;
        return items && ready(items)(offset);
      },
      row: (/** @type {Change} */ x) => h('button', { type: 'button', class: 'item change', disabled: x.kind === 'withdrawn', onclick: () => openRecord(app, x.code) },
        badge(x.kind), h('strong', null, x.name), h('small', null, whence(x))),
    });
    return {
      name: 'changes', title: t('l.hall.changes'),
      read: () => [{ key: 'l.hall.changes' }],
      fresh() {
        list = null;
        anew(app, place);
      }, nodes: [body.el], layout: body.layout,
    };
  };
}

/** @param {Change['kind']} kind */
function badge(kind) {
  const words = { added: t('l.changes.added'), changed: t('l.changes.changed'), withdrawn: t('l.changes.withdrawn') };
  return h('span', { class: `kind ${kind}` }, words[kind]);
}

/** Since when, by which decision. @param {Change} change */
function whence({ at, decision, effective }) {
  const day = (effective || at).slice(0, 10).split('-').reverse().join('/');
  return [t('l.changes.from', { day }), decision && t('l.changes.by', { decision })].filter(Boolean).join(' · ');
}
