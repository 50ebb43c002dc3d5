// Bookable moments in words, for the phone and for the desk.
import { t, named } from '/web/i18n.js';
import { day as dayOf, hm, weekday } from '/web/time.js';

/** @typedef {import('/web/types.js').Text} Text */

/**
 * A half-day that can be booked.
 * @typedef {object} SlotHalf
 * @property {string} id
 * @property {Text} name
 * @property {string} from "07:30"
 * @property {string} to
 * @property {string[]} at moments to book; none when nothing is left
 * @property {number | null} left numbers left; null without a quota
 */

/** @typedef {{day: string, halves: SlotHalf[]}} SlotDay */

/**
 * What was booked.
 * @typedef {object} Booking
 * @property {string} code
 * @property {string} service
 * @property {string} at
 * @property {string} day
 * @property {'booked' | 'arrived' | 'expired'} state
 */

/**
 * "8 giờ 30"
 * @param {string} at
 */
export function clockWords(at) {
  const [h, m] = hm(at).split(':');
  return m === '00' ? t('b.clock.full', { h: Number(h) }) : t('b.clock', { h: Number(h), m });
}

/**
 * "Thứ Ba 24/11", with "Hôm nay" before it when that is so.
 * @param {string} day "2026-11-24"
 * @param {number} now
 */
export function dayWords(day, now) {
  const date = `${day.slice(8, 10)}/${day.slice(5, 7)}`;
  const words = t('b.day', { day: weekday(new Date(`${day}T00:00:00Z`).getUTCDay()), date });
  return day === dayOf(now) ? t('b.today', { day: words }) : words;
}

/**
 * "8 giờ 30, Thứ Ba 24/11"
 * @param {string} at
 */
export function whenWords(at) {
  return t('b.at', { time: clockWords(at), day: dayWords(dayOf(at), 0) });
}

/** "07:30 – 11:30" @param {SlotHalf} half */
export const spanWords = (half) => t('b.span', { from: half.from, to: half.to });

/** "còn 5 số"; empty without a quota. @param {SlotHalf} half */
export function leftWords(half) {
  if (half.at.length === 0) return t('b.full');
  return half.left === null ? '' : t('b.left', { n: half.left });
}

/** @param {SlotHalf} half */
export const halfName = (half) => named(half.name) || half.id;
