// What the server wrote into the page's head, and the address bar.

/**
 * A <meta name> of the page; empty when the server left it alone.
 * @param {string} name
 */
export function meta(name) {
  const value = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
  return value.startsWith('{{') ? '' : value;
}

/** A parameter of the address. @param {string} name */
export const query = (name) => new URLSearchParams(location.search).get(name) ?? '';

/** The branch this page belongs to: `?branch=` or what the server wrote. */
export const branch = () => query('branch') || meta('branch');

/** Marks a phone's page of a hall for practice. @param {{training?: boolean} | null} view what the server told */
export function practice(view) {
  if (!view?.training) return;
  void Promise.all([import('/web/training.js'), import('/web/i18n.js')]).then(([x, { t }]) => x.showTraining(() => [t('u.training'), t('u.training.what')]));
}

/**
 * An element that the page's own HTML holds.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const el = document.getElementById(id);
  if (!el) throw new Error(`no #${id} in the page`);
  return el;
}
