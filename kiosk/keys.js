// The whole kiosk from a keypad or a keyboard:
//   1-9  the choice with that number: the tiles in order; where there are none,
//        the button that goes on is 1, the others follow
//   0, Backspace, Escape  back          Enter, #  what has the focus
//   arrows, Tab  walk                   + and -, Page Down and Page Up  next page, page before;
//   *, R  read (again)   V  louder        without pages + and - walk
//   L, /  the other language            H, .  help
// And one guard for fingers: a second touch within 0.4 s is a tremor, not a wish.
import { reading, repeat, louder, readAloud } from '/kiosk/reader.js';

/** @typedef {import('/web/speech.js').Said} Said */

const DEBOUNCE = 400;

const root = document.documentElement;

/** Is the focus being set by the page itself? Then the screen is read, not the button. */
let settling = false;

/**
 * @param {HTMLElement} stage
 * @param {() => void} back
 */
export function watchKeys(stage, back) {
  let last = ''; // the key of the bottom bar that had the focus
  guard();
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    begin(stage);
    // A key that is held down says its wish once.
    const act = e.repeat && !/^(Arrow|Tab)/.test(e.key) ? () => {} : actionOf(e, stage, back);
    if (!act) return;
    e.preventDefault();
    act();
  });
  document.addEventListener('pointerdown', () => delete root.dataset.keys, true);
  document.addEventListener('contextmenu', (e) => e.preventDefault());
  document.addEventListener('focusin', ({ target }) => {
    if (settling || !root.dataset.keys || !(target instanceof HTMLElement)) return;
    // The key of the other language is made anew when it has been pressed: then the screen is read.
    const again = target.dataset.mode === 'lang' && last === 'lang';
    last = target.dataset.mode ?? '';
    if (!again) readAloud(wordsOf(target, stage));
  });
  new MutationObserver(() => number(stage)).observe(stage, { childList: true, subtree: true });
}

/** Fingers tremble: the second of two touches so close is not meant. */
function guard() {
  let last = -Infinity;
  document.addEventListener('click', (e) => {
    if (e.timeStamp - last < DEBOUNCE) {
      e.stopPropagation();
      e.preventDefault();
      return;
    }
    last = e.timeStamp;
  }, true);
}

/** The first key: numbers appear beside the choices. @param {HTMLElement} stage */
function begin(stage) {
  if (root.dataset.keys) return;
  root.dataset.keys = 'on';
  number(stage);
}

/**
 * Where the focus is on a new screen: on the heading, for those who listen to a
 * screen reader; on the first choice, for those who use keys.
 * @param {HTMLElement} stage
 */
export function settle(stage) {
  settling = true;
  const kept = stage.contains(document.activeElement) && document.activeElement?.matches('[data-mode]');
  const first = root.dataset.keys ? choices(stage).find(usable) : null;
  if (!kept) (first ?? stage.querySelector('h1'))?.focus({ preventScroll: true });
  settling = false;
}

/** @param {KeyboardEvent} e @param {HTMLElement} stage @param {() => void} back @returns {(() => void) | undefined} */
function actionOf(e, stage, back) {
  const asking = document.querySelector('dialog[open]');
  // A number pad without its lock says End and Home for 1 and 7: there the place of the key counts.
  const digit = /^Numpad(\d)$/.exec(e.code)?.[1] ?? /^\d$/.exec(e.key)?.[0];
  if (digit && digit !== '0') return () => choices(asking ?? stage)[Number(digit) - 1]?.click();
  switch (e.key) {
    case 'ArrowDown': case 'ArrowRight': return () => walk(asking ?? stage, 1);
    case 'ArrowUp': case 'ArrowLeft': return () => walk(asking ?? stage, -1);
    case '#': return () => /** @type {HTMLElement | null} */ (document.activeElement)?.click();
    case 'Enter': return document.activeElement?.matches('button, a') ? undefined : () => walk(asking ?? stage, 1);
    case '*': case 'r': case 'R': return repeat;
    case 'v': case 'V': return reading.get() ? louder : undefined;
  }
  if (asking) return undefined; // Escape is the dialog's own
  if (digit === '0') return back;
  switch (e.key) {
    case 'Backspace': case 'Escape': return back;
    case '+': case 'PageDown': return () => turn(stage, 1);
    case '-': case 'PageUp': return () => turn(stage, -1);
    case 'h': case 'H': case '.': case ',': return () => press(stage, 'help');
    case 'l': case 'L': case '/': return () => press(stage, 'lang');
  }
  return undefined;
}

