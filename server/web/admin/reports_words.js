// Numbers of the reports in words: counts, minutes, hours, shares, and which way
// something went.
import { locale, t } from '/web/i18n.js';
import { count } from '/admin/procedures_words.js';

export { count };

/** Why a counter pauses, by the ids the desk gives. @type {Record<string, () => string>} */
const pauses = {
  break: () => t('rp.pz.break'), meeting: () => t('rp.pz.meeting'), urgent: () => t('rp.pz.urgent'), helping: () => t('rp.pz.helping'),
  fault: () => t('rp.pz.fault'), hours: () => t('rp.pz.hours'), away: () => t('rp.pz.away'), other: () => t('rp.pz.other'),
};

/** A pause's reason in words; what somebody wrote stays as written. @param {string} id */
export const pauseReason = (id) => pauses[id]?.() ?? (id || t('rp.noreason'));

/** Nothing is known: an empty set has no middle. */
export const NONE = '–';

/** One decimal, as the language writes it. @param {number} n */
export const decimal = (n) => n.toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Seconds as minutes, "11,4" @param {number} seconds */
export const minutes = (seconds) => decimal(seconds / 60);

/** Seconds as hours, "132,5" @param {number} seconds */
export const hours = (seconds) => decimal(seconds / 3600);

/** A share as "93,4%" @param {number} n of 1 */
export const percent = (n) => `${decimal(n * 100)}%`;

/** @param {{yes: number, of: number}} x @returns {number | null} */
export const shareOf = (x) => (x.of > 0 ? x.yes / x.of : null);

/** "khoảng 94,1 – 97,2%": where the true share may lie. @param {number} low @param {number} high */
export const interval = (low, high) => `${decimal(low * 100)} – ${percent(high)}`;

/**
 * How a figure changed: words and whether that is good, bad or neither.
 * @param {number | null} now @param {number | null} was @param {'count'|'share'|'time'} kind @param {-1 | 0 | 1} good which way is better
 * @returns {{text: string, mood: '' | 'good' | 'bad', way: '' | 'up' | 'down'} | null}
 */
export function change(now, was, kind, good) {
  if (now === null || was === null) return null;
  if (kind === 'count' && was === 0) return null;
  const delta = kind === 'share' ? (now - was) * 100 : kind === 'time' ? (now - was) / 60 : ((now - was) / was) * 100;
  if (Math.abs(delta) < 0.05) return { text: t('rp.same'), mood: '', way: '' };
  const n = decimal(Math.abs(delta)), up = delta > 0;
  const text = kind === 'share' ? (up ? t('rp.up.points', { n }) : t('rp.down.points', { n }))
    : kind === 'time' ? (up ? t('rp.up.minutes', { n }) : t('rp.down.minutes', { n }))
    : (up ? t('rp.up.percent', { n }) : t('rp.down.percent', { n }));
  return { text, mood: good === 0 ? '' : up === good > 0 ? 'good' : 'bad', way: up ? 'up' : 'down' };
}
