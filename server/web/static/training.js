// The mark of a hall for practice, over any page of it: a striped frame and the word,
// so that nobody takes a number of it for one of the hall. It lies outside of the
// body, which pages make anew, and takes no touch.
import { h, mount } from '/web/dom.js';
import { lang, t } from '/web/i18n.js';

/** @type {HTMLElement | null} */
let mark = null;

/** @type {() => [string, string]} */
let words = () => [t('u.training'), t('u.training.what')];

/**
 * Marks the page; once is enough.
 * @param {() => [string, string]} [own] the words of a page that has tables of its own, and scrolls
 */
export function showTraining(own) {
  if (mark) return;
  if (own) words = own;
  mark = h('p', { class: 'training-mark', role: 'status' });
  document.head.append(h('link', { rel: 'stylesheet', href: '/web/training.css' }));
  document.documentElement.append(h('div', { class: 'training-frame', 'aria-hidden': true }), mark);
  document.documentElement.classList.add('training');
  document.documentElement.classList.toggle('training-room', Boolean(own));
  draw();
  lang.on(draw);
}

function draw() {
  const [word, what] = words();
  if (mark) mount(mark, h('b', null, word), h('span', null, what));
}
