// Words once: what a screen shows and what it reads aloud are made of the same
// Said, so that nobody hears something else than others see.
import { t, named, locale } from '/web/i18n.js';
import { ranges } from '/web/labels.js';
import { hm, day } from '/web/time.js';

/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {import('/web/speech.js').Value} Value */

/**
 * A Said as text.
 * @param {Said | null | undefined} said nothing is the empty text
 * @returns {string}
 */
export function words(said) {
  if (!said) return '';
  if ('name' in said) return named(said.name);
  /** @type {Record<string, string>} */
  const args = {};
  for (const [place, value] of Object.entries(said.args ?? {})) args[place] = shown(value);
  return t(said.key, args);
}

/** @param {Value} value @returns {string} */
function shown(value) {
  if (Array.isArray(value)) return all(value);
  if (typeof value === 'number') return value.toLocaleString(locale());
  if ('time' in value) return value.time;
  if ('number' in value) return value.number;
  if ('counter' in value) return value.counter;
  return words(value);
}

/** Several things in one place: counters as people read them ("01 – 03"), others one after the other. @param {Value[]} values */
function all(values) {
  /** @type {string[]} */
  const labels = [];
  for (const v of values) if (typeof v === 'object' && 'counter' in v) labels.push(v.counter);
  return labels.length > 0 ? ranges(labels) : values.map(shown).join(', ');
}

/** The keys of the weekdays, from Sunday. */
const DAYS = ['u.day.0', 'u.day.1', 'u.day.2', 'u.day.3', 'u.day.4', 'u.day.5', 'u.day.6'];

/** @typedef {import('/web/time.js').When} When */

/** @param {When} when @returns {Value} the hour of a moment */
export const hour = (when) => ({ time: hm(when) });

/**
 * A day: "Thứ Ba, 24/11".
 * @param {When} when
 * @returns {Said}
 */
export function date(when) {
  const [, month, dayOfMonth] = day(when).split('-');
  return { key: 'u.daydate', args: { day: weekdayOf(when), date: { name: { vi: `${dayOfMonth}/${month}` } } } };
}

/**
 * When something begins again, as short as it can be said: "13:30" today,
 * "07:30 Thứ Hai" later, with the date after a week.
 * @param {When} when
 * @param {number} now
 * @returns {Value}
 */
export function again(when, now) {
  if (day(when) === day(now)) return hour(when);
  return { key: 'u.dayhm', args: { day: soon(when, now) ? weekdayOf(when) : date(when), time: hour(when) } };
}

/** @param {When} when @param {number} now @returns {boolean} within a week, so that the weekday alone says which day */
const soon = (when, now) => (Date.parse(day(when)) - Date.parse(day(now))) / 86_400_000 < 7;

/** @param {When} when @returns {Said} */
const weekdayOf = (when) => ({ key: DAYS[new Date(day(when)).getUTCDay()] });

/** @param {import('/web/types.js').Text} text @returns {Said} */
export const name = (text) => ({ name: text });

/**
 * A weekday and an hour: "Thứ Hai, 07:30"; with the date after a week.
 * @param {When} when
 * @param {number} now
 * @returns {Said}
 */
export const weekdayAt = (when, now) => ({ key: 'k.dayat', args: { day: soon(when, now) ? weekdayOf(when) : date(when), time: hour(when) } });

/**
 * Keys as they are read aloud: the digit of each, and what it does. The one that
 * goes on is 1, as keys.js counts.
 * @param {{label: Said, go?: boolean}[]} acts
 * @param {number} [before] how many digits are taken already
 * @returns {Said[]}
 */
export function numbered(acts, before = 0) {
  const order = [...acts.filter((x) => x.go), ...acts.filter((x) => !x.go)];
  return order.map(({ label }, i) => ({ key: 'k.say.plain', args: { n: before + i + 1, name: label } }));
}
