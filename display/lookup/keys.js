// The look-up from a real keyboard. Letters search, wherever one is; arrows walk,
// Enter presses, Escape goes back, Page Up and Page Down turn the page. What a
// scanner types never comes here: /lookup/wedge.js holds it back.
import { readAloud } from '/kiosk/reader.js';
import { board } from '/lookup/keyboard.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */

/** The second of two touches so close is a tremor, ms; on the same letter of the keyboard it may be meant sooner. */
const TREMOR = 400, TYPED = 90;

const root = document.documentElement;
let settling = false;

/** Fingers tremble. */
export function guard() {
  let last = -Infinity;
  document.addEventListener('click', (e) => {
    const typing = e.target instanceof Element && e.target.closest('.keyboard');
    if (e.detail > 0 && e.timeStamp - last < (typing ? TYPED : TREMOR)) {
      e.stopPropagation();
      e.preventDefault();
      return;
    }
    last = e.timeStamp;
  }, true);
  document.addEventListener('contextmenu', (e) => e.preventDefault());
}

/**
 * @param {HTMLElement} stage
 * @param {App} app
 * @param {() => View | null} view
 * @param {() => void} back
 */
export function watchKeys(stage, app, view, back) {
  document.addEventListener('pointerdown', () => delete root.dataset.keys, true);
  document.addEventListener('focusin', ({ target }) => {
    if (settling || !root.dataset.keys || !(target instanceof HTMLElement) || !target.matches('button')) return;
    const text = target.getAttribute('aria-label') ?? target.innerText;
    readAloud([{ name: { vi: text, en: text } }]);
  });
  document.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    const act = actionOf(e, stage, app, view(), back);
    if (!act) return;
    root.dataset.keys = 'on';
    e.preventDefault();
    act();
  });
}

/** @param {KeyboardEvent} e @param {HTMLElement} stage @param {App} app @param {View | null} view @param {() => void} back @returns {(() => void) | undefined} */
function actionOf(e, stage, app, view, back) {
  const dialog = document.querySelector('dialog[open]');
  const within = dialog ?? stage, at = board();
  const pressed = document.activeElement instanceof HTMLElement && document.activeElement.matches('button, a') ? document.activeElement : null;
  switch (e.key) {
    case 'ArrowRight': case 'ArrowDown': return () => walk(within, 1);
    case 'ArrowLeft': case 'ArrowUp': return () => walk(within, -1);
    case 'PageDown': return () => turn(within, -1);
    case 'PageUp': return () => turn(within, 0);
    case 'Escape': return dialog ? undefined : back;
    case 'Backspace': return dialog ? undefined : at ? at.back : back;
    case 'Enter': return e.repeat ? () => {} : pressed ? undefined : at?.enter;
    case ' ': if (pressed && !pressed.closest('.keyboard')) return undefined;
  }
  if (dialog || e.key.length !== 1) return undefined;
  const letter = e.key;
  if (at) {
    return () => {
      pressed?.blur(); // who writes on wants the next space in the text
      at.type(letter);
    };
  }
  if (view?.type?.(letter)) return () => {};
  // A record or a list is left for a new search: nothing is lost, Back leads to it.
  if (view?.nav !== undefined && /[\p{L}\p{N}]/u.test(letter)) return () => app.search(letter);
  return undefined;
}

/** @param {Element} within */
const buttons = (within) => /** @type {HTMLElement[]} */ ([...within.querySelectorAll('button, a[href]')])
  .filter((b) => !(/** @type {HTMLButtonElement} */ (b).disabled) && b.checkVisibility({ visibilityProperty: true }));

/** @param {Element} within @param {1 | -1} by */
function walk(within, by) {
  const all = buttons(within).filter((b) => !b.closest('.keyboard'));
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const first = Math.max(0, all.findIndex((b) => b.closest('.work')));
  const to = at >= 0 ? (at + by + all.length) % all.length : by > 0 ? first : all.length - 1;
  all[to]?.focus();
}

/** @param {Element} within @param {number} which of the two keys: 0 the page before, -1 the next */
function turn(within, which) {
  for (const keys of [...within.querySelectorAll('main .turn'), ...within.querySelectorAll('.turn')]) {
    if (!keys.checkVisibility()) continue;
    /** @type {HTMLElement | undefined} */ ([...keys.querySelectorAll('button')].at(which))?.click();
    return;
  }
}

/**
 * A new screen: the focus stands on its heading, for those who listen to a screen
 * reader; who uses keys walks on from there.
 * @param {HTMLElement} stage
 */
export function settle(stage) {
  const kept = stage.contains(document.activeElement) && document.activeElement?.matches('[data-mode]');
  if (kept || document.querySelector('dialog[open]')) return;
  settling = true;
  /** @type {HTMLElement | null} */ (stage.querySelector('h1'))?.focus();
  settling = false;
}
