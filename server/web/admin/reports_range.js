// Spans of days: which days a report is about, the span before it, and their names.
import { t } from '/web/i18n.js';
import { weekday } from '/web/time.js';
import { date } from '/admin/procedures_words.js';

/** @typedef {'day'|'week'|'month'|'quarter'|'year'|'range'} Span */
/** @typedef {{from: string, to: string}} Range both days are in it */

/** @type {Record<Span, () => string>} */
export const spanNames = {
  day: () => t('rp.span.day'), week: () => t('rp.span.week'), month: () => t('rp.span.month'),
  quarter: () => t('rp.span.quarter'), year: () => t('rp.span.year'), range: () => t('rp.span.range'),
};

const DAY = 86_400_000;
/** @param {string} iso */
const at = (iso) => new Date(`${iso}T00:00:00Z`);
/** @param {number | Date} d */
const iso = (d) => new Date(d).toISOString().slice(0, 10);

/** @param {string} day @param {number} n */
export const addDays = (day, n) => iso(at(day).getTime() + n * DAY);
/** How many days from one to the other, both counted. @param {Range} r */
export const length = (r) => Math.round((at(r.to).getTime() - at(r.from).getTime()) / DAY) + 1;
/** 0 = Sunday @param {string} day */
export const weekdayOf = (day) => at(day).getUTCDay();

/**
 * The whole span that a day lies in. A week begins on Monday.
 * @param {Exclude<Span, 'range'>} span @param {string} day @returns {Range}
 */
export function around(span, day) {
  const d = at(day), y = d.getUTCFullYear(), m = d.getUTCMonth();
  switch (span) {
    case 'day': return { from: day, to: day };
    case 'week': {
      const from = addDays(day, -((d.getUTCDay() + 6) % 7));
      return { from, to: addDays(from, 6) };
    }
    case 'month': return months(y, m, 1);
    case 'quarter': return months(y, m - (m % 3), 3);
    default: return months(y, 0, 12);
  }
}

/** @param {number} y @param {number} m @param {number} n @returns {Range} */
const months = (y, m, n) => ({ from: iso(Date.UTC(y, m, 1)), to: iso(Date.UTC(y, m + n, 0)) });

/** The span before or after. @param {Span} span @param {Range} r @param {-1 | 1} way @returns {Range} */
export function neighbour(span, r, way) {
  if (span === 'range') return { from: addDays(r.from, way * length(r)), to: addDays(r.to, way * length(r)) };
  return around(span, way < 0 ? addDays(r.from, -1) : addDays(r.to, 1));
}

/**
 * What a span is compared with: the one before; a day with the same weekday of the week
 * before, for Mondays are not like Sundays; of a span that still lasts, its first
 * days only, as many as have passed.
 * @param {Span} span @param {Range} r @param {string} today @returns {Range}
 */
export function before(span, r, today) {
  if (span === 'day') return { from: addDays(r.from, -7), to: addDays(r.to, -7) };
  const b = neighbour(span, r, -1);
  if (r.from > today || r.to <= today) return b;
  const to = addDays(b.from, length({ from: r.from, to: today }) - 1);
  return { from: b.from, to: to < b.to ? to : b.to };
}

/** "01/11/2026 – 30/11/2026", or one day. @param {Range} r */
export const rangeDates = (r) => (r.from === r.to ? date(r.from) : `${date(r.from)} – ${date(r.to)}`);

/** A span by its name: "Tháng 11/2026". @param {Span} span @param {Range} r */
export function spanTitle(span, r) {
  const [y, m] = r.from.split('-').map(Number);
  switch (span) {
    case 'day': return t('rp.title.day', { day: weekday(weekdayOf(r.from)), date: date(r.from) });
    case 'week': return t('rp.title.week', { n: weekNumber(r.from) });
    case 'month': return t('rp.title.month', { n: m, year: y });
    case 'quarter': return t('rp.title.quarter', { n: ['I', 'II', 'III', 'IV'][(m - 1) / 3], year: y });
    case 'year': return t('rp.title.year', { year: y });
    default: return rangeDates(r);
  }
}

/** ISO 8601: the week that holds the year's first Thursday is the first. @param {string} monday */
function weekNumber(monday) {
  const thursday = at(addDays(monday, 3));
  return Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY / 7) + 1;
}

/** The file's and the address's name for a span: "2026-11-01..2026-11-30". @param {Range} r */
export const rangeKey = (r) => `${r.from}..${r.to}`;

/** @param {string} key @returns {Range | null} */
export function readRange(key) {
  const m = /^(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$/.exec(key);
  if (!m || Number.isNaN(Date.parse(m[1])) || (m[2] && (Number.isNaN(Date.parse(m[2])) || m[2] < m[1]))) return null;
  return { from: m[1], to: m[2] ?? m[1] };
}
