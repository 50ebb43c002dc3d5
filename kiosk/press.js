// A finger sees at once that it was felt. The browser's own :active waits to see
// whether a touch becomes a scroll, and a quick tap is over before it is drawn.

/** So long at least a pressed target looks pressed, ms. */
const SEEN = 150;

export function watchPress() {
  addEventListener('pointerdown', (e) => {
    const target = e.target instanceof Element ? e.target.closest('button:not(:disabled)') : null;
    if (!target) return;
    const began = performance.now();
    target.classList.add('down');
    const ends = new AbortController();
    const up = () => {
      ends.abort();
      setTimeout(() => target.classList.remove('down'), Math.max(0, SEEN - (performance.now() - began)));
    };
    for (const kind of ['pointerup', 'pointercancel']) addEventListener(kind, up, { capture: true, signal: ends.signal });
  }, { capture: true, passive: true });
}
