// Fields of the settings: tickets and Wi-Fi, kiosks, limits, bookings, passwords.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** @param {Fields} f @param {Bag} set */
export function paperSection(f, set) {
  const paper = /** @type {Bag} */ (set.paper ??= {});
  const key = f.line('paper.wifi_key', t('set.wifi.key'), paper, 'wifi_key', { max: 63, drop: true, hint: t('set.wifi.key.hint') });
  const box = /** @type {HTMLInputElement} */ (key.querySelector('input'));
  // A password of the network may begin or end with a space; nothing is tidied.
  box.addEventListener('input', () => { if (box.value !== '') paper.wifi_key = box.value; });
  box.autocomplete = 'off';
  return section(t('set.paper'), t('set.paper.hint'),
    h('div', { class: 'grid' }, f.line('paper.wifi', t('set.wifi'), paper, 'wifi', { max: 32, drop: true, hint: t('set.wifi.hint') }), key),
    h('h3', null, t('set.notes')),
    rowList({
      list: paper.notes ??= [], fresh: () => ({ vi: '' }), add: t('set.note.add'), most: 3, changed: f.changed,
      name: (_, i) => t('set.note.n', { n: i + 1 }),
      row: (item, i) => f.text(`paper.notes[${i}]`, t('set.note.n', { n: i + 1 }), { text: item }, 'text', 160),
    }));
}

/** @param {Fields} f @param {Bag} set */
export function kioskSection(f, set) {
  const kiosk = /** @type {Bag} */ (set.kiosk ??= {});
  return section(t('set.kiosk'), t('set.kiosk.hint'), h('div', { class: 'grid' },
    f.number('kiosk.diagonal', t('set.kiosk.diagonal'), kiosk, 'diagonal', { most: 100, step: 0.5, drop: true, hint: t('a.r.usual', { n: 32 }) }),
    f.number('kiosk.base', t('set.kiosk.base'), kiosk, 'base', { most: 2000, drop: true, hint: t('set.kiosk.base.hint') }),
    f.tick(t('set.kiosk.scan'), kiosk, 'scan')));
}

/** @param {Fields} f @param {Bag} set */
export function paceSection(f, set) {
  const pace = /** @type {Bag} */ (set.pace ??= {});
  return section(t('set.pace'), t('set.pace.hint'), h('div', { class: 'grid' },
    f.number('pace.per_service', t('set.pace.service'), pace, 'per_service', { most: 1000, hint: t('set.nolimit') }),
    f.number('pace.per_day', t('set.pace.day'), pace, 'per_day', { most: 1000, hint: t('set.nolimit') }),
    f.number('pace.kiosk', t('set.pace.kiosk'), pace, 'kiosk', { most: 100, hint: t('set.pace.kiosk.hint') }),
    f.number('pace.seconds', t('set.pace.seconds'), pace, 'seconds', { most: 3600 })));
}

/** @param {Fields} f @param {Bag} set */
export function bookingSection(f, set) {
  const booking = /** @type {Bag} */ (set.booking ??= {});
  return section(t('set.booking'), '', h('div', { class: 'grid' },
    f.number('booking.days_ahead', t('set.booking.ahead'), booking, 'days_ahead', { most: 60, hint: t('set.booking.ahead.hint') }),
    f.number('booking.late_minutes', t('set.booking.late'), booking, 'late_minutes', { most: 240, hint: t('set.booking.late.hint') })));
}

/** @param {Fields} f @param {Bag} set */
export function peopleSection(f, set) {
  const people = /** @type {Bag} */ (set.people ??= {});
  const number = (/** @type {string} */ key, /** @type {string} */ label, /** @type {number} */ most, /** @type {string} */ hint) => f.number(`people.${key}`, label, people, key, { most, drop: true, hint });
  return section(t('set.people'), t('set.people.hint'), h('div', { class: 'grid' },
    number('length', t('set.people.length'), 64, t('set.people.length.hint')),
    number('days', t('set.people.days'), 366, t('set.people.days.hint')),
    number('tries', t('set.people.tries'), 10, t('a.r.usual', { n: 5 })),
    number('minutes', t('set.people.minutes'), 1440, t('set.people.minutes.hint')),
    number('idle', t('set.people.idle'), 1440, t('set.people.idle.hint')),
    number('hours', t('set.people.hours'), 24, t('a.r.usual', { n: 14 })),
    f.tick(t('set.people.factor'), people, 'factor')));
}
