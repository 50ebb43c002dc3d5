// The fields of the hall's settings. Each writes straight into the draft and is
// known by its place in the document, so that a refusal is shown where it belongs.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{el: HTMLElement, box: HTMLElement, fault: HTMLElement}} Field */
/** @typedef {Record<string, any>} Bag a part of the draft */

/** Strings as the server keeps them. @param {string} s */
export const tidy = (s) => s.normalize('NFC').replace(/\s+/g, ' ').trim();

/** What a field says of the server's words. @type {[RegExp, () => string][]} */
const FAULTS = [
  [/is missing/, () => t('a.h.e.missing')], [/is longer/, () => t('a.h.e.long')], [/telephone/, () => t('a.h.e.phone')],
  [/e-mail/, () => t('a.h.e.email')], [/https/, () => t('a.h.e.https')], [/before the first/, () => t('a.h.e.days')],
  [/file or a text/, () => t('a.h.e.slide')], [/procedure's code/, () => t('a.h.e.code')], [/entries/, () => t('a.h.e.many')],
  [/best first/, () => t('a.h.e.order')], [/must be -?[\d]+ to [\d]+/, () => t('a.h.e.number')],
];

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
   * @param {{hint?: string, wide?: boolean, max?: number, type?: string, lang?: string}} [more]
   */
  line(place, label, bag, key, { max = 160, type = 'text', lang, ...more } = {}) {
    /** @type {HTMLInputElement | HTMLTextAreaElement} what may be long is seen whole */
    const box = max > 200 ? h('textarea', { rows: 2, maxlength: max, lang }) : h('input', { type, maxlength: max, lang });
    box.addEventListener('input', () => { bag[key] = tidy(box.value); });
    box.value = bag[key] ?? '';
    return this.field(place, label, box, more);
  }

  /** A number; nothing is 0. @param {string} place @param {string} label @param {Bag} bag @param {string} key @param {{hint?: string, most: number}} more */
  number(place, label, bag, key, { most, ...more }) {
    const box = h('input', { type: 'number', min: 0, max: most, inputmode: 'numeric', oninput: () => { bag[key] = Math.round(Number(box.value)) || 0; } });
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
   * Shows a refusal at the fields it names; gives what belongs to none of them.
   * @param {string} detail "hall.portal: must be …; hall.conduct[0].vi: is missing"
   */
  show(detail) {
    let first = true;
    const rest = [];
    for (const part of detail.split('; ')) {
      const [, place = '', what = part] = /^([\w.[\]-]+): (.*)$/.exec(part) ?? [];
      const field = this.find(place);
      if (!field) {
        rest.push(part);
        continue;
      }
      field.fault.textContent = FAULTS.find(([words]) => words.test(what))?.[1]() ?? t('a.h.e.other');
      field.box.setAttribute('aria-invalid', 'true');
      if (!first) continue;
      first = false;
      const fold = field.el.closest('details');
      if (fold) fold.open = true;
      field.box.focus();
    }
    return rest;
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
