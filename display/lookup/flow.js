// A text of any length, a page at a time. The browser breaks it into columns as
// wide as the page and one of them is shown; nothing scrolls under a finger.
import { h, icon, set } from '/web/dom.js';
import { t } from '/web/i18n.js';

/**
 * @param {HTMLElement[]} parts
 * @param {number} page to begin with
 * @param {(page: number) => void} turned
 */
export function flow(parts, page, turned) {
  const text = h('div', { class: 'flow' }, parts);
  const go = (/** @type {number} */ by) => () => {
    page += by;
    turned(page);
    show();
  };
  const prev = h('button', { type: 'button', 'aria-label': t('k.page.prev'), onclick: go(-1) }, icon('chevron-up'));
  const next = h('button', { type: 'button', 'aria-label': t('k.page.next'), onclick: go(1) }, icon('chevron-down'));
  const place = h('span', { class: 'num', 'aria-live': 'polite' });
  const keys = h('div', { class: 'turn', hidden: true }, prev, place, next);
  const el = h('div', { class: 'paged' }, text, keys);
  // What stands above may still grow by a line.
  new ResizeObserver(() => el.isConnected && el.clientHeight > 0 && layout()).observe(el);
  // Who walks by keys comes to a key on another page: that page is shown.
  text.addEventListener('focusin', () => {
    page = Math.round(text.scrollLeft / step());
    show();
  });

  const gap = () => parseFloat(getComputedStyle(text).columnGap) || 0;
  const step = () => text.clientWidth + gap();

  /** How many pages it takes, with the keys beside it when it takes several. */
  function layout() {
    keys.hidden = true;
    let pages = count();
    if (pages > 1) {
      keys.hidden = false;
      pages = count();
    }
    show();
  }

  const count = () => Math.max(1, Math.round((text.scrollWidth + gap()) / step()));

  function show() {
    const pages = count();
    page = Math.max(0, Math.min(page, pages - 1));
    text.scrollLeft = page * step();
    set(prev, { disabled: page === 0 });
    set(next, { disabled: page === pages - 1 });
    const of = `${page + 1}/${pages}`;
    if (place.textContent !== of) place.textContent = of;
  }
  return { el, layout };
}
