// A screen with something of somebody's own goes by itself: 30 s after the last
// touch, whoever stands there. The last seconds are counted down on it.
import { h } from '/web/dom.js';
import { rich, t } from '/web/i18n.js';

/** How long after the last touch, s; twice that for nobody: it is somebody's own. */
const STAY = 30;

/**
 * @param {() => boolean} shown does such a screen stand?
 * @param {() => void} end
 */
export function watchPrivate(shown, end) {
  let touched = performance.now();
  const left = h('b', { class: 'num' });
  const line = h('p', { class: 'wipe', role: 'timer', hidden: true });
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => (touched = performance.now()), { capture: true, passive: true });
  let was = false;
  window.setInterval(() => {
    const now = shown();
    if (now && !was) touched = performance.now();
    was = now;
    line.hidden = !now;
    if (!now) return;
    const seconds = Math.ceil(STAY - (performance.now() - touched) / 1000);
    left.textContent = String(Math.max(0, seconds));
    const work = document.querySelector('#stage .work');
    if (work && line.parentElement !== work) {
      line.replaceChildren(...rich(t('l.privacy'), { s: left }));
      work.append(line);
    }
    if (seconds <= 0) end();
  }, 250);
}
