// The desk's dialogs are made here: a question, fields, two buttons. The
// browser's own <dialog> keeps the focus inside and gives it back afterwards.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/web/dom.js').Child} Child */

/**
 * Shows a dialog until it is closed.
 * @template T
 * @param {string} title
 * @param {string | undefined} why a sentence under the title
 * @param {(finish: (value: T) => void) => {body: Child[], acts?: Child[], submit?: () => void}} inside
 * @returns {Promise<T | null>} null when it was called off
 */
function dialog(title, why, inside) {
  return new Promise((resolve) => {
    /** @type {T | null} */
    let value = null;
    const { body, acts = [], submit } = inside((v) => {
      value = v;
      box.close();
    });
    const box = h('dialog', {
      class: 'ask', 'aria-labelledby': 'ask-title',
      onclose() {
        box.remove();
        resolve(value);
      },
    }, h('form', {
      method: 'dialog', novalidate: true,
      onsubmit(/** @type {Event} */ e) {
        e.preventDefault();
        submit?.();
      },
    },
      h('h2', { id: 'ask-title' }, title), why ? h('p', { class: 'why' }, why) : null,
      h('div', { class: 'body' }, body),
      h('div', { class: 'acts' }, h('button', { type: 'button', onclick: () => box.close() }, t('d.ask.no')), acts)));
    document.body.append(box);
    box.showModal();
    const first = box.querySelector('[data-first]') ?? box.querySelector('.body input:checked, .body input, .body select, .body button')
      ?? box.querySelector('button[type=submit]');
    if (first instanceof HTMLElement) first.focus();
  });
}

/**
 * Asks with fields and a button.
 * @template T
 * @param {object} question
 * @param {string} question.title
 * @param {string} [question.why]
 * @param {Child[]} [question.body]
 * @param {string} question.yes
 * @param {() => T | null} question.answer null when something is missing: the dialog stays
 * @returns {Promise<T | null>}
 */
export function ask({ title, why, body = [], yes, answer }) {
  return dialog(title, why, (/** @type {(value: T) => void} */ finish) => ({
    body, acts: [h('button', { type: 'submit' }, yes)],
    submit() {
      const v = answer();
      if (v !== null) finish(v);
    },
  }));
}

/**
 * Asks with buttons that answer at once.
 * @template T
 * @param {string} title
 * @param {{value: T, words: Child[]}[]} options
 * @param {string} [why]
 * @returns {Promise<T | null>}
 */
export function pickOne(title, options, why) {
  return dialog(title, why, (/** @type {(value: T) => void} */ finish) => ({
    body: [h('div', { class: 'picks' }, options.map((o) => h('button', { type: 'button', onclick: () => finish(o.value) }, ...o.words)))],
  }));
}

/** Closes whatever is being asked: the hall changed under it. */
export function callOff() {
  for (const d of document.querySelectorAll('dialog.ask')) if (d instanceof HTMLDialogElement) d.close();
}

/** @typedef {{value: string, label: string}} Option */

/**
 * One of several, as chips or as a list.
 * @param {string} name
 * @param {string} legend
 * @param {Option[]} options
 * @param {string} chosen
 * @param {boolean} [list] one under the other
 */
export function choice(name, legend, options, chosen, list = false) {
  const one = (/** @type {Option} */ o) => {
    const input = h('input', { type: 'radio', name, value: o.value, checked: o.value === chosen });
    return list ? h('label', { class: 'choice' }, input, o.label) : h('label', { class: 'chip' }, input, h('span', null, o.label));
  };
  return h('fieldset', null, h('legend', null, legend), h('div', { class: list ? 'choices' : 'choices wrap' }, options.map(one)));
}

/**
 * What is chosen in a fieldset of choice(); empty when nothing is.
 * @param {Element} field
 */
export function chosen(field) {
  const input = field.querySelector('input:checked');
  return input instanceof HTMLInputElement ? input.value : '';
}

/**
 * A list to choose from, for what may be long.
 * @param {string} label
 * @param {Option[]} options
 * @param {string} chosen
 */
export function select(label, options, chosen) {
  const box = h('select', null, options.map((o) => h('option', { value: o.value, selected: o.value === chosen }, o.label)));
  return { el: h('label', { class: 'field' }, h('span', { class: 'label' }, label), box), value: () => box.value };
}

/**
 * A line to write in.
 * @param {string} label
 * @param {object} [props]
 */
export function line(label, props = {}) {
  const box = h('input', { type: 'text', autocomplete: 'off', maxlength: 120, ...props });
  return { el: h('label', { class: 'field' }, h('span', { class: 'label' }, label), box), box, value: () => box.value.normalize('NFC').trim() };
}

/**
 * Why: one of the usual reasons, or one's own words.
 * @param {string} legend
 * @param {Option[]} options the last is "other"
 */
export function reason(legend, options) {
  const other = options[options.length - 1].value;
  const field = choice('reason', legend, options, '', true);
  const words = line(t('d.reason.words'), {});
  words.el.hidden = true;
  field.addEventListener('change', () => {
    words.el.hidden = chosen(field) !== other;
    if (!words.el.hidden) words.box.focus();
  });
  const fault = h('p', { class: 'fault', role: 'alert' });
  return {
    els: [field, words.el, fault],
    /** The reason; empty, and said so, when none was given. */
    value() {
      const pick = chosen(field);
      const text = pick === other ? words.value() : options.find((o) => o.value === pick)?.label ?? '';
      fault.textContent = text ? '' : t('d.reason.none');
      return text;
    },
  };
}
