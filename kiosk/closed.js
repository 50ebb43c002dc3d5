// Why there are no numbers now, in words: the whole hall closed, or one service.
import { day, hm } from '/web/time.js';
import { again, date, hour, name, weekdayAt } from '/kiosk/said.js';
import { morning } from '/kiosk/words.js';

/** @typedef {import('/web/types.js').Figure} Figure */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Half} Half */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/speech.js').Said} Said */

/**
 * @typedef {object} Words
 * @property {string} icon
 * @property {Said} heading
 * @property {(Said | null)[]} lines
 * @property {boolean} [book] a later half-day could be booked instead
 */

/** @type {Said} */
const ASK = { key: 'k.closed.ask' };

/**
 * The words for a hall that gives no numbers now.
 * @param {Figure} f
 * @param {HallState} state
 * @param {number} now
 * @returns {Words}
 */
export function closedWords(f, state, now) {
  const when = f.opens ? again(f.opens, now) : null;
  switch (f.reason) {
    case 'before_opening':
      return { icon: 'clock', heading: { key: 'k.before.h' }, lines: [when ? { key: 'k.before.sub', args: { when } } : ASK] };
    case 'lunch':
      return { icon: 'cup', heading: { key: 'k.lunch.h' }, lines: [when ? { key: 'k.lunch.sub', args: { when } } : ASK] };
    case 'cut_off':
      return cutOffWords(f, state, now);
    case 'holiday':
      return {
        icon: 'calendar', heading: f.holiday ? { key: 'k.holiday.of', args: { name: name(f.holiday) } } : { key: 'k.holiday.h' },
        lines: [f.opens ? { key: 'k.holiday.sub', args: { when: date(f.opens) } } : null, { key: 'k.holiday.online' }],
      };
    case 'weekend':
      return { icon: 'calendar', heading: { key: 'k.weekend.h' }, lines: [f.opens ? { key: 'k.weekend.sub', args: { when: weekdayAt(f.opens, now) } } : ASK] };
    case 'quota_full':
      return { icon: 'ticket', heading: { key: morning(now) ? 'k.full.all.am' : 'k.full.all.pm' }, lines: [fullLine(f, now)], book: true };
    default:
      return { icon: 'info', heading: { key: 'k.closed.h' }, lines: [when ? { key: 'k.closed.sub', args: { when } } : ASK] };
  }
}

/** @param {Figure} f @param {HallState} state @param {number} now @returns {Words} */
function cutOffWords(f, state, now) {
  const last = lastCutOff(state.branch.halves, now);
  const later = f.opens && day(f.opens) === day(now);
  return {
    icon: 'clock', heading: { key: later ? 'k.cutoff.am' : 'k.cutoff.h' }, book: true,
    lines: [
      last ? { key: 'k.cutoff.at', args: { time: { time: last } } } : null,
      { key: 'k.cutoff.sub' },
      !f.opens ? null : later ? { key: 'k.closed.sub', args: { when: hour(f.opens) } } : { key: 'k.cutoff.next', args: { when: date(f.opens) } },
    ],
  };
}

/** When a half-day is full: the next one, or the help desk. @param {Figure | undefined} f @param {number} now @returns {Said} */
function fullLine(f, now) {
  if (!f?.opens) return { key: 'k.full.ask' };
  const afternoon = day(f.opens) === day(now) && !morning(Date.parse(f.opens));
  return { key: afternoon ? 'k.full.pm' : 'k.full.sub', args: { when: again(f.opens, now) } };
}

/** @param {Half[] | null} halves @param {number} now */
function lastCutOff(halves, now) {
  const past = (halves ?? []).map((x) => x.cut_off || x.to).filter((at) => at && at <= hm(now));
  return past.sort().at(-1) ?? '';
}

/**
 * The words when one service refused a number.
 * @param {string} code
 * @param {Service} service
 * @param {Figure | undefined} f
 * @param {number} now
 * @returns {Words}
 */
export function refusedWords(code, service, f, now) {
  const field = name(service.name);
  if (code === 'quota_full') {
    return { icon: 'ticket', heading: { key: morning(now) ? 'k.full.h.am' : 'k.full.h.pm', args: { field } }, lines: [fullLine(f, now)], book: true };
  }
  const line = f?.opens ? { key: 'k.closed.sub', args: { when: again(f.opens, now) } } : ASK;
  return { icon: 'info', heading: { key: 'k.refused.h', args: { field } }, lines: [line], book: f?.reason === 'cut_off' };
}
