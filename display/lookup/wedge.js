// Scanners that type like a keyboard. What they type may hold a person's name and
// number beside the code, so letters that come as fast as a machine's are held
// back until it is known what they are: a scan is shown nowhere, typing goes on
// its way.
import { codeIn } from '/lookup/code.js';

/** Keys that follow one another faster than this, ms, come from a machine. */
const FAST = 45;
/** Nobody types so much at that pace. */
const LONG = 40;

/**
 * @param {(text: string) => void} scan told a whole scan
 */
export function holdTyping(scan) {
  /** @type {string[]} */
  let burst = [];
  let timer = 0, passing = false;

  const pass = (/** @type {string} */ key) => {
    passing = true;
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    passing = false;
  };
  /** @returns {boolean} whether it was a scan */
  const flush = () => {
    window.clearTimeout(timer);
    const keys = burst, text = keys.join('');
    burst = [];
    const whole = isScan(text);
    if (whole) scan(text);
    else keys.forEach(pass);
    return whole;
  };
  /** @param {KeyboardEvent} e @returns {boolean} whether nobody else shall hear of it */
  const take = (e) => {
    if (e.key.length !== 1) return burst.length > 0 && flush() && (e.key === 'Enter' || e.key === 'Tab');
    if (burst.length === 0 && (e.key === ' ' || e.repeat)) return false; // a space presses what has the focus
    burst.push(e.key);
    window.clearTimeout(timer);
    timer = window.setTimeout(flush, FAST);
    return true;
  };
  addEventListener('keydown', (e) => {
    if (passing || e.ctrlKey || e.altKey || e.metaKey || e.key === 'Shift' || !take(e)) return;
    e.preventDefault();
    e.stopImmediatePropagation();
  }, true);
}

/**
 * A receipt, a card, or anything else that no hand has typed. A code alone, as its
 * owner may type it, is none: it is typed where codes are asked for.
 * @param {string} text
 */
function isScan(text) {
  return text.length >= LONG || codeIn(text) !== '' || /\d{9}|\|/.test(text) && !/^[\d.\- ]*[GH]\d[\d.\- ]*$/i.test(text);
}
