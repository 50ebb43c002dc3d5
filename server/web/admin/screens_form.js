// What a screen is used as: the fields, for a new one and for one that changes.
import { h, set } from '/web/dom.js';
import { named, t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').Branch} Branch */
/** @typedef {{page: string, layout?: string, zone?: string, counter?: string, sound?: boolean}} Role */

/** @type {Record<string, () => string>} */
export const pages = {
  board: () => t('a.s.board'), counter: () => t('a.s.counter'), lookup: () => t('a.s.lookup'),
  kiosk: () => t('a.s.kiosk'), rate: () => t('a.s.rate'),
};

/** @type {Record<string, () => string>} */
export const layouts = { '': () => t('a.s.hero'), grid: () => t('a.s.grid'), media: () => t('a.s.media'), results: () => t('a.s.results') };

/**
 * @param {Branch} branch @param {Role} [now]
 * @returns {{nodes: HTMLElement[], role: () => Role}}
 */
export function screenFields(branch, now) {
  const option = (/** @type {string} */ value, /** @type {string} */ words, /** @type {string | undefined} */ chosen) =>
    h('option', { value, selected: value === (chosen ?? '') }, words);
  const page = h('select', { onchange: fit }, Object.entries(pages).map(([id, words]) => option(id, words(), now?.page ?? 'board')));
  const layout = h('select', null, Object.entries(layouts).map(([id, words]) => option(id, words(), now?.layout)));
  const zone = h('select', null, option('', t('a.s.all'), now?.zone), (branch.board?.zones ?? []).map((z) => option(z.id, named(z.name), now?.zone)));
  const counter = h('select', null, branch.counters.map((c) => option(c.id, t('a.s.at', { label: c.label }), now?.counter)));
  const sound = h('input', { type: 'checkbox', checked: now?.sound === true });
  const field = (/** @type {string} */ name, /** @type {Element} */ el) => h('label', null, name, el);
  const forLayout = field(t('a.s.layout'), layout), forZone = field(t('a.s.zone'), zone), forCounter = field(t('a.s.place'), counter);
  const forSound = h('label', { class: 'tick' }, sound, t('a.s.sound'));

  /** Asks only for what the page has. */
  function fit() {
    const board = page.value === 'board', place = page.value === 'counter' || page.value === 'rate';
    set(forLayout, { hidden: !board });
    set(forSound, { hidden: !board });
    set(forZone, { hidden: !board || zone.options.length < 2 });
    set(forCounter, { hidden: !place });
  }
  fit();
  return {
    nodes: [field(t('a.s.page'), page), forCounter, forLayout, forZone, forSound],
    role: () => ({
      page: page.value,
      ...(!forLayout.hidden && layout.value && { layout: layout.value }), ...(!forZone.hidden && zone.value && { zone: zone.value }),
      ...(!forCounter.hidden && { counter: counter.value }), ...(!forSound.hidden && sound.checked && { sound: true }),
    }),
  };
}

/** A screen's role in words. @param {Branch} branch @param {Role} role */
export function roleWords(branch, role) {
  const place = branch.counters.find((c) => c.id === role.counter);
  const zone = branch.board?.zones?.find((z) => z.id === role.zone);
  return [pages[role.page]?.() ?? role.page, place && t('a.s.at', { label: place.label }), role.layout && layouts[role.layout]?.(), zone && named(zone.name)]
    .filter(Boolean).join(' · ');
}
