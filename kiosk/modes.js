// How the screen is shown: language, large text, high contrast, lower screen.
// Each lasts for one person only; reset() is called when a session ends.
import { h, icon, set, mount, signal } from '/web/dom.js';
import { t, lang } from '/web/i18n.js';
import { query } from '/web/page.js';

/** @typedef {'text' | 'contrast' | 'reach'} Mode */

/** @type {Record<Mode, string>} what each sets on <html> */
const VALUES = { text: 'large', contrast: 'high', reach: 'low' };

/** Counts changes of any mode; watch it to lay out again. */
export const changed = signal(0);

const root = document.documentElement;

/** @param {Mode} mode */
const on = (mode) => root.dataset[mode] === VALUES[mode];

/** @param {Mode} mode */
function toggle(mode) {
  if (on(mode)) delete root.dataset[mode];
  else root.dataset[mode] = VALUES[mode];
  changed.set(changed.get() + 1);
}

/** Is anything not as a new visitor finds it? */
export const any = () => lang.get() !== 'vi' || assisted();

/** Has this person asked for help with seeing or reaching? They get more time. */
export const assisted = () => on('text') || on('contrast') || on('reach');

/** Back to how every session starts. */
export function reset() {
  if (!any()) return;
  for (const mode of Object.keys(VALUES)) delete root.dataset[mode];
  lang.set('vi');
  changed.set(changed.get() + 1);
}

/**
 * Sizes the page: millimetres stay the same on every screen. `?diag=` is the
 * screen's diagonal in inches; on a landscape screen (a developer's) the page
 * stands in the middle, as high as the window.
 */
export function fit() {
  const diagonal = Number(query('diag')) || 32;
  const k = Math.min(1.5, Math.max(0.8, 32 / diagonal));
  const wide = innerWidth > innerHeight;
  const scale = wide ? innerHeight / 1920 : Math.min(innerWidth / 1080, innerHeight / 1920);
  root.style.setProperty('--k', String(Math.round(k * scale * 1000) / 1000));
  root.style.setProperty('--s', String(Math.round(scale * 1000) / 1000));
  root.style.setProperty('--stage-w', wide ? `${Math.round(1080 * scale)}px` : '100vw');
  // Two columns need 28 inches: below, words of the right size no longer fit side by side.
  root.dataset.size = k > 1.14 ? 'big' : 'full';
}

/** The bottom row. It is made once and follows the modes by itself. */
export function modesRow() {
  const row = h('footer', { class: 'modes' });
  /** @param {string} name @param {string} label @param {Mode} mode */
  const button = (name, label, mode) =>
    h('button', { type: 'button', 'aria-pressed': String(on(mode)), 'data-mode': mode, onclick: () => toggle(mode) }, icon(name), label);
  const draw = () => {
    const focused = document.activeElement?.getAttribute('data-mode');
    mount(row,
      h('button', { type: 'button', 'data-mode': 'lang', lang: lang.get() === 'vi' ? 'en' : 'vi', onclick: other }, icon('language'), t('k.acc.lang')),
      button('text-size', t('k.acc.text'), 'text'),
      button('contrast', t('k.acc.contrast'), 'contrast'),
      button('reach-low', t('k.acc.reach'), 'reach'));
    set(row, { 'aria-label': t('k.acc') });
    if (focused) /** @type {HTMLElement | null} */ (row.querySelector(`[data-mode="${focused}"]`))?.focus();
  };
  changed.on(draw);
  draw();
  return row;
}

function other() {
  lang.set(lang.get() === 'vi' ? 'en' : 'vi');
  changed.set(changed.get() + 1);
}
