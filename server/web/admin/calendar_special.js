// Golden and no-slip days, and the cut-offs and quotas of every queue side by side.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { weekday } from '/web/time.js';
import { rowList } from '/admin/hall_lists.js';
import { choice } from '/admin/hall_voice.js';
import { counterName, serviceName } from '/admin/queues_edit.js';
import { group, ticks } from '/admin/setting_inputs.js';
import { WEEK, halfName } from '/admin/calendar_hours.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/**
 * @param {Fields} f @param {Bag} set @param {'golden'|'no_slip'} key @param {string} title @param {string} hint @param {string} add
 */
export function specialSection(f, set, key, title, hint, add) {
  const list = /** @type {Bag[]} */ (set.calendar[key] ??= []);
  const name = (/** @type {Bag} */ item) => {
    const days = WEEK.filter((d) => item.weekdays.includes(d)).map(weekday).join(', ');
    const queues = set.services.filter((/** @type {Bag} */ s) => item.services.includes(s.id)).map(serviceName).join(', ');
    return `${days || '…'} · ${queues || '…'}`;
  };
  return section(title, hint, rowList({
    list, fresh: () => ({ weekdays: [], services: [] }), add, most: 30, changed: f.changed, name, fold: name,
    row: (item, i) => specialFields(f, set, item, `calendar.${key}[${i}]`, key),
  }));
}

/** @param {Fields} f @param {Bag} set @param {Bag} item @param {string} at @param {'golden'|'no_slip'} key */
function specialFields(f, set, item, at, key) {
  const halves = /** @type {Bag[]} */ (set.calendar.halves);
  item.quota ??= {};
  return [
    ticks(f, `${at}.weekdays`, t('cal.special.days'), item.weekdays, WEEK.map((d) => ({ id: String(d), name: weekday(d) })), (on) => { item.weekdays = on.map(Number).sort((a, b) => a - b); }),
    ticks(f, `${at}.services`, t('cal.special.queues'), item.services, set.services.map((/** @type {Bag} */ s) => ({ id: s.id, name: serviceName(s) })), (on) => { item.services = on; }),
    ticks(f, `${at}.counters`, t('cal.special.counters'), item.counters ?? [], set.counters.map((/** @type {Bag} */ c) => ({ id: c.id, name: counterName(c) })), (on) => { item.counters = on; }, t('cal.special.counters.hint')),
    ...halves.map((x) => f.number(`${at}.quota.${x.id}`, t('cal.special.quota', { half: halfName(x) }), item.quota, x.id, { most: 100000, drop: true, hint: t('cal.special.quota.hint') })),
    ...promise(f, item, `${at}.promise`, key === 'golden' ? t('cal.promise.usual') : t('cal.promise.half')),
  ];
}

/** Another promise on that day, or none of its own. @param {Fields} f @param {Bag} item @param {string} at @param {string} none */
function promise(f, item, at, none) {
  const bag = /** @type {Bag} */ (item.promise ?? { unit: '', amount: 0 });
  const keep = () => {
    if (bag.unit) item.promise = bag;
    else delete item.promise;
  };
  const unit = choice(f, `${at}.unit`, t('cal.special.promise'), bag, 'unit', [['', none], ['half_days', t('q.unit.half_days')], ['working_days', t('q.unit.working_days')], ['calendar_days', t('q.unit.calendar_days')], ['this_week', t('q.unit.this_week')]]);
  const amount = f.number(`${at}.amount`, t('q.amount'), bag, 'amount', { most: 365, step: 0.5, hint: t('cal.amount.hint') });
  const fit = () => { amount.hidden = !bag.unit || bag.unit === 'this_week'; };
  unit.addEventListener('input', () => { keep(); fit(); });
  fit();
  return [unit, amount];
}

/** What each queue says about the half-days: the same fields as on its own page, side by side. @param {Fields} f @param {Bag} set */
export function limitSection(f, set) {
  const halves = /** @type {Bag[]} */ (set.calendar.halves);
  /** @param {string} place @param {string} label @param {Bag} bag @param {string} key @param {boolean} number */
  const cell = (place, label, bag, key, number) => {
    const fault = h('small', { class: 'fault' });
    const box = h('input', { type: number ? 'number' : 'text', min: 1, maxlength: 5, inputmode: number ? 'numeric' : null, 'aria-label': label, oninput: () => {
      const value = number ? Math.round(Number(box.value)) || 0 : box.value.trim();
      if (box.value === '') delete bag[key];
      else bag[key] = value;
      f.clear({ el, box, fault });
      f.changed();
    } });
    const el = h('td', { 'data-place': place }, box, fault);
    box.value = bag[key] === undefined ? '' : String(bag[key]);
    f.known.set(place, { el, box, fault });
    return el;
  };
  const table = h('table', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('cal.limit.queue')), halves.flatMap((x) => [
      h('th', { scope: 'col' }, t('cal.limit.cut', { half: halfName(x) })), h('th', { scope: 'col' }, t('cal.limit.quota', { half: halfName(x) }))]))),
    h('tbody', null, set.services.map((/** @type {Bag} */ s, /** @type {number} */ i) => h('tr', null, h('th', { scope: 'row' }, `${s.prefix} · ${serviceName(s)}`), halves.flatMap((x) => [
      cell(`services[${i}].cut_off.${x.id}`, `${serviceName(s)}: ${t('cal.limit.cut', { half: halfName(x) })}`, s.cut_off ??= {}, x.id, false),
      cell(`services[${i}].quota.${x.id}`, `${serviceName(s)}: ${t('cal.limit.quota', { half: halfName(x) })}`, s.quota ??= {}, x.id, true)])))));
  return section(t('cal.limits'), t('cal.limits.hint'), group(f, 'services', t('cal.limits'), '', [h('div', { class: 'limits', tabindex: 0, role: 'group', 'aria-label': t('cal.limits') }, table)]));
}
