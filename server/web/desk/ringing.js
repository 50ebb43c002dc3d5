// The sound when a kiosk asks for help: two soft notes, once for each call. It
// needs a touch or a key first (browsers allow none before), and can be switched off.
import { standing } from '/desk/alerts.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {ReturnType<typeof ringing>} Bell */

/** The clerk's own choice, kept on this PC. */
const QUIET = 'motcua.desk.quiet';

export function ringing() {
  let on = localStorage.getItem(QUIET) !== 'yes';
  /** @type {Set<string> | null} calls this desk knows of; null before the first snapshot */
  let known = null;
  /** @type {AudioContext | null} */
  let audio = null;
  const wake = () => {
    audio ??= new AudioContext();
    audio.resume().catch(() => {});
  };
  for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, wake, { once: true });

  return {
    /** Rings for a call that was not there before. @param {HallState} state */
    heard(state) {
      const calls = standing(state).filter((n) => n.kind === 'help').map((n) => n.id);
      const fresh = known !== null && calls.some((id) => !known?.has(id));
      known = new Set(calls);
      if (fresh && on && audio) chime(audio);
    },
    on: () => on,
    turn() {
      on = !on;
      localStorage.setItem(QUIET, on ? 'no' : 'yes');
    },
  };
}

/** @param {AudioContext} audio */
function chime(audio) {
  for (const [i, hertz] of [659, 880].entries()) {
    const at = audio.currentTime + i * 0.28;
    const tone = new OscillatorNode(audio, { frequency: hertz, type: 'sine' }), loud = new GainNode(audio, { gain: 0 });
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.3, at + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.7);
    tone.connect(loud).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.75);
  }
}
