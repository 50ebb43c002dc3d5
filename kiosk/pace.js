// How many numbers this kiosk has given lately. Many in a minute is one person
// playing or hoarding; the kiosk says so politely and refuses nothing.

/** @typedef {import('/web/types.js').Branch['pace']} Pace */

/** The time that counts when the settings name none, seconds. */
const USUAL = 60;

/** @type {{id: string, at: number}[]} tickets of this kiosk, performance.now() */
let given = [];

/** A number was given here. @param {string} id of the ticket */
export function noteTaken(id) {
  given.push({ id, at: performance.now() });
}

/** It was given back: that was a wrong touch, not a second wish. @param {string} id of the ticket */
export function noteCancelled(id) {
  given = given.filter((x) => x.id !== id);
}

/**
 * The numbers given within the time of the settings, when they are as many as
 * the settings call too many; otherwise 0.
 * @param {Pace} pace
 */
export function paceReached(pace) {
  const since = performance.now() - (pace?.seconds || USUAL) * 1000;
  given = given.filter((x) => x.at > since - 3600_000);
  const count = given.filter((x) => x.at > since).length;
  return pace?.kiosk && count >= pace.kiosk ? count : 0;
}
