// One field of the posting list. Its head comes again on every page of print.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {{modes: string[], text?: string, note?: string, by_province?: boolean, resolution?: string, from?: string}} Fee */
/** @typedef {{code: string, name: string, times: {modes: string[], text: string}[], fees: Fee[], counters: string[], decision: string, effective: string}} Item */
/** @typedef {{name: string, items: Item[]}} Posted */

/** @type {Record<string, () => string>} */
const modes = { direct: () => t('a.post.direct'), online: () => t('a.post.online'), post: () => t('a.post.post') };

/** @param {Posted} field @param {string} hall */
export function fieldTable(field, hall) {
  const heads = [t('a.post.col.n'), t('a.post.col.code'), t('a.post.col.name'), t('a.post.col.time'), t('a.post.col.fee'), t('a.post.col.where'), t('a.post.col.decision')];
  return h('table', null, h('colgroup', null, ['n', 'code', 'name', 'time', 'fee', 'where', 'decision'].map((x) => h('col', { class: x }))),
    h('thead', null, h('tr', { class: 'again' }, h('th', { colspan: heads.length, scope: 'colgroup' }, t('a.post.again', { field: field.name, hall, n: field.items.length }))),
      h('tr', null, heads.map((x) => h('th', { scope: 'col' }, x)))),
    h('tbody', null, field.items.map((p, i) => h('tr', { 'data-code': p.code }, h('td', null, i + 1), h('td', { class: 'code' }, p.code), h('td', null, p.name),
      h('td', null, lines(p.times, (x) => x.text)), h('td', null, lines(p.fees, fee)), h('td', null, p.counters.length > 0 ? t('a.post.counter', { list: p.counters.join(', ') }) : t('a.post.elsewhere')),
      h('td', null, p.decision, p.effective && h('p', null, t('a.p.from', { day: p.effective.split('-').reverse().join('/') })))))));
}

/** What holds for some ways to file only says so. @template {{modes: string[]}} T @param {T[]} list @param {(x: T) => string} words */
function lines(list, words) {
  if (list.length === 0) return [h('p', null, '-')];
  return list.map((x) => h('p', null, list.length > 1 ? t('a.post.by', { modes: x.modes.map((m) => modes[m]?.() ?? m).join(', '), text: words(x) }) : words(x)));
}

/** @param {Fee} x */
function fee(x) {
  const text = x.by_province ? t('a.post.province') : x.text ?? '';
  const leans = x.resolution ? t('a.post.resolution', { text: x.resolution }) : '';
  const from = x.resolution && x.from ? t('a.p.from', { day: x.from.split('-').reverse().join('/') }) : '';
  return [text, leans, from, x.note ?? ''].filter(Boolean).join('; ');
}
