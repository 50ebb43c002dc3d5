// What this browser was set up for, kept over power cuts, and the page of it.

/**
 * @typedef {object} Role
 * @property {string} [key] what the browser shows the server; never in an address
 * @property {string} name
 * @property {string} branch
 * @property {string} page board, counter, lookup, kiosk or rate
 * @property {string} [layout]
 * @property {string} [zone]
 * @property {string} [counter]
 * @property {boolean} [sound]
 */

const KEPT = 'motcua.screen';

/** @returns {Role | null} */
export function kept() {
  try {
    const role = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    return role && typeof role.key === 'string' ? role : null;
  } catch {
    return null; // a browser that keeps nothing is set up anew each time
  }
}

/** @param {Role} role */
export function keep(role) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(role));
  } catch {
    // see kept
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEPT);
  } catch {
    // see kept
  }
}

/** The page of a role. @param {Role} role */
export function addressOf({ page, counter, branch }) {
  const place = page === 'counter' || page === 'rate' ? `${encodeURIComponent(counter ?? '')}/` : '';
  return `/${page}/${place}?branch=${encodeURIComponent(branch)}`;
}

/**
 * Is the page that is open the one of this role? A kiosk's look-up is a part of it.
 * @param {Role} role
 */
export function pageHere(role) {
  const path = location.pathname;
  if (role.page === 'kiosk' && path === '/lookup/') return true;
  return path === addressOf(role).split('?')[0];
}
