// A bar across any screen while the store takes no commands: what was given out
// is kept, but nothing new can be promised.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @type {HTMLElement | null} */
let bar = null;

const words = /** @type {Record<string, () => string>} */ ({
  store_full: () => t('u.trouble.full'),
  store_unavailable: () => t('u.trouble.down'),
});

/**
 * Shows the bar, or takes it away when there is no trouble.
 * @param {string | undefined} code
 */
export function showTrouble(code) {
  if (!code) {
    bar?.remove();
    bar = null;
    return;
  }
  const text = (words[code] ?? words.store_unavailable)();
  if (!bar) {
    bar = h('p', { class: 'trouble', role: 'alert' });
  }
  // A page may have been made anew around it.
  if (!bar.isConnected) document.body.append(bar);
  if (bar.textContent !== text) bar.textContent = text;
}
