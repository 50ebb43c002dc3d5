// When the board is black: at night nobody reads it, and dark pixels last longer.
import { hm } from '/web/time.js';

/** @param {{from?: string, to?: string} | undefined} night @param {number} now */
export function isNight(night, now) {
  if (!night?.from || !night.to || night.from === night.to) return false;
  const at = hm(now);
  return night.from < night.to ? at >= night.from && at < night.to : at >= night.from || at < night.to;
}
