// The head of a report: the letterhead on paper, the title, the mark of made-up
// figures, and the figures everybody asks for first.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { date } from '/admin/procedures_words.js';
import { spark } from '/admin/chart.js';
import { about } from '/admin/reports_define.js';
import { HEADLINE, unit, words } from '/admin/reports_figures.js';
import { rangeDates, spanTitle } from '/admin/reports_range.js';
import { change } from '/admin/reports_words.js';

/** @typedef {import('/admin/reports_types.js').Scene} Scene */
/** @typedef {{above?: string, body?: string, place?: string, title?: string, signer?: string}} Letterhead */

/**
 * As the form of administrative documents asks: the issuing body left, the state's
 * name right. Seen on paper only.
 * @param {Letterhead} letter @param {string} hall @param {string} day of the report
 */
export function letterhead(letter, hall, day) {
  const [y, m, d] = day.split('-');
  return h('div', { class: 'letterhead', lang: 'vi' },
    h('p', { class: 'office' }, letter.above ? h('span', null, letter.above) : null, h('b', null, letter.body || hall)),
    h('p', { class: 'state-name' }, h('b', null, t('rp.nation')), h('b', { class: 'motto' }, t('rp.motto')),
      h('i', null, t(letter.place ? 'rp.placed' : 'rp.dated', { place: letter.place ?? '', d, m, y }))));
}

/** Who signs. @param {Letterhead} letter */
export const signature = (letter) => h('div', { class: 'signature', lang: 'vi' },
  h('b', null, letter.title || t('rp.head')), h('i', null, t('rp.sign')), h('b', { class: 'signer' }, letter.signer ?? ''));

/** @param {Scene} scene @param {string} whose */
export function titleOf(scene, whose) {
  const { report, range, span } = scene, dates = rangeDates(range), title = spanTitle(span, range);
  return h('div', { class: 'title' },
    h('h2', null, title, title === dates || span === 'day' ? null : h('small', null, dates)),
    h('p', null, whose, ' · ', t('rp.days', { n: report.days }), ' · ', t('rp.made', { time: hm(report.made), date: date(report.made.slice(0, 10)) })));
}

/** Figures that the generator made are never taken for the hall's. */
export const sampleMark = () => h('p', { class: 'sample', role: 'note' }, icon('alert'), h('span', null, h('b', null, t('rp.sample')), ' ', t('rp.sample.more')));

/** @param {Scene} scene */
export function headline(scene) {
  const against = !scene.before ? '' : scene.before.total.taken > 0 ? t('rp.against', { dates: rangeDates(scene.against) }) : t('rp.against.none', { dates: rangeDates(scene.against) });
  return h('section', { class: 'headline', 'aria-label': t('rp.headline') },
    h('dl', null, HEADLINE.map((x) => cell(scene, x))), against && h('p', { class: 'note' }, against));
}

/** @param {Scene} scene @param {import('/admin/reports_figures.js').Figure} x */
function cell(scene, x) {
  const { total } = scene.report, text = words(x, total), went = scene.before && scene.before.total.taken > 0 && change(x.value(total), x.value(scene.before.total), kindOf(x), x.good);
  const by = scene.report.by[scene.span === 'year' ? 'month' : scene.span === 'day' ? 'hour' : 'day'] ?? [];
  const big = [h('span', { class: 'num' }, text), unit(x.kind) && x.value(total) !== null ? h('small', null, unit(x.kind)) : null];
  return h('div', { class: x.faint?.(total) ? 'faint' : null, 'data-figure': x.id },
    h('dt', null, x.name(), about(scene, x.def)),
    h('dd', null,
      h('p', { class: 'big' }, scene.define(x.def)?.visits && x.value(total) !== null
        ? h('button', { type: 'button', class: 'trace', title: t('rp.trace'), onclick: () => scene.trace(x.def, x.name()) }, big) : big,
      scene.span === 'day' ? null : spark(by.map((r) => x.value(r)))),
      h('p', { class: 'more' }, x.more?.(total) || '\u00a0'),
      went ? h('p', { class: `went ${went.mood}` }, went.way && icon(went.way === 'up' ? 'chevron-up' : 'chevron-down'), went.text) : h('p', { class: 'went' }, '\u00a0')));
}

/** @param {import('/admin/reports_figures.js').Figure} x */
const kindOf = (x) => (x.kind === 'share' ? 'share' : x.kind === 'time' ? 'time' : 'count');
