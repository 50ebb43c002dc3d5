// The row under the buttons: what was just done, with its undo for five
// seconds; why something was refused; else when the present visit was called.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** The store takes a command back for so long (product rules). */
const UNDO = 5000;
const SAID = 4000;
const REFUSED = 8000;

/** @typedef {ReturnType<typeof feedback>} Foot */

/**
 * @param {Element} el
 * @param {() => void} undo
 */
export function feedback(el, undo) {
  const words = h('span'), left = h('span', { 'aria-hidden': 'true' });
  const bar = h('div', { class: 'undo', hidden: true }, h('span', { role: 'status' }, words),
    h('button', { type: 'button', 'data-verb': 'undo', onclick: undo }, t('d.undo'), left));
  const refused = h('p', { class: 'refusal', role: 'alert', hidden: true });
  const done = h('p', { class: 'done', role: 'status', hidden: true });
  const note = h('p', { class: 'note' });
  el.append(bar, refused, done, note);
  let until = 0, timer = 0, tick = 0;

  /** @param {HTMLElement | null} which */
  function show(which) {
    window.clearTimeout(timer);
    window.clearInterval(tick);
    until = 0;
    for (const x of [bar, refused, done]) x.hidden = x !== which;
    for (const x of [words, refused, done]) x.textContent = '';
    note.hidden = which !== null;
  }
  const clear = () => show(null);
  const count = () => {
    left.textContent = ` ${t('d.undo.left', { n: Math.max(1, Math.ceil((until - performance.now()) / 1000)) })}`;
  };

  return {
    clear,
    /** Something that can be taken back was done. @param {string} text */
    offer(text) {
      show(bar);
      words.textContent = text;
      until = performance.now() + UNDO;
      count();
      tick = window.setInterval(count, 250);
      timer = window.setTimeout(clear, UNDO);
    },
    /** @param {string} text */
    say(text) {
      show(done);
      done.textContent = text;
      timer = window.setTimeout(clear, SAID);
    },
    /** @param {string} text */
    refuse(text) {
      show(refused);
      refused.textContent = text;
      timer = window.setTimeout(clear, REFUSED);
    },
    canUndo: () => until > performance.now(),
    /** What stands here when nothing was just done. @param {string} text */
    note(text) {
      if (note.textContent !== text) note.textContent = text;
    },
  };
}
