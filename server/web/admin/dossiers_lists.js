// A list of dossiers that somebody must see to, and the words of apology for each,
// to be copied or printed.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { count, date, moment, table } from '/admin/procedures_words.js';

/** @typedef {import('/web/types.js').Text} Text */
/**
 * @typedef {object} Listed
 * @property {string} code
 * @property {'received'|'processing'|'supplement'|'ready'|'returned'} degree
 * @property {string} procedure
 * @property {string} received
 * @property {string} due
 * @property {string} reappointed
 * @property {boolean} late
 * @property {number} days working days late, or left
 * @property {Text} apology
 */

/** @type {Record<'overdue'|'soon', {title: () => string, none: () => string, days: (n: number) => string}>} */
const LISTS = {
  overdue: { title: () => t('a.do.list.overdue'), none: () => t('a.do.none.overdue'), days: (n) => (n > 0 ? t('a.do.late', { n: count(n) }) : t('a.do.late.today')) },
  soon: { title: () => t('a.do.list.soon'), none: () => t('a.do.none.soon'), days: (n) => (n > 0 ? t('a.do.left', { n: count(n) }) : t('a.do.left.today')) },
};

/** @type {Record<Listed['degree'], () => string>} */
export const degrees = {
  received: () => t('a.do.is.received'), processing: () => t('a.do.is.processing'), supplement: () => t('a.do.is.supplement'),
  ready: () => t('a.do.is.ready'), returned: () => t('a.do.is.returned'),
};

/** "24/11/2026", with the hour where one was told. @param {string} when */
const told = (when) => (when.includes('T') ? moment(when) : date(when));

/** @param {'overdue'|'soon'} which */
export function dossierList(which) {
  const words = LISTS[which], box = h('div', { class: 'box' });
  return {
    el: h('section', { class: which }, h('h2', null, words.title()), which === 'soon' && h('p', { class: 'hint' }, t('a.do.soon.hint')), box),
    /** @param {{total: number, items: Listed[]}} answer */
    draw({ total, items }) {
      const sorry = items.some((d) => d.apology.vi);
      mount(box, total === 0 ? h('p', { class: 'none' }, words.none()) : [
        table(words.title(), [t('a.do.col.code'), t('a.do.col.procedure'), t('a.do.col.degree'), t('a.do.col.due'), ...(sorry ? [t('a.do.col.words')] : [])], items.map((d) =>
          h('tr', { 'data-code': d.code },
            h('th', { scope: 'row' }, d.code, h('small', null, words.days(d.days))),
            h('td', { lang: 'vi' }, d.procedure), h('td', null, degrees[d.degree]()),
            h('td', { class: 'due' }, d.due && told(d.due), d.reappointed && h('small', null, t('a.do.again', { day: told(d.reappointed) }))),
            sorry && h('td', null, d.apology.vi && h('button', { type: 'button', 'aria-label': t('a.do.sorry.of', { code: d.code }), onclick: () => apologise(d) }, t('a.do.sorry')))))),
        items.length < total && h('p', { class: 'cut' }, t('a.p.cut', { shown: count(items.length), n: count(total) }))]);
    },
  };
}

/** Shows the words for one dossier. @param {Listed} d */
function apologise(d) {
  // On a plain network browsers leave out the clipboard: what is marked is copied as by hand.
  const words = h('textarea', { readonly: true, rows: 6, 'aria-label': t('a.do.sorry.of', { code: d.code }) });
  words.value = d.apology.en ? `${d.apology.vi}\n\n${d.apology.en}` : d.apology.vi;
  const copied = h('p', { class: 'word', role: 'status' });
  const copy = h('button', { type: 'button', class: 'go', onclick() {
    words.select();
    copied.textContent = document.execCommand('copy') ? t('a.do.copied') : t('a.do.copy.marked');
  } }, t('a.do.copy'));
  const box = h('dialog', { class: 'sorry', 'aria-labelledby': 'sorry-h', onclose: () => box.remove() },
    h('h2', { id: 'sorry-h' }, t('a.do.sorry.title')),
    h('p', { class: 'paper', lang: 'vi' }, d.apology.vi), d.apology.en && h('p', { class: 'paper', lang: 'en' }, d.apology.en),
    words, copied,
    h('div', { class: 'acts' }, copy, h('button', { type: 'button', onclick: () => window.print() }, t('a.do.print')),
      h('button', { type: 'button', onclick: () => box.close() }, t('a.do.close'))));
  document.body.append(box);
  box.showModal();
  copy.focus();
}
