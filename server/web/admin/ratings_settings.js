// How the hall asks for ratings and what its reports say of them: the marks and what
// they are worth, the reasons, the windows, the least samples, what is published,
// when the head of hall is told, and who signs.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';
import { choice } from '/admin/hall_voice.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** An id that no entry has. @param {Bag[]} list @param {string} stem */
function freshID(list, stem) {
  for (let n = list.length + 1; ; n += 1) if (!list.some((x) => x.id === `${stem}-${n}`)) return `${stem}-${n}`;
}

/** What a mark is worth is a number. @param {Fields} f @param {string} place @param {Bag} level */
function worth(f, place, level) {
  const bag = { value: String(level.value ?? 0) };
  const el = choice(f, place, t('a.r.worth'), bag, 'value', [['2', t('a.r.worth.2')], ['1', t('a.r.worth.1')], ['0', t('a.r.worth.0')]]);
  el.addEventListener('input', () => { level.value = Number(bag.value); });
  return el;
}

/** @param {Fields} f @param {Bag} set @returns {Node[]} */
export function ratingSections(f, set) {
  const rating = /** @type {Bag} */ (set.rating), levels = /** @type {Bag[]} */ (rating.levels), reasons = /** @type {Bag[]} */ (rating.reasons ??= []);
  return [
    section(t('a.r.levels'), t('a.r.levels.hint'), rowList({
      list: levels, fresh: () => ({ id: freshID(levels, 'muc'), name: { vi: '' }, value: 0 }), add: t('a.r.level.add'), most: 5, changed: f.changed,
      name: (item, i) => item.name.vi || t('a.r.level.n', { n: i + 1 }),
      row: (item, i) => [...f.text(`rating.levels[${i}].name`, t('a.r.level.n', { n: i + 1 }), item, 'name'), worth(f, `rating.levels[${i}].value`, item)],
    })),
    section(t('a.r.reasonlist'), t('a.r.reasonlist.hint'), rowList({
      list: reasons, fresh: () => ({ id: freshID(reasons, 'ly-do'), name: { vi: '' }, value: 0 }), add: t('a.r.reason.add'), most: 10, changed: f.changed,
      name: (item, i) => item.name.vi || t('a.r.reason.n', { n: i + 1 }),
      row: (item, i) => f.text(`rating.reasons[${i}].name`, t('a.r.reason.n', { n: i + 1 }), item, 'name'),
    })),
    section(t('a.r.asking'), '', h('div', { class: 'grid' },
      f.number('rating.window', t('a.r.window'), rating, 'window', { most: 600, hint: t('a.r.window.hint') }), f.tick(t('a.r.form'), rating, 'form'))),
  ];
}

/** @param {Fields} f @param {Bag} set @returns {Node[]} */
export function reportSections(f, set) {
  const report = /** @type {Bag} */ (set.report ??= {}), published = /** @type {Bag} */ (report.published ??= {});
  const shown = { on: !published.off }, show = f.tick(t('a.r.publish'), shown, 'on');
  show.addEventListener('change', () => { published.off = !shown.on; });
  return [
    section(t('a.r.samples'), t('a.r.samples.hint'), h('div', { class: 'grid' },
      f.number('report.fewest', t('a.r.fewest'), report, 'fewest', { most: 1000, hint: t('a.r.usual', { n: 5 }) }),
      f.number('report.ranked', t('a.r.ranked'), report, 'ranked', { most: 10_000, hint: t('a.r.usual', { n: 30 }) }))),
    section(t('a.r.self'), t('a.r.self.hint'), selfFields(f, report.indicators ??= {})),
    section(t('a.r.published'), t('a.r.published.hint'), h('div', { class: 'grid' }, show,
      f.number('report.published.days', t('a.r.days'), published, 'days', { most: 366, hint: t('a.r.usual', { n: 30 }) }))),
    section(t('a.r.alerts'), t('a.r.alerts.hint'), alertFields(f, report.alerts ??= {})),
    section(t('a.r.letterhead'), '', letterFields(f, report.letterhead ??= {})),
    section(t('a.r.scheduled'), t('a.r.scheduled.hint'), scheduleFields(f, report.scheduled ??= [])),
    section(t('a.r.keep'), t('a.r.keep.hint'), h('div', { class: 'grid' },
      f.number('report.keep_events', t('a.r.keep.events'), report, 'keep_events', { most: 240, hint: t('a.r.usual', { n: 24 }) }),
      f.number('report.keep_visits', t('a.r.keep.visits'), report, 'keep_visits', { most: 240, hint: t('a.r.usual', { n: 60 }) }),
      f.number('report.keep_audit', t('a.r.keep.audit'), report, 'keep_audit', { most: 240, hint: t('a.r.usual', { n: 24 }) }))),
  ];
}

