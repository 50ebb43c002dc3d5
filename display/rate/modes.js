// How the tablet is shown to one visitor: another language, larger letters, high
// contrast. The next one finds it as the hall has it.
import { h, icon, mount } from '/web/dom.js';
import { chooseLang, nextLanguage, t } from '/web/i18n.js';

/** @typedef {'text' | 'contrast'} Mode */
/** @type {Record<Mode, string>} what each sets on <html> */
const VALUES = { text: 'large', contrast: 'high' };

const root = document.documentElement;
const bar = h('div', { class: 'modes', role: 'group' });

/** @param {Mode} mode @param {string} name @param {string} words */
const key = (mode, name, words) => h('button', { type: 'button', 'data-mode': mode, 'aria-pressed': String(root.dataset[mode] === VALUES[mode]), onclick: () => toggle(mode) }, icon(name), h('span', null, words));

/** @param {Mode} mode */
function toggle(mode) {
  if (root.dataset[mode] === VALUES[mode]) delete root.dataset[mode];
  else root.dataset[mode] = VALUES[mode];
  for (const b of bar.querySelectorAll(`[data-mode=${mode}]`)) b.setAttribute('aria-pressed', String(root.dataset[mode] === VALUES[mode]));
}

/** The keys, in the language that is shown now. */
export function modeKeys() {
  const next = nextLanguage();
  bar.setAttribute('aria-label', t('r.acc'));
  mount(bar,
    h('button', { type: 'button', 'data-mode': 'lang', lang: next.tag, onclick: () => void chooseLang(next.tag) }, icon('language'), h('span', null, next.short)),
    key('text', 'text-size', t('r.acc.text')), key('contrast', 'contrast', t('r.acc.contrast')));
  return bar;
}

/** As every visitor finds it. @param {string} usual the hall's language */
export function plain(usual) {
  for (const mode of Object.keys(VALUES)) delete root.dataset[mode];
  void chooseLang(usual); // another one that is still on its way must not come for the next visitor
}
