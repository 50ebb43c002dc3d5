// The hall's loudspeaker: a chime, sentences after it, nothing else at the same
// time. A browser may refuse all sound until somebody touches the page.
import { schedule, length } from '/web/speech.js';

/** @typedef {import('/web/speech.js').Step} Step */

const RATE = 48_000;
/** Length of the chime, seconds. */
const CHIME = 0.6;
/** Its two notes: hertz, and when each is struck, seconds. */
const NOTES = [[659.3, 0], [523.3, 0.22]];
/** A bell's overtones: how many times as high, how loud, how fast they die. */
const PARTIALS = [[1, 1, 5], [2, 0.35, 8], [3, 0.12, 12]];
const LOUD = 0.3;

/** @type {AudioBuffer | null} */
let made = null;

/** Two notes, ours, ending in silence: what follows joins without a click. */
export function chime() {
  if (made) return made;
  const buffer = new AudioBuffer({ length: Math.round(CHIME * RATE), sampleRate: RATE });
  const wave = buffer.getChannelData(0);
  for (let i = 0; i < wave.length; i++) {
    const t = i / RATE, end = Math.min(1, (CHIME - t) / 0.05);
    for (const [hertz, struck] of NOTES) {
      const since = t - struck;
      if (since < 0) continue;
      const attack = Math.min(1, since / 0.004);
      for (const [times, loud, dies] of PARTIALS) {
        wave[i] += LOUD * loud * attack * end * Math.exp(-dies * since) * Math.sin(2 * Math.PI * hertz * times * since);
      }
    }
  }
  return (made = buffer);
}

/** A sound card that goes away must not hold up the queue, ms. */
const PATIENCE = 3000;
/** How long a browser may think about whether it allows sound, ms. */
const THINK = 2000;

export function loudspeaker() {
  /** @type {AudioContext | null} */
  let context = null;
  let opened = 0, refused = false;
  /** Ends what is being played. @type {(() => void) | null} */
  let end = null;

  const touched = () => void context?.resume().catch(() => {});
  const kinds = ['pointerdown', 'pointerup', 'keydown']; // a finger counts when it is lifted
  for (const kind of kinds) addEventListener(kind, touched, { capture: true, passive: true });

  return {
    /** Opens the way to the loudspeaker, once. */
    open() {
      if (context) return;
      try {
        context = new AudioContext();
        opened = performance.now();
        if (context.state !== 'running') context.resume().catch(() => {});
      } catch (e) {
        refused = true;
        console.debug('no sound card', e);
      }
    },

    /** Does the browser refuse sound? */
    muted: () => refused || (context !== null && context.state !== 'running' && performance.now() - opened > THINK),

    /**
     * Plays to the end; false when it could not be heard.
     * @param {Step[]} steps @param {number} gain
     * @returns {Promise<boolean>}
     */
    async play(steps, gain) {
      const ctx = context;
      for (let i = 0; ctx?.state === 'suspended' && i < 10; i++) await new Promise((done) => setTimeout(done, THINK / 10));
      if (!ctx || ctx.state !== 'running' || steps.length === 0) return false;
      const out = new GainNode(ctx, { gain });
      out.connect(ctx.destination);
      const sources = schedule(ctx, steps, out, ctx.currentTime + 0.05);
      const heard = await new Promise((/** @type {(heard: boolean) => void} */ done) => {
        const late = setTimeout(() => done(false), length(steps) * 1000 + PATIENCE);
        const finish = (/** @type {boolean} */ all) => {
          clearTimeout(late);
          done(all);
        };
        end = () => finish(false);
        sources[sources.length - 1].onended = () => finish(true);
      });
      end = null;
      out.disconnect();
      if (!heard) {
        // Perhaps another sound card is there now: the next call tries it.
        void ctx.close().catch(() => {});
        context = null;
        this.open();
      }
      return heard;
    },

    close() {
      for (const kind of kinds) removeEventListener(kind, touched, { capture: true });
      end?.();
      void context?.close().catch(() => {});
      context = null;
    },
  };
}

/**
 * How loud it may be now, 0 to 1: the least of what the settings say of this zone and hour.
 * @param {{zone?: string, from: string, to: string, percent: number}[]} hours @param {string} zone @param {string} time "08:05"
 */
export function loudnessAt(hours, zone, time) {
  const within = hours.filter((x) => (!x.zone || x.zone === zone) && (x.from <= x.to ? x.from <= time && time < x.to : time >= x.from || time < x.to));
  return Math.min(100, ...within.map((x) => x.percent)) / 100;
}
