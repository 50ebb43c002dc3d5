// "Đọc to": reads each screen aloud, for whoever asked for it. What a screen says
// is its view's own read(); how it sounds is /web/speech.js, loaded at the first
// press. It ends with the visitor.
import { signal } from '/web/dom.js';
import { lang } from '/web/i18n.js';

/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {import('/kiosk/kiosk.js').View} View */

/** Is reading aloud on? Set to false when the session ends. */
export const reading = signal(false);

/** How loud, 1 to 3; everybody starts with the middle. */
export const loudness = signal(/** @type {1 | 2 | 3} */ (2));

/** What is needed when the server has gone: said from what was fetched before. */
const AWAY = /** @type {Said[]} */ ([{ key: 'k.off.h' }, { key: 'k.off.sub' }]);

/** @type {typeof import('/web/speech.js') | null} */
let voice = null;
/** @type {View | null} the screen that stands */
let shown = null;
/** What of it has been read, as JSON: a screen drawn anew is not read again. @type {string[]} */
let read = [];
/** Counts what was asked to be said: the last one counts. */
let turn = 0;
let loading = false;

/** Is something being read, or about to be? */
export const speaking = () => loading || (voice?.speaking() ?? false);

export function toggleReading() {
  reading.set(!reading.get());
}

/** One step louder, and from the loudest to the softest. */
export function louder() {
  loudness.set(/** @type {1 | 2 | 3} */ (loudness.get() % 3 + 1));
  say([{ key: 'k.read.volume', args: { n: loudness.get() } }]);
}

loudness.on((step) => voice?.setVolume(step));

reading.on((on) => {
  const list = wordsOf(shown);
  read = marksOf(list);
  if (on) return say([{ key: 'k.read.on' }, ...list]);
  turn++;
  loading = false;
  loudness.set(2);
  voice?.stop();
});

/**
 * A screen stands: it is read when reading is on. The same words are not read
 * twice; what has been added to a screen that stayed is read alone.
 * @param {View} view
 */
export function readView(view) {
  const same = shown?.name === view.name;
  shown = view;
  if (!reading.get()) return;
  const list = wordsOf(view), marks = marksOf(list);
  const fresh = same ? list.filter((_, i) => !read.includes(marks[i])) : list;
  read = marks;
  if (fresh.length > 0) say(fresh);
}

/** The screen once more. It turns reading on: whoever presses "repeat" wants to hear. */
export function repeat() {
  if (!reading.get()) reading.set(true);
  else say(wordsOf(shown));
}

/**
 * Reads something beside the screen: a question, what has the focus. Silent while reading is off.
 * @param {Said[]} list
 */
export function readAloud(list) {
  if (reading.get()) say(list);
}

/** @param {Said[]} list */
function say(list) {
  void load(list);
}

/** @param {Said[]} list */
async function load(list) {
  const mine = ++turn;
  loading = true;
  try {
    if (!voice) {
      voice = await import('/web/speech.js');
      voice.prepare(AWAY).catch(() => {}); // it will be tried again when it is needed
    }
    if (mine !== turn) return;
    voice.setVolume(loudness.get());
    void voice.speak(list);
  } catch (e) {
    console.debug('not read aloud', e);
  } finally {
    if (mine === turn) loading = false;
  }
}

/** @param {View | null} view @returns {Said[]} its heading when it has nothing else to say */
function wordsOf(view) {
  if (!view) return [];
  if (view.read) return view.read();
  const heading = document.querySelector('#stage h1')?.textContent ?? '';
  return [{ name: { vi: heading, en: heading } }];
}

/** @param {Said[]} list */
const marksOf = (list) => list.map((x) => lang.get() + JSON.stringify(x));
