// Who goes first, by which rule, on what basis; and what the rule does, by example.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';
import { freshID } from '/admin/queues_edit.js';
import { workedExample } from '/admin/priority_example.js';
import { ways } from '/admin/setting_inputs.js';
import { section, settingsForm } from '/admin/settings_form.js';
import { style } from '/admin/style.js';

await style('/admin/queues.css');

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

const MOST = 20;

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const form = settingsForm(app, 'priority', (fields, set) => [groups(app, fields, set), rule(app, fields, set)]);
  return { el: h('div', { class: 'part hall-part queues-part' }, form.el), open: form.open, event: form.event };
}

/** @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} set */
function groups(app, f, set) {
  const list = /** @type {Bag[]} */ (set.priorities ??= []);
  return section(t('q.priorities'), list.length === 0 ? t('q.priorities.none') : t('q.priorities.hint'), rowList({
    list, most: MOST, add: t('q.priority.add'), changed: f.changed,
    fresh: () => ({ id: freshID(list, 'UT'), name: { vi: '' } }),
    name: (item, i) => item.name.vi || t('q.priority.n', { n: i + 1 }),
    fold: (item) => [h('span', { class: 'row-name', lang: 'vi' }, item.name.vi || t('a.h.new')), h('small', { class: item.basis ? null : 'odd', lang: 'vi' }, item.basis || t('q.basis.none'))],
    drop: (item, go) => app.sure(t('q.priority.drop', { name: item.name.vi || t('a.h.new') }), t('q.priority.drop.yes'), t('q.keep'), go),
    row: (item, i) => [
      ...f.text(`priorities[${i}].name`, t('q.priority.name'), item, 'name'),
      f.line(`priorities[${i}].basis`, t('a.h.basis'), item, 'basis', { max: 500, wide: true, hint: t('q.basis.hint') }),
    ],
  }));
}

/** @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} set */
function rule(app, f, set) {
  const policy = /** @type {Bag} */ (set.policy), example = workedExample(app, policy);
  const n = f.number('policy.n', t('q.n'), policy, 'n', { most: 20, hint: t('q.n.hint') });
  const most = f.number('policy.max_wait', t('q.maxwait'), policy, 'max_wait', { most: 480, hint: t('q.maxwait.hint') });
  const start = f.number('policy.head_start', t('q.headstart'), policy, 'head_start', { most: 480, hint: t('q.headstart.hint') });
  // Counters that call in the order of their list need the longest wait under any rule.
  const listed = set.counters?.some((/** @type {Bag} */ c) => c.merge === 'listed');
  const fit = () => {
    n.hidden = policy.mode !== 'interleave';
    most.hidden = policy.mode !== 'strict' && !listed;
    start.hidden = policy.mode !== 'headstart';
  };
  const mode = ways(f, 'policy.mode', t('q.mode'), policy.mode, [
    { id: 'interleave', name: t('q.mode.interleave'), note: t('q.mode.interleave.note') },
    { id: 'strict', name: t('q.mode.strict'), note: t('q.mode.strict.note') },
    { id: 'headstart', name: t('q.mode.headstart'), note: t('q.mode.headstart.note') },
  ], (id) => {
    policy.mode = id;
    fit();
  });
  const fields = h('div', { class: 'grid' }, mode, n, most, start, f.line('policy.basis', t('a.h.basis'), policy, 'basis', { max: 500, wide: true, hint: t('q.basis.hint') }));
  fields.addEventListener('input', example.soon);
  fields.addEventListener('change', example.soon);
  fit();
  example.soon();
  return section(t('q.rule'), t('q.rule.hint'), h('div', { class: 'rule' }, fields, example.el));
}
