// Ratings: what was low today, which presses did not count, what came on paper, and
// how the hall asks and publishes. Who rated is nowhere: it is not kept.
import { h } from '/web/dom.js';
import { ratingSections, reportSections } from '/admin/ratings_settings.js';
import { paperPart } from '/admin/ratings_paper.js';
import { todayPart } from '/admin/ratings_today.js';
import { settingsForm } from '/admin/settings_form.js';
import { style } from '/admin/style.js';

await style('/admin/ratings.css');

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const today = todayPart(app), paper = paperPart(app, today.load);
  const form = settingsForm(app, 'ratings', (fields, set) => [...ratingSections(fields, set), ...reportSections(fields, set)]);
  return {
    el: h('div', { class: 'part hall-part ratings-part' }, today.el, paper.el, form.el),
    draw: paper.draw,
    open() {
      today.open();
      form.open();
    },
    event(e) {
      form.event(e);
      if (e.kind === 'rating.given' || e.kind === 'day.opened') today.load();
    },
    close: today.close,
  };
}
