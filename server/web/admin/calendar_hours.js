// The hours of the calendar: half-days, the working week, seasons, when the day closes.
import { h } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { weekday } from '/web/time.js';
import { rowList } from '/admin/hall_lists.js';
import { group } from '/admin/setting_inputs.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** Monday first, as people read a week; the document counts from Sunday. */
export const WEEK = [1, 2, 3, 4, 5, 6, 0];

/** @param {Bag} half */
export const halfName = (half) => named(half.name) || half.id;

/** Ids of the half-days that every hall has; more are numbered. */
const USUAL = ['am', 'pm'];

/**
 * @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} set
 * @param {() => void} redraw what lists the half-days by name is drawn anew
 */
export function hourSections(app, f, set, redraw) {
  const c = /** @type {Bag} */ (set.calendar), halves = /** @type {Bag[]} */ (c.halves ??= []);
  const fresh = () => {
    const id = USUAL.find((x) => !halves.some((y) => y.id === x)) ?? `buoi-${halves.length + 1}`;
    const half = { id, name: { vi: '' }, from: '', to: '', cut_off: '', take: '' };
    for (const s of c.seasons ?? []) s.halves.push({ ...half });
    return half;
  };
  // Seasons have the same half-days in the same order.
  const changed = () => {
    const order = halves.map((x) => x.id);
    for (const s of c.seasons ?? []) s.halves.sort((/** @type {Bag} */ x, /** @type {Bag} */ y) => order.indexOf(x.id) - order.indexOf(y.id));
    f.changed();
    redraw();
  };
  return [
    section(t('cal.halves'), halves.length === 0 ? t('cal.halves.none') : t('cal.halves.hint'), rowList({
      list: halves, fresh, add: t('cal.half.add'), most: 6, changed, name: (item) => halfName(item),
      drop: (item, go) => app.sure(t('cal.half.drop', { name: halfName(item) }), t('cal.half.drop.yes'), t('q.keep'), () => { forget(set, item.id); go(); }),
      row: (item, i) => [...f.text(`calendar.halves[${i}].name`, t('cal.half.name'), item, 'name', 60), ...hourFields(f, `calendar.halves[${i}]`, item)],
    })),
    section(t('cal.close'), '', h('div', { class: 'grid' },
      f.line('calendar.close_at', t('cal.close.at'), c, 'close_at', { max: 5, hint: t('cal.close.hint') }),
      f.tick(t('cal.always'), c, 'always'))),
  ];
}

/** Takes a half-day out of everything that names it. @param {Bag} set @param {string} id */
function forget(set, id) {
  const c = set.calendar, without = (/** @type {string[] | undefined} */ list) => (list ?? []).filter((x) => x !== id);
  for (const s of c.seasons ?? []) s.halves = s.halves.filter((/** @type {Bag} */ x) => x.id !== id);
  for (const w of c.week ?? []) w.halves = without(w.halves);
  for (const s of set.services) {
    s.halves = without(s.halves);
    delete s.cut_off?.[id];
    delete s.quota?.[id];
  }
  for (const x of [...c.golden ?? [], ...c.no_slip ?? []]) delete x.quota?.[id];
}

/** @param {Fields} f @param {string} at @param {Bag} half */
function hourFields(f, at, half) {
  return [
    f.line(`${at}.from`, t('cal.from'), half, 'from', { max: 5, hint: t('a.h.hour.hint') }),
    f.line(`${at}.to`, t('cal.to'), half, 'to', { max: 5, hint: t('a.h.hour.hint') }),
    f.line(`${at}.take`, t('cal.take'), half, 'take', { max: 5, hint: t('cal.take.hint') }),
    f.line(`${at}.cut_off`, t('cal.cut'), half, 'cut_off', { max: 5, hint: t('cal.cut.hint') }),
  ];
}

