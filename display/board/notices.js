// The line at the bottom: one sentence at a time, never moving. What is urgent
// and what is only good to know take turns.
import { h, icon } from '/web/dom.js';

/** How long a sentence stands, ms. */
const EACH = 12_000;
/** Width of a line in the board's drawing, px, and the letters it is written in: what is longer is said in parts. */
const ROOM = 1700, FONT = '600 42px "Be Vietnam Pro", sans-serif';
/** A letter is about as wide, until they are here. */
const LETTER = 21;
/** Sentences whose parts are remembered. */
const KNOWN = 100;

/** @typedef {{urgent: string[], usual: string[]}} Said */

export function notices() {
  const words = h('p');
  const el = h('footer', null, icon('bell'), words);
  const turns = rotation();
  let shown = '';

  /**
   * @param {number} now
   * @param {string} trouble said instead of everything else
   * @param {Said} said
   */
  function draw(now, trouble, said) {
    const next = trouble || turns({ urgent: said.urgent.flatMap(lines), usual: said.usual.flatMap(lines) }, now);
    el.classList.toggle('trouble', trouble !== '');
    if (next === shown) return;
    shown = next;
    words.textContent = next;
    // Once more from nothing: the sentence fades in.
    words.classList.remove('in');
    void words.offsetWidth;
    words.classList.add('in');
  }
  return { el, draw };
}

/**
 * Gives the sentence of the moment. Pure but for what it remembers: whose turn it
 * was. One that is no longer true goes at once, a new one does not cut another short.
 * @returns {(said: Said, now: number) => string}
 */
export function rotation() {
  const at = { urgent: -1, usual: -1 };
  /** @type {keyof Said} */
  let kind = 'usual';
  let text = '', since = 0;
  return (said, now) => {
    if (now - since < EACH && said[kind].includes(text)) return text;
    kind = kind === 'urgent' ? 'usual' : 'urgent';
    if (said[kind].length === 0) kind = kind === 'urgent' ? 'usual' : 'urgent';
    const list = said[kind];
    at[kind] = (at[kind] + 1) % Math.max(1, list.length);
    text = list[at[kind]] ?? '';
    since = now;
    return text;
  };
}

const pen = document.createElement('canvas').getContext('2d');
/** @type {Map<string, string[]>} */
const known = new Map();

/**
 * A sentence in parts that fit the line, cut between words, all about as long.
 * @param {string} text
 */
function lines(text) {
  const before = known.get(text);
  if (before) return before;
  const whole = width(text), most = whole <= ROOM ? whole : Math.min(ROOM, (whole / Math.ceil(whole / ROOM)) * 1.1);
  /** @type {string[]} */
  const parts = [];
  for (const word of text.split(/\s+/)) {
    const last = parts.at(-1);
    if (last !== undefined && width(`${last} ${word}`) <= most + 1) parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  const said = parts.map((p, i) => (i < parts.length - 1 ? `${p} …` : p));
  if (known.size >= KNOWN) known.clear();
  if (document.fonts.check(FONT)) known.set(text, said);
  return said;
}

/** @param {string} text */
function width(text) {
  // Other letters than ours would measure something else.
  if (!pen || !document.fonts.check(FONT)) return text.length * LETTER;
  pen.font = FONT;
  return pen.measureText(text).width;
}
