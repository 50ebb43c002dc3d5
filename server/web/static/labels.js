// Labels of counters in one short line.

/**
 * "01 – 03, 07": runs of three and more are drawn together,
 * with spaces that do not break.
 * @param {string[]} labels
 */
export function ranges(labels) {
  const sorted = [...labels].sort((a, b) => a.localeCompare(b, 'vi', { numeric: true }));
  /** @type {string[][]} */
  const runs = [];
  for (const label of sorted) {
    const run = runs.at(-1);
    if (run && follows(run[run.length - 1], label)) run.push(label);
    else runs.push([label]);
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]}\u00a0–\u00a0${run[run.length - 1]}`] : run)).join(', ');
}

/** @param {string} a @param {string} b */
function follows(a, b) {
  return /^\d+$/.test(a) && /^\d+$/.test(b) && Number(b) === Number(a) + 1;
}

/**
 * The middle of an estimate, in the steps people speak in: single minutes up to
 * a quarter of an hour, then fives. Never zero: somebody has to walk there.
 * @param {{low: number, high: number}} e
 */
export function about(e) {
  const middle = (e.low + e.high) / 2;
  return middle < 15 ? Math.max(1, Math.round(middle)) : Math.round(middle / 5) * 5;
}

/**
 * A long wait in hours, to the half: "2,5" or "2.5"; empty under 100 minutes.
 * @param {{low: number, high: number}} e
 * @param {string} lang
 */
export function hours(e, lang) {
  const minutes = about(e);
  return minutes < 100 ? '' : (Math.round(minutes / 30) / 2).toLocaleString(lang);
}

/**
 * When a turn may come, server time in ms: on five minutes when it is not near.
 * @param {{low: number, high: number}} e
 * @param {number} now
 */
export function aboutWhen(e, now) {
  const minutes = (e.low + e.high) / 2;
  const at = now + minutes * 60_000;
  return minutes < 10 ? at : Math.round(at / 300_000) * 300_000;
}
