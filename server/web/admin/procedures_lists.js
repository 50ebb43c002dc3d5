// The imports so far, what they changed, and what was read from its source long ago.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { count, date, moment, partName, table } from '/admin/procedures_words.js';

/**
 * @typedef {object} Version an import that was applied
 * @property {number} id
 * @property {string} at
 * @property {string} file
 * @property {string} [decision]
 * @property {string} [effective]
 * @property {boolean} [complete]
 * @property {number} added
 * @property {number} changed
 * @property {number} withdrawn
 * @property {boolean} [undone]
 */
/** @typedef {{code: string, name: string, kind: 'added'|'changed'|'withdrawn', at: string, decision?: string, effective?: string, parts?: string[]}} Change */

/** How many changes are listed. */
const SHOWN = 50;

/** @param {(v: Version) => void} undo */
export function versionTable(undo) {
  const box = h('div', { class: 'box' });
  return {
    el: h('section', { class: 'versions' }, h('h2', null, t('a.p.versions')), box),
    /** @param {Version[]} list */
    draw(list) {
      const last = list.find((v) => !v.undone);
      mount(box, list.length === 0 ? h('p', { class: 'none' }, t('a.p.versions.none'))
        : table(t('a.p.versions'), [t('a.p.col.version'), t('a.p.col.file'), t('a.p.col.decision'), t('a.p.col.counts'), t('a.p.col.state')],
          list.map((v) => row(v, v === last, undo))));
    },
  };
}

/** @param {Version} v @param {boolean} last @param {(v: Version) => void} undo */
function row(v, last, undo) {
  const counts = t('a.p.counts', { added: count(v.added), changed: count(v.changed), withdrawn: count(v.withdrawn) });
  return h('tr', { 'data-version': v.id },
    h('th', { scope: 'row' }, String(v.id), h('small', null, moment(v.at))), h('td', null, v.file),
    h('td', null, v.decision, v.effective && h('small', null, t('a.p.from', { day: date(v.effective) }))), h('td', null, counts),
    h('td', null, v.undone ? t('a.p.state.undone') : last
      ? h('button', { type: 'button', 'aria-label': t('a.p.undo.of', { file: v.file }), onclick: () => undo(v) }, t('a.p.undo')) : t('a.p.state.good')));
}

/** @type {Record<Change['kind'], () => string>} */
const kinds = { added: () => t('a.p.kind.added'), changed: () => t('a.p.kind.changed'), withdrawn: () => t('a.p.kind.withdrawn') };

export function changeList() {
  const box = h('div', { class: 'box' });
  return {
    el: h('section', { class: 'changes' }, h('h2', null, t('a.p.changes')), box),
    async load() {
      const answer = await get(`/api/v1/catalogue/changes?limit=${SHOWN}`);
      if (!answer.ok) return;
      /** @type {Change[]} */
      const list = answer.body.items;
      mount(box, list.length === 0 ? h('p', { class: 'none' }, t('a.p.changes.none'))
        : table(t('a.p.changes'), [t('a.p.col.code'), t('a.p.col.name'), t('a.p.col.kind'), t('a.p.col.decision')], list.map((c) =>
          h('tr', null, h('th', { scope: 'row' }, c.code), h('td', { lang: 'vi' }, c.name),
            h('td', null, kinds[c.kind](), h('small', null, moment(c.at)), c.kind === 'changed' && h('small', null, (c.parts ?? []).map(partName).join(', '))),
            h('td', null, c.decision, c.effective && h('small', null, t('a.p.from', { day: date(c.effective) })))))),
      list.length === SHOWN && h('p', { class: 'cut' }, t('a.p.changes.cut', { n: SHOWN })));
    },
  };
}

export function staleList() {
  const box = h('div', { class: 'box' });
  const days = h('input', { type: 'number', min: 1, max: 3650, value: 180, onchange: () => void load() });

  async function load() {
    const n = days.valueAsNumber;
    if (!(n >= 1 && n <= 3650)) return mount(box, h('p', { class: 'fault', role: 'alert' }, t('a.p.stale.days')));
    const answer = await get(`/api/v1/catalogue/stale?days=${Math.round(n)}`);
    if (!answer.ok) return;
    /** @type {{total: number, items: {code: string, name: string, as_of: string}[]}} */
    const { total, items } = answer.body;
    mount(box, total === 0 ? h('p', { class: 'none' }, t('a.p.stale.none')) : h('details', null, h('summary', null, t('a.p.stale.n', { n: count(total) })),
      table(t('a.p.stale'), [t('a.p.col.code'), t('a.p.col.name'), t('a.p.col.as_of')], items.map((o) =>
        h('tr', null, h('th', { scope: 'row' }, o.code), h('td', { lang: 'vi' }, o.name), h('td', null, date(o.as_of))))),
      items.length < total && h('p', { class: 'cut' }, t('a.p.cut', { shown: count(items.length), n: count(total) }))));
  }
  return { el: h('section', { class: 'stale' }, h('h2', null, t('a.p.stale')), h('label', { class: 'days' }, t('a.p.stale.than'), days, t('a.p.stale.unit')), box), load };
}
