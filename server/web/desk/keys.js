// The desk's keys: F2 to F10 as printed on the buttons, and a number pad for
// cheap keypads. Keys with Alt, Ctrl or Meta belong to the browser.

/** @typedef {'big'|'recall'|'end'|'noshow'|'transfer'|'number'|'park'|'invite'|'pause'|'undo'} Press */

/** @type {Record<string, Press>} by KeyboardEvent.code */
const KEYS = {
  F2: 'park', F3: 'number', F4: 'transfer', F6: 'noshow', F7: 'end', F8: 'recall', F9: 'big', F10: 'invite', Escape: 'pause',
  NumpadEnter: 'big', NumpadAdd: 'recall', NumpadSubtract: 'noshow', NumpadMultiply: 'park', NumpadDivide: 'undo',
};

/** Whether somebody is typing or answering a question: then the pad writes digits. */
function answering() {
  const at = document.activeElement;
  return document.querySelector('dialog[open]') !== null || at instanceof HTMLSelectElement
    || at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === 'text');
}

/**
 * Listens until the page goes.
 * @param {(press: Press) => void} press
 */
export function listen(press) {
  window.addEventListener('keydown', (e) => {
    const what = e.altKey || e.ctrlKey || e.metaKey || e.shiftKey ? undefined : KEYS[e.code];
    if (!what || e.isComposing) return;
    const printed = /^F\d/.test(e.code);
    if (answering()) {
      if (printed) e.preventDefault();
      return;
    }
    e.preventDefault();
    if (!e.repeat) press(what);
  });
}
