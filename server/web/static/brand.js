// The hall's own logo where it has one, a neutral building where not. It is
// decoration: the hall's name stands beside it.
import { h, icon } from '/web/dom.js';

/**
 * @param {string | undefined} logo path of the picture
 * @returns {Element}
 */
export function mark(logo) {
  if (!logo) return icon('landmark');
  const img = h('img', { class: 'i logo', src: logo, alt: '' });
  img.addEventListener('error', () => img.replaceWith(icon('landmark')), { once: true }); // away, or no picture
  return img;
}
