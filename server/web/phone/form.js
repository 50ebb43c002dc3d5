// The four questions after a rating, for who likes to answer. Fetched when asked for.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { newKey, post } from '/web/api.js';
import { points, questions } from '/web/questions.js';

/** @typedef {import('/web/types.js').Ticket} Ticket */

/**
 * Puts the questions into a card; what is filled in stays until it is sent or left.
 * @param {HTMLElement} el
 * @param {Ticket} ticket
 * @param {(thanks: string) => void} done what to say when it is over
 */
export function fourQuestions(el, ticket, done) {
  const key = newKey(), fault = h('p', { class: 'sub', role: 'alert' }), title = h('h2', { tabindex: -1 }, t('r.form.open'));
  const form = h('form', { class: 'four', onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void send(); } },
    title, h('p', { class: 'sub' }, t('r.form.hint')),
    questions.map((q) => h('fieldset', null, h('legend', null, q.text()), h('div', { class: 'reasons' }, q.answers.map((words, i) =>
      h('label', null, h('input', { type: 'radio', name: q.id, value: points(i) }), words()))))),
    fault,
    h('div', { class: 'pair' },
      h('button', { type: 'button', class: 'act', onclick: () => done('') }, t('r.skip')),
      h('button', { class: 'act go' }, t('r.form.send'))));

  async function send() {
    const answers = Object.fromEntries([...new FormData(form)].map(([id, value]) => [id, Number(value)]));
    if (Object.keys(answers).length === 0) return done('');
    const answer = await post(`/api/v1/tickets/${encodeURIComponent(ticket.token)}/form`, answers, { key });
    if (answer.ok || answer.code === 'already_rated') done(t('r.form.thanks'));
    else fault.textContent = answer.code === 'nothing_to_rate' ? t('r.late') : t('r.fail');
  }

  mount(el, form);
  title.focus();
}
