// Which of its forms the board takes.

/** @typedef {'hero' | 'grid' | 'media' | 'results' | 'portrait'} Layout */

/** More cells than these would be too small to read. */
export const CELLS = 20;

/**
 * An upright panel has a form of its own, and a grid of few counters fits it too.
 * What was asked for and cannot be read gives way to the list, which holds any
 * number of counters.
 * @param {string} wish hero, grid, media, results, portrait or nothing
 * @param {number} counters
 * @param {boolean} upright the panel is higher than wide
 * @returns {Layout}
 */
export function layoutFor(wish, counters, upright) {
  if (wish === 'grid' && counters > 0 && counters <= CELLS) return 'grid';
  if (upright) return 'portrait';
  return wish === 'media' || wish === 'results' ? wish : 'hero';
}
