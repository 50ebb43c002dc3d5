// Days off and days made up. The year's public holidays are suggested; a person takes
// over what has been announced.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { weekday } from '/web/time.js';
import { rowList } from '/admin/hall_lists.js';
import { readDate } from '/admin/procedures_words.js';
import { WEEK } from '/admin/calendar_hours.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{from: string, to?: string, name: Text, basis: string, open: boolean}} Suggested */

/** "2026-11-24" as "Thứ Ba, 24/11/2026". @param {string} day */
export function longDay(day) {
  const [y, m, d] = day.split('-');
  return d ? `${weekday(new Date(day).getUTCDay())}, ${d}/${m}/${y}` : '…';
}

/** @param {string} day */
const shortDay = (day) => day.split('-').reverse().join('/');

/** @param {{from?: string, to?: string}} x */
export const span = (x) => (x.to && x.to !== x.from ? `${shortDay(x.from ?? '')} – ${shortDay(x.to)}` : longDay(x.from ?? ''));

/**
 * A day as people write it. Not a date field: month and day change places with the machine's language.
 * @param {Fields} f @param {string} at @param {string} label @param {Bag} bag @param {string} key @param {string} [hint]
 */
function dayField(f, at, label, bag, key, hint = t('cal.day.hint')) {
  const box = h('input', { inputmode: 'numeric', autocomplete: 'off', maxlength: 10, oninput: () => {
    const day = readDate(box.value);
    if (day === '' && key === 'to') delete bag[key];
    else bag[key] = day ?? box.value.trim(); // what is no day is refused where it stands
  } });
  box.value = /^\d{4}-\d\d-\d\d$/.test(bag[key] ?? '') ? shortDay(bag[key]) : bag[key] ?? '';
  return f.field(at, label, box, { hint });
}

/** @param {Bag} a @param {Bag} b */
const byDay = (a, b) => String(a.from ?? a.day).localeCompare(String(b.from ?? b.day));

/** @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} c */
export function holidaySection(app, f, c) {
  const list = /** @type {Bag[]} */ (c.holidays ??= []), rows = h('div');
  const title = (/** @type {Bag} */ item) => `${span(item)} · ${named(item.name) || '…'}`;
  const draw = () => mount(rows, rowList({
    list, fresh: () => ({ from: '', name: { vi: '' } }), add: t('cal.holiday.add'), most: 300, changed: f.changed, name: title, fold: title,
    row: (item, i) => {
      const at = `calendar.holidays[${i}]`;
      return [
        dayField(f, `${at}.from`, t('cal.holiday.from'), item, 'from'),
        dayField(f, `${at}.to`, t('cal.holiday.to'), item, 'to', t('cal.holiday.to.hint')),
        ...f.text(`${at}.name`, t('cal.holiday.name'), item, 'name', 120),
      ];
    },
  }));
  draw();
  /** @param {Suggested[]} chosen */
  const take = (chosen) => {
    for (const { from, to, name } of chosen) list.push(to ? { from, to, name: { ...name } } : { from, name: { ...name } });
    list.sort(byDay);
    f.changed();
    draw();
  };
  const ask = h('button', { type: 'button', class: 'more', onclick: () => void suggest(app, list, take) }, t('cal.suggest'));
  return section(t('cal.holidays'), list.length === 0 ? t('cal.holidays.none') : t('cal.holidays.hint'), ask, rows);
}

/** Two spans share a day. @param {Bag} a @param {Bag} b */
const meet = (a, b) => (a.from ?? '') <= (b.to || b.from) && (b.from ?? '') <= (a.to || a.from);

/**
 * The public holidays of a year, to be ticked.
 * @param {import('/admin/admin.js').App} app @param {Bag[]} list those there are @param {(chosen: Suggested[]) => void} take
 */
async function suggest(app, list, take) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/calendar/holidays`;
  const rows = h('ul', { class: 'suggested' }), years = h('select', { 'aria-label': t('cal.suggest.year'), onchange: () => void load(years.value) });
  const fault = h('p', { class: 'fault', role: 'alert' }), go = h('button', { type: 'button', class: 'go', onclick: () => {
    box.close();
    take(items.filter((_, i) => /** @type {HTMLInputElement} */ (rows.querySelectorAll('input')[i]).checked));
  } }, t('cal.suggest.take'));
  const box = h('dialog', { class: 'review', 'aria-labelledby': 'suggest-q', onclose: () => box.remove() },
    h('h2', { id: 'suggest-q' }, t('cal.suggest.q')), h('p', { class: 'hint' }, t('cal.suggest.hint')),
    h('label', { class: 'year' }, t('cal.suggest.year'), ' ', years), rows, fault,
    h('div', { class: 'acts' }, go, h('button', { type: 'button', onclick: () => box.close() }, t('q.review.back'))));
  /** @type {Suggested[]} */
  let items = [];

  /** @param {string} year */
  async function load(year) {
    const answer = await get(year ? `${path}?year=${year}` : path);
    if (!answer.ok) return mount(fault, sentence(answer.code));
    items = answer.body.items;
    mount(years, answer.body.years.map((/** @type {number} */ y) => h('option', { value: y, selected: y === answer.body.year }, y)));
    mount(rows, items.map((x) => {
      const there = list.some((y) => meet(x, y));
      return h('li', null, h('label', { class: 'tick' }, h('input', { type: 'checkbox', checked: !there && !x.open, disabled: there }),
        h('span', null, h('b', null, named(x.name)), ' · ', span(x),
          h('small', null, there ? t('cal.suggest.there') : x.open ? t('cal.suggest.open', { basis: x.basis }) : x.basis))));
    }));
  }

  document.body.append(box);
  box.showModal();
  await load('');
}

/** @param {Fields} f @param {Bag} c */
export function madeUpSection(f, c) {
  const list = /** @type {Bag[]} */ (c.make_up ??= []);
  const title = (/** @type {Bag} */ item) => `${longDay(item.day ?? '')} · ${t('cal.like', { day: weekday(item.like) })}`;
  return section(t('cal.makeup'), t('cal.makeup.hint'), rowList({
    list, fresh: () => ({ day: '', like: c.week?.[0]?.day ?? 1, name: { vi: '' } }), add: t('cal.makeup.add'), most: 300, changed: f.changed, name: title, fold: title,
    row: (item, i) => {
      const at = `calendar.make_up[${i}]`;
      const like = h('select', { oninput: () => { item.like = Number(like.value); } }, WEEK.map((d) => h('option', { value: d, selected: d === item.like }, weekday(d))));
      return [
        dayField(f, `${at}.day`, t('cal.makeup.day'), item, 'day'), f.field(`${at}.like`, t('cal.makeup.like'), like),
        ...f.text(`${at}.name`, t('cal.makeup.name'), item, 'name', 120),
      ];
    },
  }));
}
