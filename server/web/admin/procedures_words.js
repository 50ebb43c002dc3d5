// Words of the catalogue's page: parts of a record, numbers, moments.
import { h } from '/web/dom.js';
import { locale, t } from '/web/i18n.js';
import { day, hm } from '/web/time.js';

/** @param {number} n */
export const count = (n) => n.toLocaleString(locale());

/** "21/11/2026" of "2026-11-21"; a month stays a month. @param {string} iso */
export const date = (iso) => iso.split('-').reverse().join('/');

/** "08:42, 21/11/2026" @param {string} when */
export const moment = (when) => `${hm(when)}, ${date(day(when))}`;

/**
 * The day that somebody wrote as "1/11/2026"; null when it is none. Not a date field: what
 * that shows depends on the machine's language, and month and day change places.
 * @param {string} text
 * @returns {string | null} "2026-11-01"; empty for an empty text
 */
export function readDate(text) {
  if (text.trim() === '') return '';
  const m = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const iso = m ? `${m[3]}-${m[2].padStart(2, '0')}-${m[1].padStart(2, '0')}` : '';
  return iso && !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso) ? iso : null;
}

/** The parts of a record by their JSON names. @type {Record<string, () => string>} */
const PARTS = {
  code: () => t('a.p.part.code'), name: () => t('a.p.part.name'), field: () => t('a.p.part.field'), levels: () => t('a.p.part.levels'),
  decision: () => t('a.p.part.decision'), effective: () => t('a.p.part.effective'), kind: () => t('a.p.part.kind'),
  subjects: () => t('a.p.part.subjects'), agency: () => t('a.p.part.agency'), authority: () => t('a.p.part.authority'),
  reception: () => t('a.p.part.reception'), steps: () => t('a.p.part.steps'), channels: () => t('a.p.part.channels'),
  documents: () => t('a.p.part.documents'), requirements: () => t('a.p.part.requirements'), results: () => t('a.p.part.results'),
  legal_basis: () => t('a.p.part.legal_basis'), source: () => t('a.p.part.source'), as_of: () => t('a.p.part.as_of'),
  keywords: () => t('a.p.part.keywords'), sample: () => t('a.p.part.sample'), withdrawn: () => t('a.p.part.withdrawn'),
};

/** @param {string} name */
export const partName = (name) => PARTS[name]?.() ?? name;

/** The parts of a record, in the order they are read. */
export const partNames = Object.keys(PARTS);

/**
 * A table that stays on its page: it scrolls inside, by the keyboard too.
 * @param {string} label @param {string[]} heads @param {HTMLElement[]} rows
 */
export function table(label, heads, rows) {
  return h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': label },
    h('table', null, h('thead', null, h('tr', null, heads.map((x) => h('th', { scope: 'col' }, x)))), h('tbody', null, rows)));
}
