// A password that was made for somebody: it is shown this once, large enough to be
// copied by hand onto a slip of paper.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @param {{name: string, login: string}} person @param {string} secret */
export function showOnce(person, secret) {
  const done = h('button', { type: 'button', class: 'go', onclick: () => box.close() }, t('pe.once.done'));
  const box = h('dialog', { class: 'once', 'aria-labelledby': 'once-h', onclose: () => box.remove() },
    h('h2', { id: 'once-h' }, t('pe.once', { name: person.name })),
    h('dl', null, h('dt', null, t('pe.login')), h('dd', null, person.login), h('dt', null, t('pe.once.password')), h('dd', { class: 'secret' }, secret)),
    h('p', null, t('pe.once.what')), h('div', { class: 'acts' }, done));
  document.body.append(box);
  box.showModal();
  done.focus();
}
