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
  window.addEventListener('resize', room);
  new ResizeObserver(room).observe(mark);
}

/**
 * Screens of the hall are as high as their glass, with something in every corner:
 * the whole page makes room for the word by becoming a little smaller. Pages that
 * scroll have room at their top.
 */
function room() {
  const high = mark?.offsetHeight ?? 0, html = document.documentElement;
  if (getComputedStyle(html).paddingTop !== '0px' || high === 0) return;
  html.style.setProperty('--training-high', `${high}px`);
  html.style.setProperty('--training-scale', String((window.innerHeight - high) / window.innerHeight));
}

function draw() {
  const [word, what] = words();
  if (mark) mount(mark, h('b', null, word), h('span', null, what));
}
