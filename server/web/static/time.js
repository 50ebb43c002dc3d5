// Times as the hall writes them: 24 hours, day before month, always the hall's
// own zone, whatever the machine is set to.
import { t } from '/web/i18n.js';

/** Việt Nam has one offset all year. */
const OFFSET = 7 * 3600_000;

/** @typedef {number | string} When milliseconds since 1970, or a time as the server writes it */

/** @param {When} when @returns {Date} its UTC fields read as the hall's local time */
function local(when) {
  return new Date((typeof when === 'string' ? Date.parse(when) : when) + OFFSET);
}

/** @param {number} n */
const two = (n) => String(n).padStart(2, '0');

/**
 * "08:42"
 * @param {When} when
 */
export function hm(when) {
  const d = local(when);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
}

/**
 * "08:42:07", where moments are told apart.
 * @param {When} when
 */
export const hms = (when) => `${hm(when)}:${two(local(when).getUTCSeconds())}`;

/**
 * "2026-11-21", the hall's day.
 * @param {When} when
 */
export const day = (when) => local(when).toISOString().slice(0, 10);

/**
 * "Thứ Bảy, 21/11"
 * @param {When} when
 */
export function dayDate(when) {
  const d = local(when);
  return t('u.daydate', { day: weekday(d.getUTCDay()), date: `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}` });
}

/**
 * "Thứ Bảy"
 * @param {number} n 0 = Sunday
 */
export function weekday(n) {
  return [t('u.day.0'), t('u.day.1'), t('u.day.2'), t('u.day.3'), t('u.day.4'), t('u.day.5'), t('u.day.6')][n] ?? '';
}

/**
 * When something begins again, as short as it can be said: "13:30" today, "Thứ Hai, 07:30" later.
 * @param {When} when
 * @param {number} now
 */
export function whenAgain(when, now) {
  if (day(when) === day(now)) return hm(when);
  const days = (Date.parse(day(when)) - Date.parse(day(now))) / 86_400_000;
  return t('u.dayhm', { day: days < 7 ? weekday(local(when).getUTCDay()) : dayDate(when), time: hm(when) });
}
