// The fields of the hall's settings. Each writes straight into the draft and is
// known by its place in the document, so that a refusal is shown where it belongs.
import { h } from '/web/dom.js';
import { named, t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{el: HTMLElement, box: HTMLElement, fault: HTMLElement}} Field */
/** @typedef {Record<string, any>} Bag a part of the draft */
/** @typedef {{place: string, name: Text, what: Text}} Problem what the server says is wrong, and where in the document */
/** @typedef {{problem: Problem, field?: Field}} Shown */

/** Strings as the server keeps them. @param {string} s */
export const tidy = (s) => s.normalize('NFC').replace(/\s+/g, ' ').trim();

/** All fields on the page by place. */
export class Fields {
  constructor(/** @type {() => void} */ changed) {
    this.changed = changed;
    /** @type {Map<string, Field>} */
    this.known = new Map();
    this.count = 0;
  }

  /**
   * @param {string} place @param {string} label @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} box
   * @param {{hint?: string, wide?: boolean}} [more]
   */
  field(place, label, box, { hint = '', wide = false } = {}) {
    const id = `f${this.count += 1}`;
    box.setAttribute('aria-describedby', id);
    const fault = h('small', { class: 'fault', id });
    const el = h('label', { class: wide ? 'wide' : null, 'data-place': place }, h('span', null, label), hint && h('small', null, hint), box, fault);
    box.addEventListener('input', () => {
      this.clear({ el, box, fault });
      this.changed();
    });
    this.known.set(place, { el, box, fault });
    return el;
  }

  /**
   * One line. @param {string} place @param {string} label @param {Bag} bag @param {string} key
   * @param {{hint?: string, wide?: boolean, max?: number, type?: string, lang?: string, drop?: boolean}} [more] drop: what is empty is not in the bag
   */
  line(place, label, bag, key, { max = 160, type = 'text', lang, drop = false, ...more } = {}) {
    /** @type {HTMLInputElement | HTMLTextAreaElement} what may be long is seen whole */
    const box = max > 200 ? h('textarea', { rows: 2, maxlength: max, lang }) : h('input', { type, maxlength: max, lang });
    box.addEventListener('input', () => {
      bag[key] = tidy(box.value);
      if (drop && bag[key] === '') delete bag[key];
    });
    box.value = bag[key] ?? '';
    return this.field(place, label, box, more);
  }

  /**
   * A number; nothing is 0. @param {string} place @param {string} label @param {Bag} bag @param {string} key
   * @param {{hint?: string, most: number, step?: number, drop?: boolean}} more drop: what is empty is not in the bag
   */
  number(place, label, bag, key, { most, step = 1, drop = false, ...more }) {
    const box = h('input', { type: 'number', min: 0, max: most, step, inputmode: step < 1 ? 'decimal' : 'numeric', oninput: () => {
      bag[key] = Number((Math.round((Number(box.value) || 0) / step) * step).toFixed(2));
      if (drop && box.value === '') delete bag[key];
    } });
    box.value = bag[key] ? String(bag[key]) : '';
    return this.field(place, label, box, more);
  }

  /** A list, an entry a line. @param {string} place @param {string} label @param {Bag} bag @param {string} key @param {string} hint */
  lines(place, label, bag, key, hint) {
    const box = h('textarea', { rows: 2, oninput: () => { bag[key] = box.value.split('\n').map(tidy).filter(Boolean); } });
    box.value = (bag[key] ?? []).join('\n');
    return this.field(place, label, box, { hint });
  }

  /** A text in both languages. @param {string} place @param {string} label @param {Bag} bag @param {string} key @param {number} [max] */
  text(place, label, bag, key, max = 160) {
    const text = /** @type {Bag} */ (bag[key] ??= { vi: '' });
    return [
      this.line(`${place}.vi`, t('a.h.vi', { what: label }), text, 'vi', { max, lang: 'vi' }),
      this.line(`${place}.en`, t('a.h.en', { what: label }), text, 'en', { max, lang: 'en' }),
    ];
  }

  /** @param {string} label @param {Bag} bag @param {string} key */
  tick(label, bag, key) {
    const box = h('input', { type: 'checkbox', checked: Boolean(bag[key]), onchange: () => { bag[key] = box.checked; this.changed(); } });
    return h('label', { class: 'tick' }, box, label);
  }

  /** @param {Field} f */
  clear(f) {
    f.fault.textContent = '';
    f.box.removeAttribute('aria-invalid');
  }

  /**
   * Writes each problem at the field it is about; the list says which were found.
   * @param {Problem[]} problems @returns {Shown[]}
   */
  show(problems) {
    return problems.map((problem) => {
      const field = this.find(problem.place);
      if (field) {
        field.fault.textContent = named(problem.what);
        field.box.setAttribute('aria-invalid', 'true');
      }
      return { problem, field };
    });
  }

  /** Takes every fault away. */
  quiet() {
    for (const field of this.known.values()) this.clear(field);
  }

  /** Brings a field into sight, whatever it is folded in. @param {Field} field */
  go(field) {
    for (let fold = field.el.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
    field.el.dispatchEvent(new CustomEvent('reveal', { bubbles: true })); // to the tab it lies in
    field.box.focus();
    field.el.scrollIntoView({ block: 'center' });
  }

  /** The field of a place, or of what it is a part of. @param {string} place @returns {Field | undefined} */
  find(place) {
    for (let at = place; at; at = at.replace(/(\.[\w-]+|\[\d+\]|^[\w-]+)$/, '')) {
      for (const name of [at, `${at}.text.vi`]) {
        const field = this.known.get(name);
        if (field?.el.isConnected) return field;
      }
    }
    return undefined;
  }
}
