// What a report is about: which days, which hall, which part of it.
import { h, icon, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { date, readDate } from '/admin/procedures_words.js';
import { around, neighbour, rangeDates, spanNames, spanTitle } from '/admin/reports_range.js';
import { channels, dimensions, rowName } from '/admin/reports_tables.js';

/** @typedef {import('/admin/reports_range.js').Span} Span */
/** @typedef {import('/admin/reports_range.js').Range} Range */
/** @typedef {import('/admin/reports_types.js').Filters} Filters */
/** @typedef {import('/admin/reports_types.js').Row} Row */
/** @typedef {import('/admin/reports_types.js').BranchInfo} BranchInfo */
/** @typedef {{span: Span, range: Range, branch: string, filters: Filters}} Wish `branch`: empty for all */
/** @typedef {{value: string, label: string}} Choice */

/** @type {(keyof Filters)[]} */
export const FILTERS = ['service', 'field', 'procedure', 'counter', 'clerk', 'priority', 'channel'];

/**
 * @param {() => Wish} wish what is shown now
 * @param {() => string} today
 * @param {(next: Wish) => void} go
 */
export function tools(wish, today, go) {
  const spans = h('div', { class: 'tabs', role: 'group', 'aria-label': t('rp.span') }, /** @type {Span[]} */ (Object.keys(spanNames)).map((s) =>
    h('button', { type: 'button', 'data-tab': s, onclick: () => choose(s) }, spanNames[s]())));
  const back = h('button', { type: 'button', class: 'step', 'aria-label': t('rp.earlier'), onclick: () => step(-1) }, icon('arrow-left'));
  const on = h('button', { type: 'button', class: 'step', 'aria-label': t('rp.later'), onclick: () => step(1) }, icon('arrow-right'));
  const when = h('p', { class: 'when', 'aria-live': 'polite' });
  const from = h('input', { id: 'rp-from', inputmode: 'numeric', autocomplete: 'off', placeholder: '01/11/2026' }), to = h('input', { id: 'rp-to', inputmode: 'numeric', autocomplete: 'off', placeholder: '30/11/2026' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const own = h('form', { class: 'own', hidden: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); ranged(); } },
    h('label', null, t('rp.from'), from), h('label', null, t('rp.to'), to), h('button', { class: 'plain' }, t('rp.show')), fault);
  const halls = h('select', { 'aria-label': t('rp.by.branch'), onchange: () => go({ ...wish(), branch: halls.value, filters: {} }) });
  const hallsIn = h('label', { class: 'halls', hidden: true }, t('rp.by.branch'), halls);
  const selects = new Map(FILTERS.map((f) => [f, h('select', { onchange: () => go({ ...wish(), filters: { ...wish().filters, [f]: selects.get(f)?.value || undefined } }) })]));
  const clear = h('button', { type: 'button', class: 'plain', onclick: () => go({ ...wish(), filters: {} }) }, t('rp.filter.clear'));
  const count = h('span'), narrow = h('details', { class: 'narrow' }, h('summary', null, count),
    h('div', { class: 'fields' }, FILTERS.map((f) => h('label', null, dimensions[f](), selects.get(f))), clear));

  /** @param {Span} span */
  function choose(span) {
    const w = wish();
    own.hidden = span !== 'range';
    if (span === 'range') {
      press('range');
      from.value = date(w.range.from);
      to.value = date(w.range.to);
      from.focus();
      return;
    }
    // From a longer span to a shorter one: the part of it that is now, else its last.
    const day = w.range.from <= today() && today() <= w.range.to ? today() : w.range.to;
    go({ ...w, span, range: around(span, day) });
  }

  function ranged() {
    const a = readDate(from.value), b = readDate(to.value);
    if (!a || !b || b < a) return void mount(fault, t('rp.bad'));
    mount(fault);
    go({ ...wish(), span: 'range', range: { from: a, to: b } });
  }

  /** @param {-1 | 1} way */
  function step(way) {
    const w = wish();
    go({ ...w, range: neighbour(w.span, w.range, way) });
  }

  /** @param {Span} span */
  function press(span) {
    for (const b of spans.children) b.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (b).dataset.tab === span));
  }

  /** @param {HTMLSelectElement} select @param {Choice[]} list @param {string} value */
  function fill(select, list, value) {
    if (value && !list.some((x) => x.value === value)) list.push({ value, label: value });
    mount(select, list.map((x) => h('option', { value: x.value, selected: x.value === value }, x.label)));
    select.value = value;
  }

  return {
    el: h('div', { class: 'tools' }, h('div', { class: 'row' }, spans, h('div', { class: 'stepper' }, back, when, on), hallsIn), own, narrow),
    /**
     * @param {BranchInfo[]} branches @param {Map<string, Map<string, string>>} seen names met in reports, by filter
     * @param {import('/web/types.js').Branch | undefined} hall
     */
    draw(branches, seen, hall) {
      const w = wish(), title = spanTitle(w.span, w.range), dates = rangeDates(w.range);
      press(w.span);
      own.hidden = w.span !== 'range';
      if (w.span === 'range' && !own.contains(document.activeElement)) [from.value, to.value] = [date(w.range.from), date(w.range.to)];
      mount(when, h('b', null, title), title === dates || w.span === 'day' ? null : h('small', null, dates));
      on.disabled = neighbour(w.span, w.range, 1).from > today();
      hallsIn.hidden = branches.length < 2;
      fill(halls, [{ value: '', label: t('rp.all.branches') }, ...branches.map((b) => ({ value: b.id, label: b.name || b.id }))], w.branch);
      for (const [f, select] of selects) fill(select, [{ value: '', label: t('rp.all') }, ...optionsOf(f, seen, hall && (w.branch === hall.id || branches.length < 2) ? hall : undefined)], w.filters[f] ?? '');
      const n = Object.values(w.filters).filter(Boolean).length;
      count.textContent = n > 0 ? t('rp.filter.n', { n }) : t('rp.filter');
      clear.hidden = n === 0;
      narrow.classList.toggle('active', n > 0);
    },
  };
}

/** @param {keyof Filters} f @param {Map<string, Map<string, string>>} seen @param {import('/web/types.js').Branch | undefined} hall @returns {Choice[]} */
function optionsOf(f, seen, hall) {
  if (f === 'channel') return Object.entries(channels).map(([value, name]) => ({ value, label: name() }));
  const list = new Map(seen.get(f) ?? []);
  if (f === 'service') for (const s of hall?.services ?? []) list.set(s.id, named(s.name));
  if (f === 'counter') for (const c of hall?.counters ?? []) list.set(c.id, t('rp.counter', { label: c.label }));
  if (f === 'priority') for (const p of hall?.priorities ?? []) list.set(p.id, named(p.name));
  const sorted = [...list].map(([value, label]) => ({ value, label: label || value })).sort((a, b) => a.label.localeCompare(b.label, 'vi', { numeric: true }));
  return f === 'priority' ? [{ value: 'any', label: t('rp.pri.any') }, { value: 'none', label: t('rp.plain') }, ...sorted] : sorted;
}

/** Keeps the names that a report has told, for the filters. @param {Map<string, Map<string, string>>} seen @param {Partial<Record<string, Row[] | null>>} by */
export function remember(seen, by) {
  for (const f of FILTERS) {
    const names = seen.get(f) ?? new Map();
    for (const r of by[f] ?? []) if (r.id) names.set(r.id, rowName(f, r));
    seen.set(f, names);
  }
}
