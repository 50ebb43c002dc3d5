// The form of what a hall knows of a procedure: its own fee, what it promises, what
// can be done online, the words people use, where the forms lie.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { date, readDate } from '/admin/procedures_words.js';

/**
 * @typedef {object} Own
 * @property {string} code
 * @property {string} [fee]
 * @property {string} [resolution]
 * @property {string} [fee_from]
 * @property {boolean} [on_the_spot]
 * @property {{unit?: string, amount?: number}} [promise]
 * @property {string} [online]
 * @property {string} [online_url]
 * @property {{from: string, text: {vi: string, en?: string}}} [late]
 * @property {string[]} [words]
 * @property {Record<string, string>} [forms]
 */

/** Sentences for the parts that cannot be kept, by their names in a refusal. @type {Record<string, () => string>} */
const faults = {
  fee: () => t('a.p.own.e.fee'), resolution: () => t('a.p.own.e.resolution'), fee_from: () => t('a.p.own.e.fee_from'), promise: () => t('a.p.own.e.promise'),
  online: () => t('a.p.own.e.online'), online_url: () => t('a.p.own.e.url'), late: () => t('a.p.own.e.late'), words: () => t('a.p.own.e.words'), forms: () => t('a.p.own.e.forms'),
};

/** The forms that a record names, in its order. @param {Record<string, any>} p @returns {string[]} */
export function forms(p) {
  /** @type {{form?: string}[]} */
  const papers = (p.documents ?? []).flatMap((/** @type {{items?: {form?: string}[]}} */ g) => g.items ?? []);
  return [...new Set(papers.map((d) => d.form ?? '').filter((name) => name !== '' && !/^https?:/.test(name)))];
}

/** @param {Own} own @param {string[]} named forms of the record */
export function ownForm(own, named) {
  /** @param {string} type @param {string | number | undefined} value @param {Record<string, unknown>} [more] */
  const box = (type, value, more) => h('input', { type, value: value ?? '', autocomplete: 'off', ...more });
  const fee = box('text', own.fee, { maxlength: 500 }), resolution = box('text', own.resolution, { maxlength: 500 }), since = box('text', date(own.fee_from ?? ''), { inputmode: 'numeric', maxlength: 10, placeholder: t('a.p.day') });
  const spot = h('input', { type: 'checkbox', checked: own.on_the_spot });
  const amount = box('number', own.promise?.amount || '', { min: 0, max: 365, step: 0.5 });
  const unit = choice(own.promise?.unit, { '': t('a.p.own.promise.none'), half_days: t('a.p.own.promise.half'), working_days: t('a.p.own.promise.working'), calendar_days: t('a.p.own.promise.days'), this_week: t('a.p.own.promise.week') });
  const online = choice(own.online, { '': t('a.p.own.online.unsaid'), full: t('a.p.own.online.full'), part: t('a.p.own.online.part'), none: t('a.p.own.online.none') });
  const url = box('url', own.online_url, { placeholder: 'https://' });
  const from = box('text', own.late?.from, { inputmode: 'numeric', maxlength: 5, placeholder: '15:00' }), lateVI = box('text', own.late?.text.vi, { maxlength: 500 }), lateEN = box('text', own.late?.text.en, { maxlength: 500 });
  const words = h('textarea', { rows: 3 });
  words.value = (own.words ?? []).join('\n');
  const addresses = [...new Set([...named, ...Object.keys(own.forms ?? {})])].map((name) => ({ name, box: box('url', own.forms?.[name], { placeholder: 'https://' }) }));
  const newName = box('text', ''), newAddress = box('url', '', { placeholder: 'https://' });
  /** @type {Record<string, HTMLElement>} */
  const places = { fee, resolution, fee_from: since, promise: amount, online, online_url: url, late: lateVI, words, forms: addresses[0]?.box ?? newAddress };
  const label = (/** @type {string} */ text, /** @type {HTMLElement} */ input) => h('label', null, text, input);

  /** Marks a part and gives its sentence; "" when nobody knows it. @param {string} part */
  function wrong(part) {
    for (const el of Object.values(places)) el.removeAttribute('aria-invalid');
    if (!faults[part]) return '';
    places[part].setAttribute('aria-invalid', 'true');
    places[part].focus();
    return faults[part]();
  }

  /** What can be seen before anything is sent. */
  function check() {
    const badTime = !/^(([01]\d|2[0-3]):[0-5]\d)?$/.test(from.value.trim()) || (from.value !== '') !== (lateVI.value.trim() !== '');
    const badUnit = unit.value === '' || unit.value === 'this_week' ? amount.value !== '' : !(amount.valueAsNumber > 0);
    const address = (/** @type {HTMLInputElement} */ input) => input.value.trim() === '' || /^https:\/\/[^\s/]/.test(input.value.trim());
    const badForms = [...addresses.map((a) => a.box), newAddress].some((a) => !address(a)) || (newName.value.trim() !== '') !== (newAddress.value.trim() !== '');
    /** @type {[string, boolean][]} */
    const checks = [['resolution', (fee.value.trim() === '') !== (resolution.value.trim() === '')], ['fee_from', readDate(since.value) === null],
      ['promise', badUnit || amount.validity.badInput], ['online_url', !address(url)], ['late', badTime], ['forms', badForms]];
    return wrong(checks.find(([, bad]) => bad)?.[0] ?? '');
  }

  /** @returns {Own} */
  function value() {
    const pairs = addresses.map((a) => [a.name, a.box.value.trim()]).concat([[newName.value.trim(), newAddress.value.trim()]]).filter(([name, at]) => name && at);
    return {
      code: own.code, fee: fee.value.trim(), resolution: resolution.value.trim(), fee_from: readDate(since.value) ?? '', on_the_spot: spot.checked,
      promise: unit.value === '' ? {} : { unit: unit.value, amount: amount.valueAsNumber || 0 }, online: online.value, online_url: url.value.trim(),
      late: { from: from.value.trim(), text: { vi: lateVI.value.trim(), en: lateEN.value.trim() } },
      words: words.value.split('\n').map((w) => w.trim()).filter(Boolean), forms: Object.fromEntries(pairs),
    };
  }

  const el = h('div', { class: 'fields' },
    h('fieldset', null, h('legend', null, t('a.p.own.fees')), label(t('a.p.own.fee'), fee), label(t('a.p.own.resolution'), resolution), label(t('a.p.own.since'), since)),
    h('fieldset', null, h('legend', null, t('a.p.own.time')), h('label', { class: 'tick' }, spot, t('a.p.own.spot')), label(t('a.p.own.promise'), unit), label(t('a.p.own.amount'), amount),
      label(t('a.p.own.late.from'), from), label(t('a.p.own.late.vi'), lateVI), label(t('a.p.own.late.en'), lateEN)),
    h('fieldset', null, h('legend', null, t('a.p.own.on')), label(t('a.p.own.online'), online), label(t('a.p.own.url'), url)),
    label(t('a.p.own.words'), words),
    h('fieldset', null, h('legend', null, t('a.p.own.forms')), addresses.map((a) => h('label', null, h('span', { lang: 'vi' }, a.name), a.box)),
      label(t('a.p.own.form.name'), newName), label(t('a.p.own.form.url'), newAddress)));
  return { el, check, value, wrong };
}

/** @param {string | undefined} value @param {Record<string, string>} options */
function choice(value, options) {
  const select = h('select', null, Object.entries(options).map(([id, name]) => h('option', { value: id }, name)));
  select.value = value ?? '';
  return select;
}
