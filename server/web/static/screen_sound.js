// May this page be heard? Browsers refuse sound until a page was touched, unless they
// were started otherwise.

/** How long a browser may think about it, ms. */
const THINK = 2000;

/** @type {AudioContext | null} */
let context = null;
let good = false;

/**
 * @param {boolean} wanted does the screen have a loudspeaker at all
 * @returns {Promise<'' | 'on' | 'refused'>}
 */
export async function loudness(wanted) {
  if (!wanted) return '';
  if (good) return 'on';
  try {
    context ??= new AudioContext();
    if (context.state !== 'running') await Promise.race([context.resume(), new Promise((done) => setTimeout(done, THINK))]);
    if (context.state !== 'running') return 'refused';
  } catch {
    return 'refused';
  }
  good = true;
  void context.close(); // one that stays open keeps the sound card awake
  context = null;
  return 'on';
}
