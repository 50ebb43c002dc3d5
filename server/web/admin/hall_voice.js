// How the hall is called: its voice, its parts with boards of their own, and when
// the boards are black.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/**
 * One of several. @param {Fields} f @param {string} place @param {string} label @param {Bag} bag @param {string} key
 * @param {[string, string][]} choices value and words
 */
export function choice(f, place, label, bag, key, choices) {
  const box = h('select', { oninput: () => { bag[key] = box.value; } }, choices.map(([value, words]) => h('option', { value }, words)));
  box.value = bag[key] ?? '';
  return f.field(place, label, box);
}

/** @param {Fields} f @param {Bag} board @returns {Node[]} */
export function voiceFields(f, board) {
  const voice = /** @type {Bag} */ (board.voice ??= {}), zones = /** @type {Bag[]} */ (board.zones ?? []);
  return [
    h('div', { class: 'grid' },
      f.tick(t('a.h.voice.on'), voice, 'on'), f.tick(t('a.h.voice.once'), voice, 'once'), f.tick(t('a.h.voice.english'), voice, 'english'),
      choice(f, 'board.voice.region', t('a.h.voice.region'), voice, 'region', [['', t('a.h.voice.north')], ['south', t('a.h.voice.south')]]),
      choice(f, 'board.voice.numbers', t('a.h.voice.numbers'), voice, 'numbers', [['', t('a.h.voice.digits')], ['whole', t('a.h.voice.whole')]]),
      f.lines('board.voice.also', t('a.h.voice.also'), voice, 'also', t('a.h.voice.also.hint'))),
    h('h3', null, t('a.h.voice.hours')),
    rowList({
      list: voice.hours ??= [], fresh: () => ({ from: '11:30', to: '13:30', percent: 50 }), add: t('a.h.voice.hours.add'), most: 40, changed: f.changed,
      name: (item) => `${item.from} – ${item.to}`,
      row: (item, i) => [
        f.line(`board.voice.hours[${i}].from`, t('a.h.from.hour'), item, 'from', { max: 5, hint: t('a.h.hour.hint') }),
        f.line(`board.voice.hours[${i}].to`, t('a.h.to.hour'), item, 'to', { max: 5, hint: t('a.h.hour.hint') }),
        f.number(`board.voice.hours[${i}].percent`, t('a.h.voice.percent'), item, 'percent', { most: 100, hint: t('a.h.voice.percent.hint') }),
        zones.length > 0 && choice(f, `board.voice.hours[${i}].zone`, t('a.h.zone'), item, 'zone', [['', t('a.h.zone.all')], ...zones.map((z) => /** @type {[string, string]} */ ([z.id, z.name?.vi || z.id]))]),
      ],
    }),
  ];
}

/** @param {Fields} f @param {Bag} board @param {Bag[]} counters of the settings @returns {Node[]} */
export function boardFields(f, board, counters) {
  const night = /** @type {Bag} */ (board.night ??= {}), zones = /** @type {Bag[]} */ (board.zones ??= []);
  for (const zone of zones) zone.counters ??= []; // a list of none comes as null
  const freshID = () => {
    for (let n = zones.length + 1; ; n += 1) if (!zones.some((z) => z.id === `khu-${n}`)) return `khu-${n}`;
  };
  /** @param {Bag} zone @param {Bag} counter */
  const member = (zone, counter) => {
    const box = h('input', { type: 'checkbox', checked: zone.counters.includes(counter.id), onchange: () => {
      zone.counters = counters.map((c) => c.id).filter((id) => (id === counter.id ? box.checked : zone.counters.includes(id)));
      f.changed();
    } });
    return h('label', { class: 'tick' }, box, t('a.h.zone.counter', { label: counter.label }));
  };
  return [
    h('div', { class: 'grid' }, f.line('board.night.from', t('a.h.night.from'), night, 'from', { max: 5, hint: t('a.h.hour.hint') }), f.line('board.night.to', t('a.h.night.to'), night, 'to', { max: 5, hint: t('a.h.hour.hint') })),
    rowList({
      list: zones, fresh: () => ({ id: freshID(), name: { vi: '' }, counters: [] }), add: t('a.h.zone.add'), most: 40, changed: f.changed,
      name: (item, i) => item.name.vi || t('a.h.zone.n', { n: i + 1 }), fold: (item) => item.name.vi,
      row: (item, i) => [...f.text(`board.zones[${i}].name`, t('a.h.zone.name'), item, 'name'), ...counters.map((c) => member(item, c))],
    }),
  ];
}
