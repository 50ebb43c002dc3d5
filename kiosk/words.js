// The sentences that depend on the queue: what a tile says, why it is closed.
import { lang, t, named } from '/web/i18n.js';
import { hm, whenAgain } from '/web/time.js';
import { about, hours } from '/web/labels.js';

/** @typedef {import('/web/types.js').Figure} Figure */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Half} Half */

/**
 * What stands under a service's name on its tile.
 * @param {Figure | undefined} f
 * @param {number} now
 */
export function tileMeta(f, now) {
  if (!f) return '';
  if (!f.open) return whyClosed(f, now);
  if (f.waiting === 0) return t('k.tile.now');
  if (!f.estimate) return t('k.tile.count', { n: f.waiting });
  const h = hours(f.estimate, lang.get());
  return h ? t('k.tile.hours', { n: f.waiting, h }) : t('k.tile.wait', { n: f.waiting, m: about(f.estimate) });
}

/** @param {Figure} f @param {number} now */
function whyClosed(f, now) {
  if (f.reason === 'quota_full') return morning(now) ? t('k.tile.full.am') : t('k.tile.full.pm');
  return f.opens ? t('k.tile.reopen', { when: whenAgain(f.opens, now) }) : t('k.tile.closed');
}

/**
 * The line under "Take a number for …?"
 * @param {Figure | undefined} f
 */
export function confirmInfo(f) {
  if (!f || f.waiting === 0) return t('k.conf.now');
  if (!f.estimate) return t('k.conf.count', { n: f.waiting });
  const h = hours(f.estimate, lang.get());
  return h ? t('k.conf.hours', { n: f.waiting, h }) : t('k.conf.info', { n: f.waiting, m: about(f.estimate) });
}

/** @param {number} now server time in ms */
export const morning = (now) => hm(now) < '12:00';

/**
 * Why the whole hall gives no numbers now; null when at least one service does.
 * @param {HallState} state
 * @returns {Figure | null}
 */
export function closedHall(state) {
  const figures = [...state.figures.values()];
  if (figures.length === 0 || figures.some((f) => f.open)) return null;
  // One service may be switched off for the day while lunch explains the rest.
  const telling = figures.filter((f) => f.reason && f.reason !== 'closed');
  const opening = telling.filter((f) => f.opens).sort((a, b) => Date.parse(a.opens ?? '') - Date.parse(b.opens ?? ''));
  return opening[0] ?? telling[0] ?? figures[0];
}

/** @typedef {{icon: string, heading: string, lines: string[]}} Notice */

/**
 * The full-screen words for a closed hall.
 * @param {Figure} f
 * @param {HallState} state
 * @param {number} now
 * @returns {Notice}
 */
export function closedNotice(f, state, now) {
  const when = f.opens ? whenAgain(f.opens, now) : '';
  const ask = t('k.closed.ask');
  switch (f.reason) {
    case 'before_opening':
      return { icon: 'clock', heading: t('k.before.h'), lines: [when ? t('k.before.sub', { when }) : ask] };
    case 'lunch':
      return { icon: 'cup', heading: t('k.lunch.h'), lines: [when ? t('k.lunch.sub', { when }) : ask] };
    case 'cut_off': {
      const time = lastCutOff(state.branch.halves, now);
      return {
        icon: 'clock', heading: t('k.cutoff.h'),
        lines: [time && t('k.cutoff.at', { time }), t('k.cutoff.sub'), when && t('k.cutoff.next', { when })],
      };
    }
    case 'holiday':
      return { icon: 'calendar', heading: t('k.holiday.h'), lines: [when && t('k.holiday.sub', { when }), t('k.holiday.online')] };
    case 'weekend':
      return { icon: 'calendar', heading: t('k.weekend.h'), lines: [when ? t('k.weekend.sub', { when }) : ask] };
    case 'quota_full':
      return {
        icon: 'ticket', heading: morning(now) ? t('k.full.all.am') : t('k.full.all.pm'),
        lines: [when ? t('k.full.sub', { when }) : t('k.full.ask')],
      };
    default:
      return { icon: 'info', heading: t('k.closed.h'), lines: [when ? t('k.closed.sub', { when }) : ask] };
  }
}

/** @param {Half[] | null} halves @param {number} now */
function lastCutOff(halves, now) {
  const past = (halves ?? []).map((x) => x.cut_off || x.to).filter((at) => at && at <= hm(now));
  return past.sort().at(-1) ?? '';
}

/**
 * The words when one service refused a number.
 * @param {string} code
 * @param {import('/web/types.js').Service} service
 * @param {Figure | undefined} f
 * @param {number} now
 * @returns {Notice}
 */
export function refusedNotice(code, service, f, now) {
  const field = named(service.name);
  const when = f?.opens ? whenAgain(f.opens, now) : '';
  if (code === 'quota_full') {
    return {
      icon: 'ticket', heading: morning(now) ? t('k.full.h.am', { field }) : t('k.full.h.pm', { field }),
      lines: [when ? t('k.full.sub', { when }) : t('k.full.ask')],
    };
  }
  return { icon: 'info', heading: t('k.refused.h', { field }), lines: [when ? t('k.closed.sub', { when }) : t('k.closed.ask')] };
}
