// When the hall works: hours, seasons, holidays and special days; beside them a month
// and any day of it, as the rules that give the numbers understand what is written here.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { holidaySection, madeUpSection } from '/admin/calendar_days.js';
import { hourSections, seasonSection, weekSection } from '/admin/calendar_hours.js';
import { limitSection, specialSection } from '/admin/calendar_special.js';
import { calendarView } from '/admin/calendar_view.js';
import { settingsForm } from '/admin/settings_form.js';
import { style } from '/admin/style.js';

await style('/admin/calendar.css');

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const view = calendarView(app);
  const form = settingsForm(app, 'calendar', (fields, set) => {
    const changed = fields.changed;
    fields.changed = () => { changed(); view.soon(); };
    view.of(set);
    return sections(app, fields, set);
  });
  return {
    el: h('div', { class: 'part hall-part calendar-part' }, view.el, form.el),
    open: form.open, event: form.event, close: view.close,
  };
}

/** @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} set */
function sections(app, f, set) {
  const c = /** @type {Bag} */ (set.calendar), week = h('div', { class: 'drawn' }), seasons = h('div', { class: 'drawn' }), special = h('div', { class: 'drawn' });
  const redraw = () => {
    mount(week, weekSection(f, c));
    mount(seasons, seasonSection(f, c));
    mount(special,
      specialSection(f, set, 'golden', t('cal.golden'), t('cal.golden.hint'), t('cal.golden.add')),
      specialSection(f, set, 'no_slip', t('cal.noslip'), t('cal.noslip.hint'), t('cal.noslip.add')),
      limitSection(f, set));
  };
  const hours = hourSections(app, f, set, redraw);
  redraw();
  return [...hours, week, seasons, holidaySection(app, f, c), madeUpSection(f, c), special];
}
