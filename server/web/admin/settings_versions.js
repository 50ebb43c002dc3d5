// Every version of the settings that was saved, what it changed, and the way back to it.
import { get, post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { moment } from '/admin/procedures_words.js';
import { section } from '/admin/settings_form.js';
import { askToSave } from '/admin/settings_review.js';
import { changeLines } from '/admin/settings_words.js';

/** @typedef {import('/admin/settings_words.js').Change} Change */
/** @typedef {{version: number, at: string, who: string, count: number, changes: Change[]}} Version */

/** The hall itself makes the first version. @param {string} name */
const who = (name) => (name === 'hall' ? t('set.version.hall') : name || t('set.version.before'));

/** How many are listed at a time. */
const PAGE = 10;

/** @param {import('/admin/admin.js').App} app */
export function versionsPart(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/settings`;
  const list = h('ol', { class: 'rows versions' }), word = h('p', { class: 'word', role: 'status' });
  const more = h('button', { type: 'button', class: 'more', hidden: true, onclick: () => void load(true) }, t('set.versions.more'));
  /** @type {Version[]} */
  let items = [];
  let now = 0, busy = false;

  /** @param {boolean} [further] older ones, below those shown */
  async function load(further = false) {
    const last = further ? items.at(-1)?.version : undefined;
    const answer = await get(`${path}/versions?limit=${PAGE}${last ? `&before=${last}` : ''}`);
    if (!answer.ok) return void (word.textContent = sentence(answer.code));
    now = answer.body.version;
    items = further ? [...items, ...answer.body.items] : answer.body.items;
    more.hidden = !answer.body.more;
    draw();
  }

  function draw() {
    mount(list, items.map((v) => h('li', null, h('details', null,
      h('summary', null, h('b', null, t('set.version', { n: v.version })), ' ', h('span', null, [moment(v.at), who(v.who), v.count > 0 && t('set.version.count', { n: v.count })].filter(Boolean).join(' · ')),
        v.version === now && h('b', { class: 'now' }, t('set.version.now'))),
      v.changes.length > 0 ? changeList(v.changes, v.count, [app.state()?.branch ?? {}]) : h('p', { class: 'none' }, v === items.at(-1) && more.hidden ? t('set.version.same') : t('set.version.none')),
      v.version !== now && h('div', { class: 'row-acts' }, h('button', { type: 'button', onclick: () => void back(v) }, t('set.version.back', { n: v.version })))))));
  }

  /** Says what going back would change, then does it. @param {Version} v */
  async function back(v) {
    if (busy) return;
    busy = true;
    word.textContent = '';
    const then = await get(`${path}/versions/${v.version}`);
    const answer = then.ok ? await post(`${path}/preview`, { version: now, settings: then.body.settings }) : then;
    busy = false;
    if (!answer.ok) return void (word.textContent = sentence(answer.code));
    const { problems = [], changes = [], refusal } = answer.body;
    if (refusal) return void (word.textContent = refusal.problems?.[0] ? named(refusal.problems[0].what) : named(refusal.title) || sentence(refusal.code));
    if (problems.length > 0) return void (word.textContent = t('set.version.cannot', { what: named(problems[0].what) }));
    if (changes.length === 0) return void (word.textContent = t('q.same'));
    askToSave(changes, [then.body.settings], () => void undo(v));
  }

  /** @param {Version} v */
  async function undo(v) {
    const answer = await post(`${path}/undo`, { version: now, to: v.version });
    word.textContent = answer.ok ? t('set.version.done', { n: v.version }) : sentence(answer.code);
    await load();
  }

  return { el: section(t('set.versions'), t('set.versions.hint'), word, list, more), load: () => void load() };
}

/**
 * Changes as they are read, with how many are not written out.
 * @param {Change[]} changes @param {number} count of all of them @param {import('/admin/hall_fields.js').Bag[]} sets as in changeLines
 */
export function changeList(changes, count, sets) {
  const rest = count - changes.length;
  return h('ul', { class: 'changes' }, changeLines(changes, sets).map(({ place, before, after, note }) => h('li', null, h('b', null, place), ': ',
    note ? h('ins', null, note) : [before && h('del', null, before), before && ' → ', after ? h('ins', null, after) : t('q.review.none')])),
  rest > 0 && h('li', null, t('q.review.rest', { n: rest })));
}
