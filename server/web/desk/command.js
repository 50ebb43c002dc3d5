// Sending a counter's verbs. One gesture is one request with one key; while it
// is under way, and for a moment after, the same control does nothing: the
// second half of a double click must not press what the button has turned into.
import { post, newKey } from '/web/api.js';

/** @typedef {import('/web/api.js').Answer} Answer */

/** Longest pause between the two halves of a double click, in milliseconds. */
export const DOUBLE = 400;

/**
 * @typedef {object} Commander
 * @property {(control: string, verb: string, body?: object) => Promise<Answer | null>} send null: ignored, another gesture is under way
 * @property {(control: string) => boolean} busy that control's last gesture is not over
 * @property {() => boolean} sending a request is under way
 */

/**
 * @param {string} branch
 * @param {() => string} counter the counter this desk works at
 * @param {() => void} changed something became busy or free
 * @returns {Commander}
 */
export function commander(branch, counter, changed) {
  let underWay = '';
  /** @type {Map<string, number>} */
  const quiet = new Map();
  const busy = (/** @type {string} */ control) => underWay === control || (quiet.get(control) ?? 0) > performance.now();

  return {
    busy,
    sending: () => underWay !== '',
    async send(control, verb, body = {}) {
      if (underWay || busy(control)) return null;
      underWay = control;
      quiet.set(control, performance.now() + DOUBLE);
      setTimeout(changed, DOUBLE + 10);
      changed();
      const path = `/api/v1/branches/${encodeURIComponent(branch)}/counters/${encodeURIComponent(counter())}`;
      try {
        const answer = await post(`${path}/${verb}`, body, { key: newKey() });
        // Somebody took the last waiting visit a moment before: finish the present one all the same.
        if (verb === 'next' && answer.code === 'no_one_waiting') return await post(`${path}/end`, body, { key: newKey() });
        return answer;
      } finally {
        underWay = '';
        changed();
      }
    },
  };
}
