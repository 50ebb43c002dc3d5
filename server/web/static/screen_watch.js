// The watchdog of a page that nobody looks after: when frames stop, or when the page
// throws again and again, it is loaded anew. (A page whose script never returns
// cannot help itself: the server misses its beat and says so.)

/** How often a frame is asked for, ms. Not each one: a page at rest shall rest. */
const LOOK = 2000;
/** No frame for so long, on a page that is to be seen, ms. */
const STILL = 20_000;
/** So many errors within so long, ms. */
const MANY = 25, WITHIN = 30_000;
/** Not more often than this, ms: what a new start does not mend, ten of them will not. */
const PAUSE = 120_000;
const KEPT = 'motcua.screen.revived';

export function watchdog() {
  let frame = performance.now(), looked = frame;
  /** @type {number[]} */
  let faults = [];

  setInterval(() => {
    const now = performance.now();
    // The whole machine was asleep: everybody gets a new chance.
    if (document.hidden || now - looked > 4 * LOOK) frame = Math.max(frame, now - LOOK);
    looked = now;
    requestAnimationFrame(() => { frame = performance.now(); });
    if (now - frame > STILL) revive();
  }, LOOK);

  function fault() {
    const now = performance.now();
    faults = [...faults.filter((at) => now - at < WITHIN), now];
    if (faults.length >= MANY) revive();
  }
  addEventListener('error', fault);
  addEventListener('unhandledrejection', fault);

  return {
    /** How long ago the last frame was drawn, ms. */
    age: () => performance.now() - frame,
  };
}

function revive() {
  try {
    const last = Number(sessionStorage.getItem(KEPT) ?? 0);
    if (Math.abs(Date.now() - last) < PAUSE) return;
    sessionStorage.setItem(KEPT, String(Date.now()));
  } catch {
    return; // without a memory it might load for ever
  }
  console.info('the page stood still and is loaded anew');
  location.reload();
}
