// Style sheets of the larger parts, fetched when a part is first opened.
import { h } from '/web/dom.js';

/**
 * Waits until the sheets are there: nothing is shown undressed. One that does not
 * come is not waited for; the figures can be read without it.
 * @param {...string} files
 */
export const styles = (...files) => Promise.all(files.map((href) => new Promise((done) => {
  if (document.querySelector(`link[href="${href}"]`)) return void done(null);
  document.head.append(h('link', { rel: 'stylesheet', href, onload: done, onerror: done }));
})));
