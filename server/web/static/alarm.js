// Which emergency stands: every screen of the hall asks, few draw it the same way.

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallNotice} HallNotice */

/**
 * The emergency that stands now; the latest when there are several.
 * @param {HallState | null} state
 * @returns {HallNotice | null}
 */
export function emergencyOf(state) {
  /** @type {HallNotice | null} */
  let found = null;
  for (const n of state?.notices.values() ?? []) {
    if (n.kind === 'emergency' && (!found || after(n, found))) found = n;
  }
  return found;
}

/** @param {HallNotice} a @param {HallNotice} b */
const after = (a, b) => Number(a.at) > Number(b.at) || (a.at === b.at && a.id > b.id);
