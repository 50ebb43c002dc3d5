// The four questions on the tablet, one at a time, after a mark. They are a gift of
// the visitor's time: each may be passed over, and nothing waits for them.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { points, questions } from '/web/questions.js';

/**
 * at: place of the question that stands; answers: those given so far.
 * @typedef {{is: 'form', tx: string, at: number, answers: import('/web/questions.js').Answers, end: number}} FormStep
 */

/** How many there are. */
export const MANY = questions.length;

/**
 * The page of the question that stands.
 * @param {FormStep} step
 * @param {HTMLElement} left the seconds until it goes by itself
 * @param {(value: number | null) => void} answer null: passed over
 * @param {() => void} stop no more questions
 */
export function formPage(step, left, answer, stop) {
  const q = questions[step.at];
  return [
    h('main', null,
      h('p', { class: 'head' }, icon('heart'), h('span', null, t('r.thanks')), h('b', null, t('r.form.step', { n: step.at + 1, of: MANY }))),
      h('h1', null, q.text()),
      h('div', { class: 'reasons three' }, q.answers.map((words, i) =>
        h('button', { type: 'button', 'data-points': points(i), onclick: () => answer(points(i)) }, h('span', null, words())))),
      h('div', { class: 'acts' },
        h('button', { type: 'button', class: 'skip', onclick: stop }, t('r.form.stop')),
        h('button', { type: 'button', class: 'pass', onclick: () => answer(null) }, t('r.form.pass')))),
    h('footer', null, h('span', null, t('r.anon')), h('span', null, t('r.skip.before'), left, t('r.skip.after'))),
  ];
}