/** The indicators people tell, 0 to 2 points each. @param {Fields} f @param {Bag} told */
function selfFields(f, told) {
  /** @type {[string, string][]} */
  const points = [['', t('a.r.self.unknown')], ['0', '0'], ['1', '1'], ['2', '2']];
  const field = (/** @type {string} */ n, /** @type {string} */ label) => {
    const bag = { value: String(told[n] ?? '') };
    const el = choice(f, `report.indicators.${n}`, label, bag, 'value', points);
    el.addEventListener('input', () => {
      if (bag.value === '') delete told[n];
      else told[n] = Number(bag.value);
    });
    return el;
  };
  return h('div', { class: 'grid' }, field('2', t('a.r.self.2')), field('5', t('a.r.self.5')), field('6', t('a.r.self.6')),
    field('8', t('a.r.self.8')), field('9', t('a.r.self.9')));
}

/** Minutes, the usual ones, or never. @param {Fields} f @param {string} key @param {string} label @param {Bag} alerts @param {number} usual */
function alertField(f, key, label, alerts, usual) {
  const never = { on: alerts[key] === -1 };
  const minutes = f.number(`report.alerts.${key}`, label, alerts, key, { most: 1440, hint: t('a.r.alert.usual', { n: usual }) });
  const box = /** @type {HTMLInputElement} */ (minutes.querySelector('input')), off = f.tick(t('a.r.alert.never'), never, 'on');
  const fit = () => {
    box.disabled = never.on;
    if (never.on) box.value = '';
  };
  off.addEventListener('change', () => {
    alerts[key] = never.on ? -1 : 0;
    fit();
  });
  fit();
  return h('div', { class: 'alert-field' }, minutes, off);
}

/** @param {Fields} f @param {Bag} alerts */
function alertFields(f, alerts) {
  // A number is kept as a number; -1 is "never", which no empty field says.
  const low = { low: String(alerts.low ?? 0) };
  const lows = choice(f, 'report.alerts.low', t('a.r.alert.low'), low, 'low', [['0', t('a.r.alert.low.0')], ['1', t('a.r.alert.low.1')], ['-1', t('a.r.alert.never')]]);
  lows.addEventListener('input', () => { alerts.low = Number(low.low); });
  return h('div', { class: 'grid' }, lows,
    alertField(f, 'wait', t('a.r.alert.wait'), alerts, 0), alertField(f, 'idle', t('a.r.alert.idle'), alerts, 5),
    alertField(f, 'pause', t('a.r.alert.pause'), alerts, 30), alertField(f, 'close', t('a.r.alert.close'), alerts, 60));
}

/** @param {Fields} f @param {Bag} letter */
function letterFields(f, letter) {
  const line = (/** @type {string} */ key, /** @type {string} */ label) => f.line(`report.letterhead.${key}`, label, letter, key);
  return h('div', { class: 'grid' }, line('above', t('a.r.letter.above')), line('body', t('a.r.letter.body')),
    line('place', t('a.r.letter.place')), line('title', t('a.r.letter.title')), line('signer', t('a.r.letter.signer')));
}

/** @param {Fields} f @param {Bag[]} list */
function scheduleFields(f, list) {
  /** @type {[string, string][]} */
  const spans = [['day', t('a.r.span.day')], ['week', t('a.r.span.week')], ['month', t('a.r.span.month')], ['quarter', t('a.r.span.quarter')], ['year', t('a.r.span.year')]];
  /** @type {[string, string][]} */
  const formats = [['pdf', 'PDF'], ['xlsx', 'Excel (XLSX)'], ['csv', 'CSV']];
  return rowList({
    list, fresh: () => ({ span: 'month', format: 'pdf' }), add: t('a.r.scheduled.add'), most: 20, changed: f.changed,
    name: (item) => `${spans.find(([id]) => id === item.span)?.[1]} · ${item.format}`,
    row: (item, i) => [choice(f, `report.scheduled[${i}].span`, t('a.r.span'), item, 'span', spans), choice(f, `report.scheduled[${i}].format`, t('a.r.format'), item, 'format', formats)],
  });
}