/** @param {HTMLElement} el */
const visible = (el) => el.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true });

/** @param {HTMLElement} el */
const usable = (el) => !(/** @type {HTMLButtonElement} */ (el).disabled);

/**
 * What the digits choose. A tile that cannot be taken keeps its number: the
 * others stay where they are.
 * @param {Element} within
 * @returns {HTMLElement[]}
 */
function choices(within) {
  const shown = buttonsIn(within, within.matches('dialog') ? '' : 'main ').filter((b) => visible(b) && !b.closest('.pages, .letters, footer'));
  const tiles = shown.filter((b) => b.matches('.tile'));
  if (tiles.length > 0) return [...tiles, ...shown.filter((b) => b.closest('.wide'))].slice(0, 9);
  if (within.querySelector('.letters')) return []; // digits are typed there
  const onward = shown.filter((b) => b.matches('.go'));
  return [...onward, ...shown.filter((b) => !b.matches('.go'))].slice(0, 9);
}

/** Shows beside each choice the key that takes it, once keys are used. @param {HTMLElement} stage */
function number(stage) {
  if (!root.dataset.keys) return;
  const now = choices(stage);
  for (const el of stage.querySelectorAll('[data-key]')) if (!now.includes(/** @type {HTMLElement} */ (el))) el.removeAttribute('data-key');
  now.forEach((el, i) => {
    if (el.dataset.key !== String(i + 1)) el.dataset.key = String(i + 1);
  });
}

/** @param {Element} within @param {string} below "main " or nothing @returns {HTMLElement[]} */
function buttonsIn(within, below) {
  /** @type {NodeListOf<HTMLElement>} */
  const list = within.querySelectorAll(`${below}button, ${below}a[href]`);
  return [...list];
}

/** @param {Element} within @param {1 | -1} by */
function walk(within, by) {
  const all = buttonsIn(within, '').filter((b) => usable(b) && visible(b));
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const first = Math.max(0, all.indexOf(/** @type {HTMLElement} */ (choices(within).find(usable))));
  const to = at >= 0 ? (at + by + all.length) % all.length : by > 0 ? first : all.length - 1;
  all[to]?.focus();
}

/** The next page of tiles; a screen without pages is walked. @param {HTMLElement} stage @param {1 | -1} by */
function turn(stage, by) {
  const turns = buttonsIn(stage, '.pages '); // the page before, the next page; at either end one of them is hidden
  if (!turns.some(visible)) return walk(stage, by);
  const button = turns[by > 0 ? turns.length - 1 : 0];
  if (!visible(button) || !usable(button)) return;
  button.click();
  choices(stage).find(usable)?.focus();
}

/** @param {HTMLElement} stage @param {string} mode */
const press = (stage, mode) => /** @type {HTMLElement | null} */ (stage.querySelector(`[data-mode="${mode}"]`))?.click();

/**
 * What is said of a button when the focus comes to it: its number, its words, and
 * for a switch whether it is on.
 * @param {HTMLElement} el
 * @param {HTMLElement} stage
 * @returns {Said[]}
 */
function wordsOf(el, stage) {
  if (!el.matches('button, a')) return [];
  const title = textOf(el.querySelector('strong') ?? el), more = el.querySelector('small');
  const at = choices(el.closest('dialog') ?? stage).indexOf(el) + 1;
  /** @type {Said[]} */
  const list = [at > 0 ? { key: 'k.say.plain', args: { n: at, name: title } } : title];
  if (more?.textContent) list.push(textOf(more));
  if (el.getAttribute('aria-pressed') === 'true') list.push({ key: 'k.read.pressed' });
  return list;
}

/** @param {Element} el @returns {Said} */
function textOf(el) {
  const text = el.getAttribute('aria-label') ?? el.textContent ?? '';
  return { name: { vi: text, en: text } };
}
