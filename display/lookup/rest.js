// Slides while nobody is there. Any touch ends them, and that touch does nothing
// else.
import { slides } from '/lookup/later.js';

/** How long nobody must have touched anything, ms. */
const QUIET = 60_000;

/**
 * @param {import('/lookup/app.js').App} app
 * @param {() => boolean} resting does the first screen stand as everybody finds it?
 */
export function watchSlides(app, resting) {
  let touched = performance.now(), loading = false;
  /** @type {{el: HTMLElement, start(): void, stop(): void} | null} */
  let show = null;
  const wake = (/** @type {Event} */ e) => {
    touched = performance.now();
    if (!show) return;
    show.stop();
    show.el.remove();
    show = null;
    e.preventDefault();
    e.stopImmediatePropagation();
    // The click that follows this touch is part of it.
    const swallow = (/** @type {Event} */ click) => {
      click.preventDefault();
      click.stopImmediatePropagation();
    };
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 500);
  };
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, wake, { capture: true });

  window.setInterval(() => {
    const playlist = app.online() ? app.state().branch.hall?.playlist ?? [] : [];
    const wanted = resting() && playlist.length > 0 && performance.now() - touched > QUIET && !document.querySelector('.emergency');
    if (!wanted && show) {
      show.stop();
      show.el.remove();
      show = null;
    }
    if (!wanted || show || loading) return;
    loading = true;
    slides().then((x) => {
      if (performance.now() - touched <= QUIET) return;
      show = x.slideShow(app);
      document.body.append(show.el);
      show.start();
    }, () => (touched = performance.now())).finally(() => (loading = false));
  }, 1000);
}
