// Writing a notice. An emergency stops the whole hall, so it is looked at once
// more before it goes out; the others go out at once.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { kinds } from '/admin/notices.js';

/** @typedef {import('/admin/notices.js').Written} Written */
/** @typedef {{kind: Written, text?: {vi: string, en?: string}, machines?: string[]}} Draft */

/** Letters of a notice in one language: what every screen can still show whole. */
const MOST = 300;

/** What the notice does when it goes out. @type {Record<Written, (names: string) => string>} */
const effects = {
  emergency: () => t('a.n.does.emergency'),
  maintenance: (names) => (names ? t('a.n.does.maintenance', { names }) : t('a.n.does.maintenance.all')),
  info: () => t('a.n.does.info'),
};

/** @type {Record<Written, () => string>} */
const buttons = { emergency: () => t('a.n.look'), maintenance: () => t('a.n.yes.maintenance'), info: () => t('a.n.yes.info') };

/**
 * @param {Written} kind
 * @param {string[]} kiosks names to choose from, for maintenance
 * @param {(draft: Draft) => Promise<string>} send gives the sentence of a refusal, empty when it went out
 */
export function writeNotice(kind, kiosks, send) {
  const vi = field(kind === 'maintenance' ? t('a.n.vi.free') : t('a.n.vi'), kind !== 'maintenance', 'vi'), en = field(t('a.n.en'), false, 'en');
  const boxes = kind === 'maintenance' ? kiosks.map((name) => ({ name, box: h('input', { type: 'checkbox', onchange: () => effect() }) })) : [];
  const does = h('p', { class: 'does' }), fault = h('p', { class: 'fault', role: 'alert' });
  const chosen = () => boxes.filter((b) => b.box.checked).map((b) => b.name);
  const effect = () => { does.textContent = effects[kind](chosen().join(', ')); };
  effect();
  const go = h('button', { class: 'go' }, buttons[kind]());
  const first = h('form', {
    novalidate: true,
    onsubmit(/** @type {Event} */ e) {
      e.preventDefault();
      fault.textContent = kind !== 'maintenance' && !vi.value() ? t('a.n.empty') : !vi.value() && en.value() ? t('a.n.empty') : '';
      if (fault.textContent) vi.box.focus();
      else if (kind === 'emergency') look();
      else void out();
    },
  },
    h('h2', { id: 'write-h' }, kinds[kind]()),
    boxes.length > 0 && h('fieldset', null, h('legend', null, t('a.n.machines')), boxes.map((b) => h('label', null, b.box, b.name))),
    vi.el, en.el, does, fault,
    h('div', { class: 'acts' }, go, h('button', { type: 'button', onclick: () => box.close() }, t('a.n.no'))));
  const second = h('div', { class: 'look', hidden: true });
  const box = h('dialog', { class: 'writing', 'aria-labelledby': 'write-h', onclose: () => box.remove() }, first, second);

  /** @returns {Draft} */
  function draft() {
    const text = vi.value() ? { text: { vi: vi.value(), ...(en.value() && { en: en.value() }) } } : {};
    return { kind, ...text, ...(chosen().length > 0 && { machines: chosen() }) };
  }

  /** The emergency once more, with what it does. */
  function look() {
    const back = h('button', { type: 'button', onclick: () => turn(false) }, t('a.n.back'));
    mount(second, h('h2', null, t('a.n.sure')), h('blockquote', null, h('p', { lang: 'vi' }, vi.value()), en.value() && h('p', { lang: 'en' }, en.value())),
      h('p', { class: 'does' }, effects[kind]('')), fault,
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'danger', onclick: () => void out() }, t('a.n.yes.emergency')), back));
    turn(true);
    back.focus();
  }

  /** @param {boolean} looking */
  function turn(looking) {
    second.hidden = !looking;
    first.hidden = looking;
    if (looking) return;
    go.parentElement?.before(fault);
    vi.box.focus();
  }

  let busy = false;
  async function out() {
    if (busy) return;
    busy = true;
    box.setAttribute('aria-busy', 'true');
    fault.textContent = '';
    const refused = await send(draft());
    busy = false;
    box.removeAttribute('aria-busy');
    if (refused) fault.textContent = refused;
    else box.close();
  }

  document.body.append(box);
  box.showModal();
  /** @type {HTMLElement | null} */ (box.querySelector('input, textarea'))?.focus();
}

/**
 * A text in one language.
 * @param {string} label @param {boolean} required @param {string} language
 */
function field(label, required, language) {
  const left = h('small', { class: 'left' });
  const count = () => { left.textContent = t('a.n.left', { n: MOST - box.value.normalize('NFC').length }); };
  const box = h('textarea', { rows: 3, maxlength: MOST, required, lang: language, name: language, oninput: count });
  count();
  return {
    el: h('label', null, label, box, left), box,
    /** One line, as every screen shows it. */
    value: () => box.value.normalize('NFC').replace(/\s+/g, ' ').trim(),
  };
}
