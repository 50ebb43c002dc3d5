// A question before something that cannot be taken back.
import { h, mount } from '/web/dom.js';

/**
 * @param {{question: string, more: string, yes: string, no: string}} words
 * @returns {Promise<boolean>}
 */
export function ask({ question, more, yes, no }) {
  return new Promise((answer) => {
    const dialog = h('dialog', { 'aria-labelledby': 'ask-h' });
    const close = (/** @type {boolean} */ sure) => () => {
      dialog.close();
      dialog.remove();
      answer(sure);
    };
    mount(dialog,
      h('h2', { id: 'ask-h' }, question),
      h('p', { class: 'sub' }, more),
      h('div', { class: 'pair' },
        h('button', { type: 'button', class: 'act', onclick: close(true) }, yes),
        h('button', { type: 'button', class: 'act go', onclick: close(false) }, no)));
    dialog.addEventListener('cancel', close(false));
    document.body.append(dialog);
    dialog.showModal();
  });
}
