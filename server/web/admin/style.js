// A part's own style sheet comes with the part, not with the page.
import { h } from '/web/dom.js';

/**
 * Puts a style sheet into the page; resolves when it is in force, or cannot be had.
 * Await it at the top of a part's module: the part is shown when it is loaded.
 * @param {string} href
 * @returns {Promise<void>}
 */
export function style(href) {
  return new Promise((done) => {
    document.head.append(h('link', { rel: 'stylesheet', href, onload: () => done(), onerror: () => done() }));
  });
}
