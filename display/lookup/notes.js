// What the hall tells everybody now, beside emergencies.
import { named } from '/web/i18n.js';

/** @param {import('/web/types.js').HallState} state @returns {string[]} the latest first, two at most */
export function infos(state) {
  return [...state.notices.values()].filter((n) => n.kind === 'info').sort((a, b) => Number(b.at) - Number(a.at))
    .slice(0, 2).map((n) => named(n.text));
}
