// What takes a queue or a counter out of the whole document, and who would be left
// standing: nobody who waits may lose the queue.
import { named, t } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/admin.js').App} App */

/** @param {Bag} service */
export const serviceName = (service) => named(service.short?.vi ? service.short : service.name) || service.prefix || t('a.h.new');

/** @param {Bag} counter */
export const counterName = (counter) => t('a.h.zone.counter', { label: counter.label || '…' });

/** An id that no entry has. @param {Bag[]} list @param {string} stem */
export function freshID(list, stem) {
  for (let n = list.length + 1; ; n += 1) if (!list.some((x) => x.id === `${stem}${n}`)) return `${stem}${n}`;
}

/** The first letter that no queue begins with. @param {Bag[]} services */
export function freshLetter(services) {
  const used = new Set(services.map((s) => s.prefix));
  return [...'ABCDEFGHIKLMNPQRSTUVXY'].find((letter) => !used.has(letter)) ?? '';
}

const LIVE = new Set(['waiting', 'called', 'serving', 'parked', 'no_show']);

/** How many people hold a number of a queue now. @param {App} app @param {string} id */
export function holding(app, id) {
  return [...app.state()?.visits.values() ?? []].filter((v) => v.service === id && LIVE.has(v.state)).length;
}

/** How many people a counter has, or that were sent to it alone. @param {App} app @param {string} id */
export function atCounter(app, id) {
  return [...app.state()?.visits.values() ?? []].filter((v) => (v.counter === id && (v.state === 'called' || v.state === 'serving')) || (v.queue === `@${id}` && v.state === 'waiting')).length;
}

/** Takes a queue out of everything that names it. @param {Bag} set @param {string} id */
export function dropService(set, id) {
  for (const counter of set.counters ?? []) giveCounter(counter, id, false);
  set.groups = (set.groups ?? []).map((/** @type {Bag} */ g) => ({ ...g, services: g.services.filter((/** @type {string} */ s) => s !== id) }))
    .filter((/** @type {Bag} */ g) => g.services.length > 1);
  for (const kind of ['golden', 'no_slip']) {
    const days = /** @type {Bag[]} */ (set.calendar?.[kind] ?? []);
    for (const day of days) day.services = day.services.filter((/** @type {string} */ s) => s !== id);
    if (set.calendar?.[kind]) set.calendar[kind] = days.filter((day) => day.services.length > 0);
  }
}

/** Takes a counter out of everything that names it. @param {Bag} set @param {string} id */
export function dropCounter(set, id) {
  for (const zone of set.board?.zones ?? []) zone.counters = zone.counters.filter((/** @type {string} */ c) => c !== id);
  for (const kind of ['golden', 'no_slip']) {
    for (const day of set.calendar?.[kind] ?? []) if (day.counters) day.counters = day.counters.filter((/** @type {string} */ c) => c !== id);
  }
}

/** Gives a counter a queue, or takes it away, with its weight. @param {Bag} counter @param {string} id @param {boolean} on */
export function giveCounter(counter, id, on) {
  const at = counter.services.indexOf(id);
  if (on === at >= 0) return;
  if (on) {
    counter.services.push(id);
    counter.weights?.push(1);
    return;
  }
  counter.services.splice(at, 1);
  counter.weights?.splice(at, 1);
}