/** Which half-days of which weekdays are worked. @param {Fields} f @param {Bag} c */
export function weekSection(f, c) {
  const halves = /** @type {Bag[]} */ (c.halves), week = /** @type {Bag[]} */ (c.week ??= []);
  const worked = (/** @type {number} */ day, /** @type {string} */ half) => week.some((w) => w.day === day && (!w.halves?.length || w.halves.includes(half)));

  /** @param {number} day @param {string} half @param {boolean} on */
  function keep(day, half, on) {
    const ids = halves.map((x) => x.id).filter((id) => (id === half ? on : worked(day, id)));
    const rest = week.filter((w) => w.day !== day);
    week.splice(0, week.length, ...WEEK.flatMap((d) => (d === day ? (ids.length > 0 ? [{ day, halves: ids }] : []) : rest.filter((w) => w.day === d))));
    f.changed();
  }

  if (halves.length === 0) return section(t('cal.week'), t('cal.week.none'));
  const table = h('table', { class: 'weekdays' },
    h('thead', null, h('tr', null, h('td'), halves.map((x) => h('th', { scope: 'col' }, halfName(x))))),
    h('tbody', null, WEEK.map((day) => h('tr', null, h('th', { scope: 'row' }, weekday(day)), halves.map((x) => {
      const box = h('input', { type: 'checkbox', checked: worked(day, x.id), 'aria-label': `${weekday(day)}, ${halfName(x)}`, onchange: () => keep(day, x.id, box.checked) });
      return h('td', null, h('label', { class: 'tick' }, box));
    })))));
  return section(t('cal.week'), t('cal.week.hint'), group(f, 'calendar.week', t('cal.week.legend'), '', [table]));
}

/** A day of the year as people write it: "16/04"; the document has "04-16". @param {Fields} f @param {string} at @param {string} label @param {Bag} bag @param {string} key */
function dateOfYear(f, at, label, bag, key) {
  const box = h('input', { inputmode: 'numeric', maxlength: 5, placeholder: '16/04', oninput: () => {
    const [, d, m] = /^\s*(\d{1,2})\s*[/-]\s*(\d{1,2})\s*$/.exec(box.value) ?? [];
    bag[key] = d && m ? `${m.padStart(2, '0')}-${d.padStart(2, '0')}` : box.value.trim();
  } });
  const [, m, d] = /^(\d\d)-(\d\d)$/.exec(bag[key] ?? '') ?? [];
  box.value = d && m ? `${d}/${m}` : bag[key] ?? '';
  return f.field(at, label, box, { hint: t('cal.season.day.hint') });
}

/** @param {Fields} f @param {Bag} c */
export function seasonSection(f, c) {
  const seasons = /** @type {Bag[]} */ (c.seasons ??= []);
  const fresh = () => ({ from: '', to: '', halves: c.halves.map((/** @type {Bag} */ x) => ({ ...x, name: { ...x.name } })) });
  const title = (/** @type {Bag} */ s) => t('cal.season.of', { from: dayMonth(s.from), to: dayMonth(s.to) });
  return section(t('cal.seasons'), seasons.length === 0 ? t('cal.seasons.none') : t('cal.seasons.hint'), rowList({
    list: seasons, fresh, add: t('cal.season.add'), most: 12, changed: f.changed, name: title, fold: title,
    row: (item, i) => {
      const at = `calendar.seasons[${i}]`;
      item.halves.forEach((/** @type {Bag} */ x, /** @type {number} */ j) => { x.name = c.halves[j]?.name ?? x.name; }); // one name for all of the year
      return [
        dateOfYear(f, `${at}.from`, t('cal.season.from'), item, 'from'), dateOfYear(f, `${at}.to`, t('cal.season.to'), item, 'to'),
        ...item.halves.flatMap((/** @type {Bag} */ x, /** @type {number} */ j) => [h('h3', { class: 'wide' }, halfName(c.halves[j] ?? x)), ...hourFields(f, `${at}.halves[${j}]`, x)]),
      ];
    },
  }));
}

/** "04-16" as "16/4". @param {string} date */
function dayMonth(date) {
  const [, m, d] = /^(\d\d)-(\d\d)$/.exec(date ?? '') ?? [];
  return d && m ? `${Number(d)}/${Number(m)}` : '…';
}
