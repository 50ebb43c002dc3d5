// Keypads and keyboards: digits choose tiles, arrows walk, Esc goes back. And
// one guard for fingers: a second touch within 0.4 s is a tremor, not a wish.

const DEBOUNCE = 400;

/**
 * @param {HTMLElement} stage
 * @param {() => void} back
 */
export function watchKeys(stage, back) {
  let last = -Infinity;
  document.addEventListener('click', (e) => {
    if (e.timeStamp - last < DEBOUNCE) {
      e.stopPropagation();
      e.preventDefault();
      return;
    }
    last = e.timeStamp;
  }, true);

  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || document.querySelector('dialog[open]')) return;
    if (/^[1-9]$/.test(e.key)) {
      /** @type {NodeListOf<HTMLElement>} */
      const tiles = stage.querySelectorAll('.tile');
      tiles[Number(e.key) - 1]?.click();
    } else if (e.key === 'Escape') {
      back();
    } else if (e.key === 'ArrowDown' || e.key === 'ArrowRight') {
      walk(stage, 1);
    } else if (e.key === 'ArrowUp' || e.key === 'ArrowLeft') {
      walk(stage, -1);
    } else {
      return;
    }
    e.preventDefault();
  });
  document.addEventListener('contextmenu', (e) => e.preventDefault());
}

/** @param {HTMLElement} stage @param {1 | -1} by */
function walk(stage, by) {
  /** @type {HTMLElement[]} */
  const all = [...stage.querySelectorAll('button')].filter((b) => !b.disabled && b.offsetParent !== null);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  all[to]?.focus();
}
