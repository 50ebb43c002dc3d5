// What people said: always with how many were asked and answered, and how sure one
// may be. Nobody is put into an order on a few answers.
import { put } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { chart, stack } from '/admin/chart.js';
import { about } from '/admin/reports_define.js';
import { FIGURES, told, withheld, words } from '/admin/reports_figures.js';
import { count, decimal, interval, minutes, NONE, percent } from '/admin/reports_words.js';
import { legend } from '/admin/reports_trend.js';

/** @typedef {import('/admin/reports_types.js').Scene} Scene */
/** @typedef {import('/admin/reports_types.js').Officers} Officers */
/** @typedef {import('/admin/reports_types.js').Officer} Officer */

/** @type {Record<string, () => string>} */
const sources = { keypad: () => t('rp.src.keypad'), tablet: () => t('rp.src.tablet'), phone: () => t('rp.src.phone'), paper: () => t('rp.src.paper') };
/** The law's words for four of its nine indicators. @type {['q1' | 'q3' | 'q4' | 'q7', () => string][]} */
const asked = [['q1', () => t('rp.q1')], ['q3', () => t('rp.q3')], ['q4', () => t('rp.q4')], ['q7', () => t('rp.q7')]];

/** @param {Scene} scene */
export function ratings(scene) {
  const r = scene.report.total.rating, levels = r.levels ?? [], names = scene.branch?.rating?.levels ?? [];
  const level = (/** @type {number} */ i) => named(names[i]?.name) || t('rp.level', { n: i + 1 });
  // Four classes of colour whatever the number of levels: the best is the first, the worst the last.
  const kind = (/** @type {number} */ i) => `m${levels.length < 2 ? 0 : Math.round((i / (levels.length - 1)) * 3)}`;
  const say = (/** @type {number} */ i) => t('rp.say.level', { name: level(i), n: count(levels[i]), share: percent(r.rated ? levels[i] / r.rated : 0) });
  const facts = [
    fact(FIGURES.content, told(r) ? t('rp.between', { range: interval(r.low, r.high) }) : ''), fact(FIGURES.answers, t('rp.m.of', { yes: count(r.rated), of: count(r.asked) })), fact(FIGURES.mean, t('rp.mean.of')),
  ];
  /** @param {import('/admin/reports_figures.js').Figure} x @param {string} more */
  function fact(x, more) {
    return h('div', { class: x.faint?.(scene.report.total) ? 'faint' : null, 'data-figure': x.id }, h('dt', null, x.name(), about(scene, x.def)), h('dd', null, h('p', { class: 'big num' }, words(x, scene.report.total)), h('p', { class: 'more' }, more)));
  }
  return h('section', { class: 'ratings' }, h('h2', null, t('rp.ratings')),
    r.withheld ? h('p', { class: 'note' }, t('rp.few.why', { n: r.withheld })) : r.small ? h('p', { class: 'note' }, t('rp.small', { n: scene.report.ranked })) : null,
    h('dl', { class: 'facts' }, facts),
    r.rated > 0 ? [r.withheld ? null : h('div', { class: r.small ? 'faint' : null },
      chart((w) => stack(w, levels.map((n, i) => ({ kind: kind(i), value: n, say: say(i) })), { label: t('rp.levels'), desc: levels.map((_, i) => say(i)).join('; '), number: percent }, 40),
        legend(levels.map((_, i) => [kind(i), say(i)])))),
    h('div', { class: 'pairs' },
      sums([t('rp.reasons'), about(scene, 'reasons')], (r.reasons ?? []).map((x) => [x.name, count(x.value)])),
      sums([t('rp.sources')], Object.keys(sources).filter((id) => (r.sources?.[id] ?? 0) > 0).map((id) => [sources[id](), count(r.sources?.[id] ?? 0)])),
      asked.some(([id]) => r.forms[id].n > 0) ? sums([t('rp.forms', { n: count(r.forms.n) }), about(scene, 'forms')], asked.map(([id, name]) => [name(), r.forms[id].n ? decimal(r.forms[id].mean) : NONE])) : null)]
      : h('p', { class: 'none' }, t('rp.norating')),
    r.refused > 0 ? h('p', { class: 'note' }, t('rp.refused', { n: count(r.refused) }), ' ', about(scene, 'refused')) : null);
}

