// The counters: what each is called, which queues it calls from and in which order.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';
import { atCounter, counterName, dropCounter, freshID, giveCounter, serviceName } from '/admin/queues_edit.js';
import { group, ways } from '/admin/setting_inputs.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/admin.js').App} App */

const MOST = 200;

/** @param {App} app @param {Fields} f @param {Bag} set */
export function counterSection(app, f, set) {
  const counters = /** @type {Bag[]} */ (set.counters);
  const fresh = () => {
    const id = freshID(counters, '');
    return { id, label: counters.some((c) => c.label === id.padStart(2, '0')) ? '' : id.padStart(2, '0'), name: { vi: '' }, services: [] };
  };
  return section(t('q.counters'), counters.length === 0 ? t('q.counters.none') : t('q.counters.hint'), rowList({
    list: counters, fresh, add: t('q.counter.add'), most: MOST, changed: f.changed, name: counterName,
    fold: (item) => summary(set, item),
    drop: (item, go) => drop(app, set, item, go),
    row: (item, i) => counterFields(f, set, item, i),
  }));
}

/** @param {Bag} set @param {Bag} item */
function summary(set, item) {
  const names = set.services.filter((/** @type {Bag} */ s) => item.services.includes(s.id)).map(serviceName);
  return [h('span', { class: 'row-name' }, counterName(item)), h('small', { class: names.length === 0 ? 'odd' : null }, names.length > 0 ? names.join(', ') : t('q.counter.nothing'))];
}

/** @param {App} app @param {Bag} set @param {Bag} item @param {() => void} go */
function drop(app, set, item, go) {
  const name = counterName(item), n = atCounter(app, item.id);
  if (n > 0) return app.tell(t('q.counter.held', { name, n }));
  app.sure(t('q.counter.drop', { name }), t('q.counter.drop.yes'), t('q.keep'), () => { dropCounter(set, item.id); go(); });
}

/** @param {Fields} f @param {Bag} set @param {Bag} item @param {number} i */
function counterFields(f, set, item, i) {
  const at = `counters[${i}]`;
  item.name ??= { vi: '' };
  return [
    f.line(`${at}.label`, t('q.label'), item, 'label', { max: 8, hint: t('q.label.hint') }),
    zone(f, set, item),
    ...f.text(`${at}.name`, t('q.counter.name'), item, 'name', 80),
    order(f, set, item, at),
  ];
}

/** In which part of the hall it stands. @param {Fields} f @param {Bag} set @param {Bag} item */
function zone(f, set, item) {
  const zones = /** @type {Bag[]} */ (set.board?.zones ?? []);
  if (zones.length === 0) return null;
  const box = h('select', { oninput: () => {
    for (const z of zones) z.counters = [...z.counters.filter((/** @type {string} */ c) => c !== item.id), ...(z.id === box.value ? [item.id] : [])];
  } }, h('option', { value: '' }, t('q.zone.none')), zones.map((z) => h('option', { value: z.id }, z.name?.vi || z.id)));
  box.value = zones.find((z) => z.counters.includes(item.id))?.id ?? '';
  return f.field(`board.zones of ${item.id}`, t('a.h.zone'), box, { hint: t('q.zone.hint') });
}

/**
 * Its queues in its own order, how it picks among them, and the weights that needs.
 * @param {Fields} f @param {Bag} set @param {Bag} item @param {string} at
 */
function order(f, set, item, at) {
  const list = h('ol', { class: 'order' }), more = h('select', { 'aria-label': t('q.order.add'), oninput: (/** @type {Event} */ e) => e.stopPropagation(), onchange: () => {
    const id = more.value;
    if (id) change(() => giveCounter(item, id, true));
  } });
  const merge = h('div');

  /** @param {() => void} act @param {string} [focus] selector of what is pressed again */
  function change(act, focus) {
    act();
    f.changed();
    draw();
    const to = /** @type {HTMLButtonElement | null} */ (focus ? list.querySelector(focus) : null);
    (to && !to.disabled ? to : more).focus();
    list.dispatchEvent(new Event('change', { bubbles: true })); // the folded title follows
  }

  /** @param {string} id @param {number} i @param {number} to @param {string} way */
  const move = (id, i, to, way) => change(() => {
    item.services.splice(to, 0, ...item.services.splice(i, 1));
    item.weights?.splice(to, 0, ...item.weights.splice(i, 1));
  }, `[data-id="${id}"] .${way}`);

  function draw() {
    const known = new Map(set.services.map((/** @type {Bag} */ s) => [s.id, s]));
    mount(list, item.services.map((/** @type {string} */ id, /** @type {number} */ i) => {
      const name = known.has(id) ? serviceName(known.get(id)) : id;
      return h('li', { 'data-id': id }, h('b', { class: 'letter num' }, known.get(id)?.prefix ?? '?'), h('span', { lang: 'vi' }, name), item.merge === 'weighted' && weight(item, i, name),
        h('button', { type: 'button', class: 'up', disabled: i === 0, 'aria-label': t('a.h.up', { name }), onclick: () => move(id, i, i - 1, 'up') }, '↑'),
        h('button', { type: 'button', class: 'down', disabled: i === item.services.length - 1, 'aria-label': t('a.h.down', { name }), onclick: () => move(id, i, i + 1, 'down') }, '↓'),
        h('button', { type: 'button', class: 'drop', 'aria-label': t('a.h.drop.of', { name }), onclick: () => change(() => giveCounter(item, id, false)) }, '×'));
    }));
    const rest = set.services.filter((/** @type {Bag} */ s) => !item.services.includes(s.id));
    mount(more, h('option', { value: '' }, t('q.order.add')), rest.map((/** @type {Bag} */ s) => h('option', { value: s.id }, `${s.prefix} · ${serviceName(s)}`)));
    more.hidden = rest.length === 0;
    merge.hidden = item.services.length < 2;
  }

  /** @param {Bag} counter @param {number} i @param {string} name */
  function weight(counter, i, name) {
    const box = h('input', { type: 'number', min: 1, max: 100, inputmode: 'numeric', 'aria-label': t('q.weight', { name }), oninput: () => { counter.weights[i] = Math.round(Number(box.value)) || 0; f.changed(); } });
    box.value = String(counter.weights?.[i] ?? 1);
    return box;
  }

  mount(merge, ways(f, `${at}.merge`, t('q.merge'), item.merge || 'arrival', [
    { id: 'arrival', name: t('q.merge.arrival'), note: t('q.merge.arrival.note') },
    { id: 'listed', name: t('q.merge.listed'), note: t('q.merge.listed.note', { n: set.policy?.max_wait ?? 0 }) },
    { id: 'weighted', name: t('q.merge.weighted'), note: t('q.merge.weighted.note') },
  ], (id) => {
    item.merge = id === 'arrival' ? '' : id;
    if (id === 'weighted') item.weights = item.services.map(() => 1);
    else delete item.weights;
    draw();
  }));
  draw();
  return h('div', { class: 'wide' }, group(f, `${at}.services`, t('q.order'), t('q.order.hint'), [list, more]), merge);
}
