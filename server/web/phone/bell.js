// The alert a visitor asked for: a short chime and a buzz. Phones only allow
// sound after a touch, so the bell is a button, never on by itself.
import { signal } from '/web/dom.js';

export const bell = signal(false);

/** @type {AudioContext | null} */
let audio = null;

/** Switches the bell; must be called from a touch. */
export function toggleBell() {
  if (bell.get()) return bell.set(false);
  audio ??= new AudioContext();
  audio.resume().catch(() => {});
  bell.set(true);
  chime(1);
}

/** Rings, if asked to, and buzzes where the phone can. */
export function ring() {
  // A page nobody has touched yet may not buzz, and trying is an error in the console.
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([400, 200, 400, 200, 400]);
  if (bell.get()) chime(3);
}

/** Nearly the turn: one chime and a short buzz. */
export function nudge() {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(200);
  if (bell.get()) chime(1);
}

/** @param {number} times two notes, a third apart */
function chime(times) {
  if (!audio) return;
  for (let i = 0; i < times; i++) {
    note(audio, 784, i * 1.1);
    note(audio, 622, i * 1.1 + 0.35);
  }
}

/** @param {AudioContext} ctx @param {number} hertz @param {number} after seconds */
function note(ctx, hertz, after) {
  const at = ctx.currentTime + after;
  const tone = new OscillatorNode(ctx, { frequency: hertz, type: 'triangle' });
  const loud = new GainNode(ctx, { gain: 0 });
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime(0.5, at + 0.02);
  loud.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
  tone.connect(loud).connect(ctx.destination);
  tone.start(at);
  tone.stop(at + 0.65);
}