/** @param {(string | HTMLElement | null)[]} title @param {[string, string][]} rows */
const sums = (title, rows) => (rows.length === 0 ? null : h('div', null, h('h3', null, title), h('ul', { class: 'sums' }, rows.map(([name, n]) => h('li', null, h('span', null, name), h('b', { class: 'num' }, n))))));

/**
 * The officers' list, for commendation and replacement, with the officer's own word.
 * @param {Scene} scene @param {Officers} list @param {string} month the remark is for, "2026-11" @param {() => void} changed
 */
export function officers(scene, list, month, changed) {
  const rows = list.officers ?? [];
  if (rows.length === 0) return null;
  const heads = [t('rp.o.place'), t('rp.by.clerk'), t('rp.f.transactions'), t('rp.f.service'), t('rp.f.rated'), t('rp.f.content'), t('rp.f.mean'), t('rp.o.remark')];
  return h('section', { class: 'officers' }, h('h2', null, t('rp.officers'), about(scene, 'officers')),
    h('p', { class: 'note' }, t('rp.officers.note', { n: list.ranked, few: list.fewest })),
    h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': t('rp.officers') }, h('table', { class: 'figures' },
      h('thead', null, h('tr', null, heads.map((x, i) => h('th', { scope: 'col', class: i === 1 || i === 7 ? null : 'n' }, x)))),
      h('tbody', null, rows.map((o) => officer(o))))));

  /** @param {Officer} o */
  function officer(o) {
    const r = o.rating, faint = r.small ? 'n faint' : 'n', remark = (o.remarks ?? []).find((x) => x.month === month);
    return h('tr', { 'data-clerk': o.clerk }, h('td', { class: 'n' }, o.place || NONE), h('th', { scope: 'row' }, o.clerk || t('rp.unnamed')),
      h('td', { class: 'n' }, count(o.served)), h('td', { class: 'n' }, o.service.n ? minutes(o.service.median) : NONE),
      h('td', { class: 'n' }, t('rp.o.rated', { n: count(r.rated), of: count(r.asked) }), h('small', null, r.asked ? percent(r.rated / r.asked) : NONE)),
      h('td', { class: faint }, told(r) ? percent(r.content.yes / r.content.of) : withheld(r) || NONE, told(r) ? h('small', null, interval(r.low, r.high)) : null),
      h('td', { class: faint }, told(r) ? decimal(r.mean) : NONE),
      h('td', { class: 'remark' }, (o.remarks ?? []).map((x) => h('p', null, x.text, h('small', null, t('rp.o.by', { month: x.month.split('-').reverse().join('/'), by: x.by })))),
        o.clerk && !scene.reader ? h('button', { type: 'button', class: 'plain on-screen', 'aria-label': t('rp.trace.of', { figure: remark ? t('rp.o.change') : t('rp.o.write'), of: o.clerk }), onclick: () => write(o, remark?.text ?? '') }, remark ? t('rp.o.change') : t('rp.o.write')) : null));
  }

  /** @param {Officer} o @param {string} text */
  function write(o, text) {
    const input = h('textarea', { rows: 5, maxlength: 500, id: 'remark-text' }, text), fault = h('p', { class: 'fault', role: 'alert' });
    const box = h('dialog', { class: 'writing', 'aria-labelledby': 'remark-name', onclose: () => box.remove() },
      h('h2', { id: 'remark-name' }, t('rp.o.write.of', { name: o.clerk })), h('p', { class: 'note' }, t('rp.o.hint', { month: month.split('-').reverse().join('/') })),
      h('form', { async onsubmit(/** @type {Event} */ e) {
        e.preventDefault();
        const answer = await put(`/api/v1/reports/officers/${encodeURIComponent(o.clerk)}/remark`, { branch: list.branch, month, text: input.value.trim() });
        if (!answer.ok) return void mount(fault, sentence(answer.code));
        box.close();
        changed();
      } }, h('label', null, t('rp.o.remark'), input), fault,
        h('div', { class: 'acts' }, h('button', { class: 'go' }, t('rp.save')), h('button', { type: 'button', onclick: () => box.close() }, t('rp.close')))));
    document.body.append(box);
    box.showModal();
  }
}
