// Where a clerk sits. A person sits at one counter at a time, and a counter has one
// person; a key of a counter PC sits nowhere, and this module then does nothing.
import { post, put, remove } from '/web/api.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { ask } from '/desk/ask.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {{id: string, login: string, photo?: string, renew?: boolean, factor?: boolean}} Own */
/** @typedef {{branch: string, counter: string}} Seat */
/** @typedef {{name: string, role: string, account?: Own | null, seat?: Seat | null}} Me */

/**
 * @param {string} branch
 * @param {Me | null} me
 */
export function seating(branch, me) {
  const sits = me?.account && me.role === 'clerk';
  const path = (/** @type {string} */ counter) => `/api/v1/branches/${encodeURIComponent(branch)}/counters/${encodeURIComponent(counter)}`;
  const label = (/** @type {HallState | null} */ state, /** @type {string} */ id) => state?.branch.counters.find((c) => c.id === id)?.label ?? id;
  let counter = (sits && me.seat?.branch === branch && me.seat.counter) || '', moving = false;

  return {
    /** Where this person sits now; empty for nowhere. */
    counter: () => counter,
    /** Tells whether somebody has freed this person's counter. @param {import('/web/types.js').HallEvent} e */
    lost(e) {
      if (e.kind !== 'counter.seated' || moving || !counter || e.counter?.id !== counter || e.counter.clerk === me?.name) return false;
      counter = '';
      return true;
    },
    /**
     * Sits down at a counter; a move is asked first. Gives the sentence of a refusal,
     * empty when it went well, null when the person stays where they are.
     * @param {string} to @param {HallState | null} state @returns {Promise<string | null>}
     */
    async sit(to, state) {
      if (!sits || to === counter) return '';
      moving = true;
      try {
        return await this.move(to, state);
      } finally {
        moving = false;
      }
    },
    /** @param {string} to @param {HallState | null} state @returns {Promise<string | null>} */
    async move(to, state) {
      let answer = await put(`${path(to)}/seat`, { move: false });
      if (answer.code === 'seat_elsewhere') {
        const old = answer.body?.seat?.counter ?? counter, from = label(state, old);
        // Nobody is to wait for a counter that has no clerk; who has a visitor is refused.
        const now = answer.body?.seat?.branch === branch ? state?.counters.get(old) : null, shut = Boolean(now && now.state !== 'closed' && !now.visit);
        const move = await ask({ title: t('d.seat.move', { from, to: label(state, to) }), why: shut ? t('d.seat.move.shut', { from }) : t('d.seat.move.why'), yes: t('d.seat.move.yes', { to: label(state, to) }), answer: () => true });
        if (!move) return null;
        const closed = shut ? await post(`${path(old)}/close`) : null;
        if (closed && !closed.ok) return sentence(closed.code);
        answer = await put(`${path(to)}/seat`, { move: true });
      }
      if (answer.ok) counter = to;
      else if (answer.code === 'seat_taken') return t('d.seat.taken', { counter: label(state, to), name: answer.body?.seat?.name ?? '' });
      return answer.ok ? '' : sentence(answer.code);
    },
    /**
     * Before logging out: nobody may be left before an open counter with no clerk.
     * @param {HallState | null} state @returns {Promise<boolean>} false: the person stays
     */
    async leave(state) {
      if (!sits || !counter) return true;
      const now = state?.counters.get(counter);
      if (now && now.state !== 'closed') {
        if (now.visit) {
          await ask({ title: t('d.seat.busy', { number: now.number ?? '' }), why: t('d.seat.busy.why'), yes: t('d.seat.busy.yes'), answer: () => true });
          return false;
        }
        const close = await ask({ title: t('d.seat.close', { counter: label(state, counter) }), why: t('d.seat.close.why'), yes: t('d.seat.close.yes'), answer: () => true });
        if (!close) return false;
        const closed = await post(`${path(counter)}/close`);
        if (!closed.ok) return false;
      }
      moving = true; // the page is left
      await remove(`${path(counter)}/seat`);
      counter = '';
      return true;
    },
  };
}
