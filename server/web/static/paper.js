// A rating that somebody left on paper, entered by staff: which number of which
// day, the mark, the reasons, the four questions. It is kept as "paper", with
// nothing of who wrote it. Staff pages alone have it.
import { newKey, post } from '/web/api.js';
import { h } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { points, questions } from '/web/questions.js';
import { day, dayDate } from '/web/time.js';
import { wholeNumber } from '/desk/model.js';
import { isLow } from '/rate/window.js';

/** @typedef {import('/web/types.js').Branch} Branch */
/** @typedef {{rating: {level: number, reasons?: string[], source: 'paper', number: string, day: string}, answers: import('/web/questions.js').Answers}} Entry */

/** Paper may come until the end of the next working day: holidays between make it some days. */
const DAYS = 12;
const DAY = 86_400_000;

let count = 0;

/**
 * The fields, and what is in them.
 * @param {Branch} branch
 * @param {number} now the hall's time, ms
 */
export function paperFields(branch, now) {
  const id = `paper${count += 1}`;
  const number = h('input', { type: 'text', class: 'num', autocomplete: 'off', maxlength: 10, placeholder: 'A012', 'data-first': true });
  const days = Array.from({ length: DAYS }, (_, i) => now - i * DAY);
  const when = h('select', null, days.map((at, i) => h('option', { value: day(at) }, i === 0 ? t('r.paper.today') : dayDate(at))));
  const fault = h('p', { class: 'fault', role: 'alert' });
  const { levels, reasons } = branch.rating;
  const levelBoxes = levels.map((_, i) => h('input', { type: 'radio', name: `${id}-level`, value: i + 1 }));
  const reasonBoxes = (reasons ?? []).map((r) => h('input', { type: 'checkbox', value: r.id }));
  const why = h('fieldset', { hidden: true }, h('legend', null, t('r.why')), h('div', { class: 'choices' }, (reasons ?? []).map((r, i) => h('label', { class: 'choice' }, reasonBoxes[i], named(r.name)))));
  const scale = h('fieldset', null, h('legend', null, t('r.paper.level')), h('div', { class: 'choices' }, levels.map((l, i) => h('label', { class: 'choice' }, levelBoxes[i], named(l.name)))));
  const level = () => levelBoxes.findIndex((b) => b.checked) + 1;
  scale.addEventListener('change', () => { why.hidden = reasonBoxes.length === 0 || !isLow(levels, level()); });
  const asked = questions.map((q) => {
    const boxes = q.answers.map((_, i) => h('input', { type: 'radio', name: `${id}-${q.id}`, value: points(i) }));
    const none = h('input', { type: 'radio', name: `${id}-${q.id}`, value: '', checked: true });
    return {
      id: q.id, value: () => boxes.find((b) => b.checked)?.value,
      el: h('fieldset', null, h('legend', null, q.text()), h('div', { class: 'choices' }, q.answers.map((words, i) => h('label', { class: 'choice' }, boxes[i], words())), h('label', { class: 'choice' }, none, t('r.paper.blank')))),
    };
  });
  const field = (/** @type {string} */ label, /** @type {HTMLElement} */ box) => h('label', { class: 'field' }, h('span', { class: 'label' }, label), box);
  const els = [
    h('div', { class: 'pair' }, field(t('r.paper.number'), number), field(t('r.paper.day'), when)), scale, why,
    h('details', null, h('summary', null, t('r.paper.form')), asked.map((q) => q.el)), fault,
  ];

  /** What has been filled in; null, and said so, when something is missing. @returns {Entry | null} */
  function read() {
    const whole = wholeNumber(number.value);
    fault.textContent = !whole ? t('r.paper.nonumber') : level() === 0 ? t('r.paper.nolevel') : '';
    if (fault.textContent) {
      (whole ? levelBoxes[0] : number).focus();
      return null;
    }
    const chosen = why.hidden ? [] : reasonBoxes.filter((b) => b.checked).map((b) => b.value);
    /** @type {import('/web/questions.js').Answers} */
    const answers = {};
    for (const q of asked) {
      const value = q.value();
      if (value !== undefined) answers[q.id] = Number(value);
    }
    return { rating: { level: level(), source: 'paper', number: whole, day: when.value, ...(chosen.length > 0 && { reasons: chosen }) }, answers };
  }
  return { els, read, refuse: (/** @type {string} */ text) => { fault.textContent = text; } };
}

/**
 * Sends the mark, then the answers. Gives a sentence for who entered it.
 * @param {string} branch @param {string} counter any counter of the hall: the number says whose visit it was
 * @param {Entry} entry
 * @returns {Promise<{ok: boolean, text: string}>}
 */
export async function sendPaper(branch, counter, { rating, answers }) {
  const path = `/api/v1/branches/${encodeURIComponent(branch)}/counters/${encodeURIComponent(counter)}`;
  const mark = await post(`${path}/ratings`, rating, { key: newKey() });
  if (!mark.ok) return { ok: false, text: refusal(mark.code) };
  const { number } = rating;
  if (Object.keys(answers).length === 0) return { ok: true, text: t('r.paper.done', { number }) };
  const form = await post(`${path}/form`, { source: 'paper', transaction: mark.body.id, ...answers }, { key: newKey() });
  return { ok: true, text: form.ok ? t('r.paper.done', { number }) : t('r.paper.half', { number, why: sentence(form.code) }) };
}

/** @param {string} code */
function refusal(code) {
  if (code === 'unknown_ticket') return t('r.paper.unknown');
  if (code === 'nothing_to_rate') return t('r.paper.late');
  return code === 'already_rated' ? t('r.paper.twice') : sentence(code);
}
