// A part of a large hall: its board shows the counters near it. A counter that
// belongs to no zone is shown in all of them.

/** @typedef {import('/web/types.js').Branch} Branch */
/** @typedef {import('/web/types.js').CounterName} CounterName */
/** @typedef {import('/web/types.js').Service} Service */

/**
 * @typedef {object} Zone
 * @property {(counter: string | undefined) => boolean} has is the counter called here?
 * @property {CounterName[]} counters in the order of the settings
 * @property {Service[]} services that a counter of the zone serves
 * @property {import('/web/types.js').Text | null} name null where the board shows the whole hall
 */

/**
 * A zone that the settings do not know (any more) is the whole hall: too much is
 * shown rather than too little.
 * @param {Branch} branch @param {string} id
 * @returns {Zone}
 */
export function zoneOf(branch, id) {
  const zones = branch.board?.zones ?? [];
  const zone = zones.find((z) => z.id === id);
  if (!zone) return { has: () => true, counters: branch.counters, services: branch.services, name: null };
  const elsewhere = new Set(zones.flatMap((z) => z.counters).filter((c) => !zone.counters.includes(c)));
  const counters = branch.counters.filter((c) => !elsewhere.has(c.id));
  const served = new Set(counters.flatMap((c) => c.services));
  // A service of no counter at all still has people waiting for it.
  const anywhere = new Set(branch.counters.flatMap((c) => c.services));
  return {
    has: (counter) => !counter || !elsewhere.has(counter),
    counters, name: zone.name,
    services: branch.services.filter((s) => served.has(s.id) || !anywhere.has(s.id)),
  };
}
