// A question before something that cannot be taken back, or with several answers.
import { h, mount } from '/web/dom.js';

/**
 * @template T
 * @typedef {{text: string, value: T, act?: string}} Choice `act` names the button for tests and styles
 */

/**
 * @template T
 * @param {{question: string, more: string, choices: Choice<T>[], no: string}} words `no` changes nothing and has the focus
 * @returns {Promise<T | null>} null when nothing was chosen
 */
export function ask({ question, more, choices, no }) {
  return new Promise((answer) => {
    const dialog = h('dialog', { 'aria-labelledby': 'ask-h', 'aria-describedby': 'ask-p' });
    const close = (/** @type {T | null} */ value) => () => {
      dialog.close();
      dialog.remove();
      answer(value);
    };
    const keep = h('button', { type: 'button', class: 'act go', onclick: close(null) }, no);
    mount(dialog,
      h('h2', { id: 'ask-h' }, question),
      h('p', { id: 'ask-p', class: 'sub' }, more),
      h('div', { class: 'pair' },
        choices.map((c) => h('button', { type: 'button', class: 'act', 'data-choice': String(c.value), onclick: close(c.value) }, c.text)),
        keep));
    dialog.addEventListener('cancel', close(null));
    document.body.append(dialog);
    dialog.showModal();
    keep.focus();
  });
}
