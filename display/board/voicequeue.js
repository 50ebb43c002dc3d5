// Who is called next, in what order, and who is left out when there is more to
// say than anybody would listen to. Pure: it is told what time it is.
//
// Nothing is ever cut off and nothing said over another: one thing is said at a
// time, and what waits is said by its weight, then in its order.
import { look, OLD, stillTrue } from '/board/voicewords.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/board/voicewords.js').Item} Item */
/** @typedef {import('/board/voicewords.js').Kind} Kind */
/**
 * @typedef {object} Entry what became of it
 * @property {string} id
 * @property {Kind} kind
 * @property {string} number
 * @property {number} at when it happened
 * @property {'spoken' | 'skipped'} end
 * @property {string} [why] of what was skipped: old, again, crowd, gone, emergency, spoken, elsewhere, muted, quiet, clips, sound
 * @property {number} [from] of what was spoken, server time in ms
 * @property {number} [to]
 */

/** Speech that may wait, seconds; more is left to the board. */
export const FULL = 60;
/** People are not asked to look at the screen more often, ms. */
const LOOK = 120_000;
const KEPT = 1500;

/** @type {Record<Kind, number>} the first is said first */
const WEIGHT = { emergency: 0, call: 1, look: 1, recall: 2, missed: 3, soon: 3, sorry: 3 };

export function voiceQueue() {
  /** @type {Item[]} in the order they are said */
  let waiting = [];
  /** What was ever taken up, oldest first. @type {Set<string>} */
  const known = new Set();
  /** @type {Entry[]} */
  const log = [];
  let looked = -LOOK;

  /** @param {Entry} entry */
  function note(entry) {
    log.push(entry);
    if (log.length > KEPT) log.splice(0, log.length - KEPT);
  }

  /** @param {Item} item @param {string} why */
  const skip = (item, why) => note({ id: item.id, kind: item.kind, number: item.visit?.number ?? '', at: item.at, end: 'skipped', why });

  const seconds = () => waiting.reduce((sum, x) => sum + x.seconds, 0);

  /** @param {Item} item */
  function place(item) {
    const i = waiting.findIndex((x) => WEIGHT[x.kind] > WEIGHT[item.kind]);
    waiting.splice(i < 0 ? waiting.length : i, 0, item);
  }

  /** @param {(x: Item) => boolean} test @param {string} why */
  function drop(test, why) {
    for (const x of waiting.filter(test)) skip(x, why);
    waiting = waiting.filter((x) => !test(x));
  }

  /** Too much to say: the lightest goes, of these the one that has been on the screen the longest. @param {number} now */
  function thin(now) {
    if (seconds() <= FULL) return;
    while (seconds() > FULL) {
      const lightest = Math.max(...waiting.map((x) => WEIGHT[x.kind]));
      if (lightest === 0) break;
      const first = waiting.find((x) => WEIGHT[x.kind] === lightest);
      drop((x) => x === first, 'crowd');
    }
    if (now - looked < LOOK) return;
    looked = now;
    place(look(now));
  }

  return {
    log, seconds,
    /** @param {string} id was it taken up, or left out, before? */
    knows: (id) => known.has(id),

    /** It is not said. @param {Item} item @param {string} why */
    skip(item, why) {
      known.add(item.id);
      skip(item, why);
    },

    /** It was called before anybody listened here. @param {string} id */
    pass: (id) => void known.add(id),

    /** Those that wait. */
    size: () => waiting.length,

    /**
     * Takes something up, unless it was taken up before or it is too late.
     * @param {Item} item @param {number} now
     */
    add(item, now) {
      if (known.has(item.id)) return;
      known.add(item.id);
      if (known.size > KEPT) known.delete(known.values().next().value ?? '');
      if (now - item.at > OLD) return skip(item, 'old');
      // A later call of the same visitor says it all.
      drop((x) => x.visit !== undefined && x.visit.id === item.visit?.id, 'again');
      if (item.kind === 'emergency') drop((x) => x.kind === 'emergency', 'again');
      place(item);
      thin(now);
    },

    /**
     * What is said now; null for nothing. While an emergency stands nobody is called to a counter.
     * @param {HallState} state @param {boolean} emergency
     * @returns {Item | null}
     */
    next(state, emergency) {
      drop((x) => !stillTrue(x, state), 'gone');
      if (emergency) drop((x) => x.kind !== 'emergency', 'emergency');
      else drop((x) => x.kind === 'emergency', 'gone');
      return waiting.shift() ?? null;
    },

    /** Nothing of what waits is said here. @param {string} why */
    clear: (why) => drop(() => true, why),

    /** @param {Item} item @param {number} from @param {number} to */
    spoken(item, from, to) {
      note({ id: item.id, kind: item.kind, number: item.visit?.number ?? '', at: item.at, end: 'spoken', from, to });
    },
  };
}
