// The first step, who the hall is, and the fourth, when it works.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { Fields, tidy } from '/admin/hall_fields.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/start.js').Step} Step */

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const WEEK = [1, 2, 3, 4, 5, 6, 0];
/** @type {(() => string)[]} Sunday first */
const days = [() => t('st.sun'), () => t('st.mon'), () => t('st.tue'), () => t('st.wed'), () => t('st.thu'), () => t('st.fri'), () => t('st.sat')];
/** What a hall that has no half-days yet begins with. */
const USUAL = [
  { id: 'am', name: { vi: 'Buổi sáng', en: 'Morning' }, from: '07:30', to: '11:30', cut_off: '10:30', take: '07:00' },
  { id: 'pm', name: { vi: 'Buổi chiều', en: 'Afternoon' }, from: '13:30', to: '17:00', cut_off: '15:00', take: '13:15' },
];

/** @param {import('/admin/admin.js').App} _app @param {Bag} set @returns {Step} */
export function hallStep(_app, set) {
  const draft = { name: { ...set.name }, place: { ...set.place } }, fields = new Fields(() => {});
  return {
    nodes: [h('p', null, t('st.hall.what')), h('div', { class: 'grid' }, ...fields.text('name', t('st.hall.name'), draft, 'name'), ...fields.text('place', t('st.hall.place'), draft, 'place'))],
    change(fresh) {
      fresh.name = trimmed(draft.name);
      fresh.place = trimmed(draft.place);
    },
  };
}

/** A text without the English that is empty. @param {Bag} text */
const trimmed = (text) => ({ vi: tidy(text.vi ?? ''), ...(tidy(text.en ?? '') && { en: tidy(text.en) }) });

/** A moment of the day, as "07:30" whatever the browser's language. @param {string} hm */
const clock = (hm) => h('input', { value: hm, maxlength: 5, inputmode: 'numeric', placeholder: '07:30', autocomplete: 'off' });

/** @param {string} hm */
const minutes = (hm) => Number(hm.slice(0, 2)) * 60 + Number(hm.slice(3));
/** @param {number} n */
const written = (n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;

/** Moves a moment by as much as another was moved, within its half-day. @param {string} at @param {string} before @param {string} after @param {Bag} half */
const moved = (at, before, after, half) => written(Math.min(minutes(half.to), Math.max(minutes(half.from), minutes(at) + minutes(after) - minutes(before))));

/** @param {import('/admin/admin.js').App} _app @param {Bag} set @returns {Step} */
export function hoursStep(_app, set) {
  const halves = structuredClone(set.calendar.halves?.length ? set.calendar.halves : USUAL);
  const boxes = halves.map((/** @type {Bag} */ half) => ({
    half, from: clock(half.from), to: clock(half.to) }));
  const works = new Set((set.calendar.week?.length ? set.calendar.week : [1, 2, 3, 4, 5].map((day) => ({ day }))).map((/** @type {Bag} */ w) => w.day));
  const ticks = WEEK.map((day) => ({ day, box: h('input', { type: 'checkbox', checked: works.has(day) }) }));
  return {
    nodes: [h('p', null, t('st.hours.what')),
      h('div', { class: 'grid' }, boxes.flatMap((/** @type {any} */ b) => [
        h('label', null, h('span', null, t('st.hours.from', { half: b.half.name.vi })), b.from), h('label', null, h('span', null, t('st.hours.to', { half: b.half.name.vi })), b.to)])),
      h('fieldset', { class: 'days' }, h('legend', null, t('st.hours.days')), ticks.map((x) => h('label', { class: 'tick' }, x.box, days[x.day]())))],
    change(fresh) {
      const c = fresh.calendar;
      delete c.always;
      for (const b of boxes) for (const box of [b.from, b.to]) box.value = box.value.trim().replace(/^(\d)[:.h]/, '0$1:').replace(/^(\d\d)[.h]/, '$1:');
      c.halves = boxes.map((/** @type {any} */ b) => shift(b.half, b.from.value, b.to.value));
      for (const s of fresh.services) for (const id of Object.keys(s.cut_off ?? {})) {
        const b = boxes.find((/** @type {any} */ x) => x.half.id === id);
        if (b && CLOCK.test(b.from.value) && CLOCK.test(b.to.value)) s.cut_off[id] = moved(s.cut_off[id], b.half.to, b.to.value, { from: b.from.value, to: b.to.value });
      }
      c.week = ticks.filter((x) => x.box.checked).map((x) => c.week?.find((/** @type {Bag} */ w) => w.day === x.day) ?? { day: x.day, halves: c.halves.map((/** @type {Bag} */ half) => half.id) });
    },
  };
}

/** A half-day with new hours: its other moments keep their distance. @param {Bag} half @param {string} from @param {string} to */
function shift(half, from, to) {
  if (!CLOCK.test(from) || !CLOCK.test(to)) return { ...half, from, to }; // the server says what is wrong
  /** @type {Bag} */
  const now = { ...half, from, to };
  if (half.cut_off) now.cut_off = moved(half.cut_off, half.to, to, now);
  if (half.take) now.take = written(Math.max(0, minutes(half.take) + minutes(from) - minutes(half.from)));
  return now;
}
