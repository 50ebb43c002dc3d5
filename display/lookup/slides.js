// What the hall shows on a screen nobody uses: pictures, films and sentences of
// its playlist, one after the other. What cannot be had is passed over; while the
// page is hidden nothing is fetched.
import { h, icon, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { day } from '/web/time.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/web/types.js').Slide} Slide */
/** @typedef {{el: HTMLElement, film?: HTMLVideoElement}} Shown */

/** How long a slide stands when nothing is said of it, and the longest, s. */
const STAY = 12, LONGEST = 600;
/** What has not come by then is passed over, ms. */
const PATIENCE = 10_000;
/** Everything moves a few pixels with each slide, so that nothing burns in. */
const SHIFTS = [[0, 0], [4, 2], [4, -4], [-4, -2], [-4, 4], [2, 4]];

/**
 * @param {App} app
 * @returns {{el: HTMLElement, start: () => void, stop: () => void}}
 */
export function slideShow(app) {
  const place = h('div', { class: 'slide-place' });
  const el = h('section', { class: 'slides', 'aria-label': t('l.slides') }, place,
    h('p', { class: 'slide-hint' }, icon('search'), h('span', null, t('l.slides.hint'))));
  let running = false, turning = false, due = false, at = -1, count = 0, timer = 0;
  /** The next one, on its way. @type {{slide: Slide, shown: Promise<Shown | null>} | null} */
  let ahead = null;
  /** @type {Shown | null} */
  let now = null;

  /** Shows the next slide that can be had. */
  const next = async () => {
    window.clearTimeout(timer);
    due = document.hidden;
    if (!running || due || turning) return;
    turning = true;
    await turn(slidesOf(app));
    turning = false;
  };

  /** @param {Slide[]} list */
  const turn = async (list) => {
    for (let tries = 0; tries < list.length; tries++) {
      at = (at + 1) % list.length;
      const slide = list[at];
      const shown = await (ahead?.slide === slide ? ahead.shown : prepare(slide));
      ahead = null;
      if (!running) return;
      if (shown) return show(shown, slide, list);
    }
    show({ el: sentence(app, app.state().branch.name) }, {}, []);
  };

  /** @param {Shown} shown @param {Slide} slide @param {Slide[]} list */
  const show = (shown, slide, list) => {
    now?.film?.pause();
    now = shown;
    const [x, y] = SHIFTS[count++ % SHIFTS.length];
    place.style.setProperty('--x', `${x}px`);
    place.style.setProperty('--y', `${y}px`);
    mount(place, shown.el);
    wait(shown, slide);
    const following = list[(at + 1) % list.length];
    if (following && following !== slide) ahead = { slide: following, shown: prepare(following) };
  };

  /** @param {Shown} shown @param {Slide} slide */
  const wait = ({ film }, slide) => {
    const seconds = Math.min(LONGEST, slide.seconds || (film && !still() ? LONGEST : STAY));
    timer = window.setTimeout(next, seconds * 1000);
    if (!film || still()) return;
    film.addEventListener('ended', () => void next(), { once: true });
    film.addEventListener('error', () => void next(), { once: true });
    film.play().catch(() => {}); // then its first picture stands
  };

  /** @param {Slide} slide @returns {Promise<Shown | null>} */
  const prepare = async (slide) => {
    if (!slide.file) return slide.text?.vi ? { el: sentence(app, slide.text) } : null;
    try {
      return await (isFilm(slide.file) ? film(slide) : picture(slide));
    } catch {
      return null;
    }
  };

  const seen = () => {
    if (document.hidden) now?.film?.pause();
    else if (due) void next();
    else if (!still()) now?.film?.play().catch(() => {});
  };

  return {
    el,
    start() {
      if (running) return;
      running = true;
      document.addEventListener('visibilitychange', seen);
      void next();
    },
    stop() {
      running = false;
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      now?.film?.pause();
      now = ahead = null;
      mount(place);
    },
  };
}

/** Those of today, by the server's calendar. @param {App} app */
function slidesOf(app) {
  const today = day(app.now());
  const list = app.state().branch.hall?.playlist ?? [];
  return list.filter((s) => (!s.from || s.from <= today) && (!s.to || s.to >= today));
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const isFilm = (/** @type {string} */ file) => /\.(mp4|webm)$/i.test(file);
const address = (/** @type {string} */ file) => `/media/${encodeURIComponent(file)}`;

/** A sentence alone, in the hall's own dress. @param {App} app @param {import('/web/types.js').Text} text */
function sentence(app, text) {
  const words = named(text), { branch } = app.state();
  const own = named(branch.name);
  return h('figure', { class: `slide sentence ${words.length > 160 ? 'long' : words.length > 70 ? 'wordy' : ''}` },
    h('div', { class: 'drum', 'aria-hidden': 'true' }),
    h('div', { class: 'slide-seal' }, icon('landmark'), words !== own && h('b', null, own)),
    h('p', null, words),
    h('small', null, named(branch.place)));
}

/** @param {Slide} slide @returns {Promise<Shown>} */
async function picture(slide) {
  const img = h('img', { src: address(slide.file ?? ''), alt: named(slide.text) });
  await soon(img.decode());
  return { el: framed(img, slide) };
}

/** @param {Slide} slide @returns {Promise<Shown>} */
async function film(slide) {
  const video = h('video', { src: address(slide.file ?? ''), muted: true, playsinline: true, preload: 'auto', 'aria-label': named(slide.text) || null });
  video.muted = true; // the attribute alone counts only in a page's own HTML
  await soon(new Promise((done, fail) => {
    video.addEventListener('canplay', done, { once: true });
    video.addEventListener('error', fail, { once: true });
  }));
  return { el: framed(video, slide), film: video };
}

/** A picture with its sentence under it. @param {HTMLElement} inner @param {Slide} slide */
function framed(inner, slide) {
  const text = named(slide.text);
  return h('figure', { class: 'slide picture' }, inner, text && h('figcaption', null, text));
}

/** @param {Promise<unknown>} promise */
function soon(promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error('too late')), PATIENCE))]);
}
