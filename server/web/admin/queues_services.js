// The queues of the hall: who comes to each, when it gives numbers, what it promises.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';
import { choice } from '/admin/hall_voice.js';
import { dropService, freshID, freshLetter, giveCounter, holding, serviceName } from '/admin/queues_edit.js';
import { catalogueFields, chosen, findField, findProcedure, procedureName, ticks } from '/admin/setting_inputs.js';
import { section } from '/admin/settings_form.js';
import { weekdays } from '/admin/settings_words.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/admin.js').App} App */

/** The most a hall may have, as the server checks. */
const MOST = 64, FIELDS = 100, PROCEDURES = 3000;

/** @param {App} app @param {Fields} f @param {Bag} set */
export function serviceSection(app, f, set) {
  const services = /** @type {Bag[]} */ (set.services);
  const rows = rowList({
    list: services, most: MOST, add: t('q.service.add'), changed: f.changed, name: serviceName,
    fresh: () => ({ id: freshID(services, 'hang-'), prefix: freshLetter(services), name: { vi: '' }, promise: {}, wait_target: 30, typical: 10 }),
    fold: (item) => summary(set, item),
    drop: (item, go, again) => drop(app, set, item, go, () => { f.changed(); again(); }),
    row: (item, i) => serviceFields(f, set, item, i),
  });
  return section(t('q.services'), services.length === 0 ? t('q.services.none') : t('q.services.hint'), rows);
}

/** A queue's line when it is folded. @param {Bag} set @param {Bag} item */
function summary(set, item) {
  const at = set.counters.filter((/** @type {Bag} */ c) => c.services.includes(item.id)).map((/** @type {Bag} */ c) => c.label);
  const where = item.closed ? t('q.service.closed') : at.length > 0 ? t('q.service.at', { counters: at.join(', ') }) : t('q.service.nowhere');
  return [h('b', { class: 'letter num' }, item.prefix || '?'), h('span', { class: 'row-name', lang: 'vi' }, serviceName(item)), h('small', { class: item.closed || at.length === 0 ? 'odd' : null }, where)];
}

/** Asks before a queue goes; who holds a number of it keeps it. @param {App} app @param {Bag} set @param {Bag} item @param {() => void} go @param {() => void} changed */
function drop(app, set, item, go, changed) {
  const name = serviceName(item), n = holding(app, item.id);
  if (n > 0 && !item.closed) return app.sure(t('q.service.held', { name, n }), t('q.service.stop'), t('q.keep'), () => { item.closed = true; changed(); });
  if (n > 0) return app.tell(t('q.service.held.closed', { name, n }));
  app.sure(t('q.service.drop', { name }), t('q.service.drop.yes'), t('q.keep'), () => { dropService(set, item.id); go(); });
}

/** @param {Fields} f @param {Bag} set @param {Bag} item @param {number} i */
function serviceFields(f, set, item, i) {
  const at = `services[${i}]`;
  return [
    f.line(`${at}.prefix`, t('q.prefix'), item, 'prefix', { max: 2, hint: t('q.prefix.hint') }),
    f.tick(t('q.closed'), item, 'closed'),
    ...f.text(`${at}.name`, t('q.name'), item, 'name'),
    ...short(f, at, item),
    servedBy(f, set, item, at),
    h('h3', { class: 'wide' }, t('q.who')),
    fieldOf(f, at, item),
    choice(f, `${at}.kind`, t('q.kind'), item, 'kind', [['', t('q.kind.none')], ['post', t('q.kind.post')], ['online_help', t('q.kind.online_help')], ['results', t('q.kind.results')]]),
    chosen({ f, place: `${at}.fields`, label: t('q.fields'), hint: t('q.fields.hint'), ask: t('q.fields.ask'), list: item.fields ??= [], most: FIELDS, find: findField, nameOf: async (x) => x }),
    chosen({ f, place: `${at}.procedures`, label: t('q.procedures'), hint: t('q.procedures.hint'), ask: t('q.procedures.ask'), list: item.procedures ??= [], most: PROCEDURES, find: findProcedure, nameOf: procedureName }),
    h('h3', { class: 'wide' }, t('q.when')),
    ...hours(f, set, item, at),
    h('h3', { class: 'wide' }, t('q.promise')),
    ...promise(f, at, item),
    h('h3', { class: 'wide' }, t('q.kiosk')),
    ...atKiosk(f, at, item),
  ];
}

/** The short name stands only where there is one. @param {Fields} f @param {string} at @param {Bag} item */
function short(f, at, item) {
  item.short ??= { vi: '' };
  return f.text(`${at}.short`, t('q.short'), item, 'short', 60);
}

