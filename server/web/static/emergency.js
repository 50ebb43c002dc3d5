// The emergency an administrator has written: over the whole of a screen of the
// hall, and as a strip where staff go on working, until it is ended.
import { h, icon } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { emergencyOf } from '/web/alarm.js';

/** @typedef {import('/web/types.js').HallState} HallState */

/** Letters are never smaller than this, px: a text of the longest kind still fits a small display with it. */
const LEAST = 14;

/**
 * The full page of a display. Draw it after everything else: it lies over the
 * page, which nothing can reach while it stands, and takes itself away.
 * @param {{english?: boolean}} [options] english: the English text too, below the other
 */
export function emergencyPage({ english = false } = {}) {
  const since = h('span', { class: 'num' }), title = h('h1'), words = h('p'), also = h('p', { lang: 'en' });
  const text = h('div', { class: 'text' }, words, also), room = h('div', { class: 'room' }, text);
  const el = h('section', { class: 'emergency', role: 'alert' }, h('header', null, icon('alert'), title, since), room);
  let shown = '';
  const refit = () => el.isConnected && fit(room, text);
  window.addEventListener('resize', refit);
  document.fonts.ready.then(refit);

  /** @param {HallState | null} state null: nothing is known yet */
  function draw(state) {
    if (!state) return;
    const n = emergencyOf(state);
    if (!n) {
      if (!el.isConnected) return;
      el.remove();
      shown = '';
      for (const other of document.body.children) other.removeAttribute('inert');
      return;
    }
    // A page may have been made anew around it.
    if (!el.isConnected) document.body.append(el);
    for (const other of document.body.children) if (other !== el) other.setAttribute('inert', '');
    const print = JSON.stringify([n.id, n.text, document.documentElement.lang]);
    if (print === shown) return;
    shown = print;
    title.textContent = t('u.emergency');
    since.textContent = hm(Number(n.at));
    words.textContent = english ? n.text?.vi ?? '' : named(n.text);
    words.lang = english || !n.text?.en ? 'vi' : document.documentElement.lang;
    also.textContent = english ? n.text?.en ?? '' : '';
    also.hidden = also.textContent === '';
    refit();
  }
  return { draw };
}

/**
 * The largest letters with which a text fits its room.
 * @param {HTMLElement} room @param {HTMLElement} text
 */
function fit(room, text) {
  let low = LEAST, high = Math.max(LEAST, Math.floor(Math.min(window.innerHeight * 0.17, window.innerWidth * 0.085)));
  const fits = (/** @type {number} */ px) => {
    room.style.setProperty('font-size', `${px}px`);
    return text.offsetHeight <= room.clientHeight && text.scrollWidth <= room.clientWidth;
  };
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  fits(low);
}

/** The strip for staff: they see what the hall is told, and work on. */
export function emergencyStrip() {
  const el = h('p', { class: 'alarm', role: 'alert', hidden: true });

  /** @param {HallState | null} state */
  function draw(state) {
    const n = emergencyOf(state);
    const text = n ? t('u.emergency.strip', { time: hm(Number(n.at)), text: named(n.text) }) : '';
    el.hidden = text === '';
    if (el.textContent !== text) el.textContent = text;
  }
  return { el, draw };
}
