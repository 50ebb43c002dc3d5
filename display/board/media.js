// What the hall shows beside the calls: films, pictures and sentences of its
// playlist, one after the other. Films are silent here: the hall's voice calls.
// What cannot be had is passed over.
import { h, icon, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { day } from '/web/time.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Slide} Slide */
/** @typedef {{el: HTMLElement, film?: HTMLVideoElement}} Shown */

/** How long a slide stands when nothing is said of it, and the longest, s. */
const STAY = 12, LONGEST = 600;
/** What has not come by then is passed over, ms. */
const PATIENCE = 10_000;

export function media() {
  const place = h('div', { class: 'slide' });
  const el = h('section', { class: 'media', 'aria-label': t('t.media') }, place);
  let at = -1, until = 0, turning = false, print = '';
  /** @type {Shown | null} */
  let last = null;

  /**
   * Turns where it is time to; called often.
   * @param {HallState} state @param {number} now the hall's time
   * @param {number} clock turns are counted by, ms
   */
  function draw(state, now, clock) {
    const list = slidesOf(state, now);
    const next = JSON.stringify(list);
    if (next !== print) {
      print = next;
      at = -1;
      until = 0;
    }
    if (turning || clock < until) return;
    turning = true;
    void turn(state, list, clock).finally(() => (turning = false));
  }

  /** @param {HallState} state @param {Slide[]} list @param {number} clock */
  async function turn(state, list, clock) {
    for (let tries = 0; tries < list.length; tries++) {
      at = (at + 1) % list.length;
      // A single picture or film stays; a film begins again.
      const shown = await prepare(state, list[at]).catch(() => null);
      if (shown) return show(shown, list[at], clock);
    }
    show({ el: sentence(state, state.branch.name) }, {}, clock);
  }

  /** @param {Shown} shown @param {Slide} slide @param {number} clock */
  function show(shown, slide, clock) {
    stop(last);
    last = shown;
    mount(place, shown.el);
    const moves = shown.film && !still();
    until = clock + Math.min(LONGEST, slide.seconds || (moves ? LONGEST : STAY)) * 1000;
    if (!moves || !shown.film) return;
    const over = () => {
      if (last === shown) until = 0;
    };
    shown.film.addEventListener('ended', over, { once: true });
    shown.film.addEventListener('error', over, { once: true });
    shown.film.play().catch(() => {}); // then its first picture stands
  }

  return {
    el, draw,
    /** The board takes another form. */
    stop() {
      stop(last);
      last = null;
      print = '';
      mount(place);
    },
  };
}

/** A film that is only taken off the page goes on loading. @param {Shown | null} shown */
function stop(shown) {
  if (!shown?.film) return;
  shown.film.pause();
  shown.film.removeAttribute('src');
  shown.film.load();
}

/** Those of today, by the server's calendar. @param {HallState} state @param {number} now */
function slidesOf(state, now) {
  const today = day(now);
  return (state.branch.hall?.playlist ?? []).filter((s) => (!s.from || s.from <= today) && (!s.to || s.to >= today));
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const address = (/** @type {string} */ file) => `/media/${encodeURIComponent(file)}`;

/** @param {HallState} state @param {Slide} slide @returns {Promise<Shown | null>} */
async function prepare(state, slide) {
  const text = named(slide.text);
  if (!slide.file) return text ? { el: sentence(state, slide.text) } : null;
  if (/\.(mp4|webm)$/i.test(slide.file)) return film(slide.file, text);
  const img = h('img', { src: address(slide.file), alt: text });
  await soon(img.decode());
  return { el: framed(img, text) };
}

/** @param {string} file @param {string} text @returns {Promise<Shown>} */
async function film(file, text) {
  const video = h('video', { src: address(file), muted: true, playsinline: true, preload: 'auto', 'aria-label': text || null });
  video.muted = true; // the attribute alone counts only in a page's own HTML
  const shown = { el: framed(video, text), film: video };
  try {
    await soon(new Promise((done, fail) => {
      video.addEventListener('canplay', done, { once: true });
      video.addEventListener('error', fail, { once: true });
    }));
  } catch (e) {
    stop(shown);
    throw e;
  }
  return shown;
}

/** A picture with its sentence under it. @param {HTMLElement} inner @param {string} text */
function framed(inner, text) {
  return h('figure', { class: 'picture' }, inner, text ? h('figcaption', null, text) : null);
}

/** A sentence alone. @param {HallState} state @param {import('/web/types.js').Text | undefined} text */
function sentence(state, text) {
  const words = named(text), own = named(state.branch.name);
  return h('figure', { class: `sentence${words.length > 110 ? ' long' : ''}` },
    h('p', { class: 'from' }, icon('landmark'), h('span', null, words === own ? named(state.branch.place) : own)),
    h('p', null, words));
}

/** @param {Promise<unknown>} promise */
function soon(promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error('too late')), PATIENCE))]);
}
