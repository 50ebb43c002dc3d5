// Tiles of the kiosk that stand for several queues: the next screen lists them.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';
import { freshID, serviceName } from '/admin/queues_edit.js';
import { ticks } from '/admin/setting_inputs.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

const MOST = 16;

/** @param {Fields} f @param {Bag} set */
export function groupSection(f, set) {
  const list = /** @type {Bag[]} */ (set.groups ??= []), services = /** @type {Bag[]} */ (set.services);
  const options = services.map((s) => ({ id: s.id, name: `${s.prefix} · ${serviceName(s)}` }));
  return section(t('q.groups'), list.length === 0 ? t('q.groups.none') : t('q.groups.hint'), rowList({
    list, most: MOST, add: t('q.group.add'), changed: f.changed,
    fresh: () => ({ id: freshID(list, 'nhom-'), name: { vi: '' }, services: [] }),
    name: (item, i) => item.name.vi || t('q.group.n', { n: i + 1 }),
    fold: (item) => [h('span', { class: 'row-name', lang: 'vi' }, item.name.vi || t('a.h.new')),
      h('small', null, services.filter((s) => item.services.includes(s.id)).map(serviceName).join(', '))],
    row: (item, i) => [
      ...f.text(`groups[${i}].name`, t('q.group.name'), item, 'name'),
      ticks(f, `groups[${i}].services`, t('q.group.services'), item.services, options, (on) => { item.services = on; }, t('q.group.hint')),
    ],
  }));
}
