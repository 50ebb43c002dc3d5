// The four questions that may follow a rating. They are the indicators that only
// the visitor can answer: 1 (time), 3 (coming again), 4 (offices) and 7 (conduct)
// of circular 01/2018/TT-VPCP, article 13, each worth 2, 1 or 0 points.
import { t } from '/web/i18n.js';

/** @typedef {'q1'|'q3'|'q4'|'q7'} Question */
/** @typedef {Partial<Record<Question, number>>} Answers points by question; what was left out is missing */

/** Each with its answers, the best first. @type {{id: Question, text: () => string, answers: (() => string)[]}[]} */
export const questions = [
  { id: 'q1', text: () => t('r.q1'), answers: [() => t('r.q1.2'), () => t('r.q1.1'), () => t('r.q1.0')] },
  { id: 'q3', text: () => t('r.q3'), answers: [() => t('r.q3.2'), () => t('r.q3.1'), () => t('r.q3.0')] },
  { id: 'q4', text: () => t('r.q4'), answers: [() => t('r.q4.2'), () => t('r.q4.1'), () => t('r.q4.0')] },
  { id: 'q7', text: () => t('r.q7'), answers: [() => t('r.q7.2'), () => t('r.q7.1'), () => t('r.q7.0')] },
];

/** What an answer is worth. @param {number} place 0 = the best */
export const points = (place) => 2 - place;