/** @param {Fields} f @param {Bag} set @param {Bag} item @param {string} at */
function servedBy(f, set, item, at) {
  const counters = /** @type {Bag[]} */ (set.counters);
  return ticks(f, at, t('q.served'), counters.filter((c) => c.services.includes(item.id)).map((c) => c.id),
    counters.map((c) => ({ id: c.id, name: t('a.h.zone.counter', { label: c.label }) })),
    (on) => { for (const c of counters) giveCounter(c, item.id, on.includes(c.id)); }, t('q.served.hint'));
}

/** Its main field is one of the catalogue's; one that the catalogue has lost stays to be seen. @param {Fields} f @param {string} at @param {Bag} item */
function fieldOf(f, at, item) {
  const el = choice(f, `${at}.field`, t('q.field'), item, 'field', [['', t('q.field.none')], ...(item.field ? [/** @type {[string, string]} */ ([item.field, item.field])] : [])]);
  void catalogueFields().then((list) => {
    const box = /** @type {HTMLSelectElement} */ (el.querySelector('select'));
    for (const { name } of list) if (name !== item.field) box.append(h('option', { value: name }, name));
  });
  return el;
}

/** @param {Fields} f @param {Bag} set @param {Bag} item @param {string} at */
function hours(f, set, item, at) {
  const halves = /** @type {Bag[]} */ (set.calendar?.halves ?? []), names = halves.map((x) => ({ id: x.id, name: x.name?.vi || x.id }));
  const days = weekdays(), order = [1, 2, 3, 4, 5, 6, 0];
  item.cut_off ??= {};
  item.quota ??= {};
  return [
    ticks(f, `${at}.halves`, t('q.halves'), item.halves ?? [], names, (on) => { item.halves = on; }, t('q.halves.hint')),
    ticks(f, `${at}.weekdays`, t('q.weekdays'), item.weekdays ?? [], order.map((d) => ({ id: String(d), name: days[d] })), (on) => { item.weekdays = on.map(Number); }, t('q.weekdays.hint')),
    ...names.flatMap(({ id, name }) => [
      f.line(`${at}.cut_off.${id}`, t('q.cut', { half: name }), item.cut_off, id, { max: 5, drop: true, hint: t('q.cut.hint') }),
      f.number(`${at}.quota.${id}`, t('q.quota', { half: name }), item.quota, id, { most: 100000, drop: true, hint: t('q.quota.hint') }),
    ]),
  ];
}

/** @param {Fields} f @param {string} at @param {Bag} item */
function promise(f, at, item) {
  const units = /** @type {[string, string][]} */ ([['', t('q.unit.none')], ['half_days', t('q.unit.half_days')], ['working_days', t('q.unit.working_days')], ['calendar_days', t('q.unit.calendar_days')], ['this_week', t('q.unit.this_week')]]);
  item.promise ??= {};
  const amount = f.number(`${at}.promise.amount`, t('q.amount'), item.promise, 'amount', { most: 365, step: 0.5, hint: t('q.amount.hint') });
  const unit = choice(f, `${at}.promise.unit`, t('q.unit'), item.promise, 'unit', units);
  const fit = () => { amount.hidden = !item.promise.unit || item.promise.unit === 'this_week'; };
  unit.addEventListener('input', () => {
    if (!item.promise.unit || item.promise.unit === 'this_week') item.promise.amount = 0;
    fit();
  });
  fit();
  return [unit, amount,
    f.number(`${at}.wait_target`, t('q.target'), item, 'wait_target', { most: 480, hint: t('q.target.hint') }),
    f.number(`${at}.typical`, t('q.typical'), item, 'typical', { most: 480, step: 0.5, hint: t('q.typical.hint') })];
}

/** @param {Fields} f @param {string} at @param {Bag} item */
function atKiosk(f, at, item) {
  item.late ??= {};
  item.late.text ??= { vi: '' };
  return [
    f.tick(t('q.noconfirm'), item, 'no_confirm'),
    f.number(`${at}.per_person`, t('q.perperson'), item, 'per_person', { most: 1000, hint: t('q.perperson.hint') }),
    f.line(`${at}.late.from`, t('q.late.from'), item.late, 'from', { max: 5, hint: t('q.late.hint') }),
    f.line(`${at}.online`, t('q.online'), item, 'online', { max: 200, type: 'url', hint: t('q.online.hint') }),
    ...f.text(`${at}.late.text`, t('q.late'), item.late, 'text', 500),
  ];
}
