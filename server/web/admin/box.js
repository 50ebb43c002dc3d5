// The suggestion box: what people wrote, for the head of the hall alone. Texts
// stay here: they are read, sorted and noted on, and gone after the hall's time.
import { get, post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { dayDate } from '/web/time.js';

/** @typedef {'new'|'seen'|'working'|'done'|'set_aside'} State */
/** @typedef {{id: string, day: string, half: 'am'|'pm', topic: string, lang: string, text: string, purged: boolean, state: State, note: string}} Item */

/** @type {Record<State, () => string>} */
const states = {
  new: () => t('a.b.new'), seen: () => t('a.b.seen'), working: () => t('a.b.working'), done: () => t('a.b.done'), set_aside: () => t('a.b.aside'),
};
/** @type {Record<string, () => string>} */
const topics = {
  attitude: () => t('a.b.topic.attitude'), time: () => t('a.b.topic.time'), facility: () => t('a.b.topic.facility'),
  procedure: () => t('a.b.topic.procedure'), other: () => t('a.b.topic.other'), '': () => t('a.b.topic.none'),
};
const STATES = /** @type {State[]} */ (Object.keys(states));
/** How often new ones are looked for, ms. */
const LOOK = 15_000;

/** @param {Item} x */
const when = (x) => (x.half === 'am' ? t('a.b.am', { day: dayDate(Date.parse(`${x.day}T12:00:00+07:00`)) }) : t('a.b.pm', { day: dayDate(Date.parse(`${x.day}T12:00:00+07:00`)) }));

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/suggestions`;
  /** @type {State} */
  let state = 'new';
  /** @type {Item[]} */
  let list = [];
  /** @type {Item | null} */
  let open = null;
  /** @type {Record<string, number>} */
  let counts = {};
  let more = false, look = 0;
  const tabs = h('div', { class: 'states', role: 'group', 'aria-label': t('a.b.states') });
  const mail = h('ul', { class: 'mail' }), none = h('p', { class: 'none' }, t('a.b.none'));
  const next = h('button', { type: 'button', hidden: true, onclick: () => void load(true) }, t('a.b.more'));
  const page = h('div', { 'aria-live': 'polite' }), fault = h('p', { class: 'fault', role: 'alert' });

  /** @param {boolean} [on] the next page */
  async function load(on = false) {
    const before = on ? list.at(-1)?.id ?? '' : '';
    const asked = state;
    const [items, sums] = await Promise.all([get(`${path}?state=${asked}&before=${encodeURIComponent(before)}`), get(`${path}/counts`)]);
    if (asked !== state) return;
    fault.textContent = items.ok ? '' : sentence(items.code);
    if (sums.ok) counts = sums.body;
    if (items.ok) {
      list = on ? [...list, ...items.body.items] : items.body.items;
      more = items.body.more;
    }
    draw();
  }

  function draw() {
    mount(tabs, STATES.map((s) => h('button', { type: 'button', 'data-state': s, 'aria-pressed': s === state ? 'true' : 'false', onclick: () => choose(s) },
      t('a.b.count', { state: states[s](), n: counts[s] ?? 0 }))));
    none.hidden = list.length > 0;
    next.hidden = !more;
    mount(mail, list.map((x) => h('li', null, h('button', { type: 'button', class: x.state === 'new' ? 'fresh' : null, 'data-id': x.id, 'aria-current': open?.id === x.id ? 'true' : null, onclick: () => void read(x) },
      h('small', null, t('a.b.line', { when: when(x), topic: topics[x.topic]() })), h('span', { lang: x.lang }, x.purged ? t('a.b.purged') : x.text)))));
  }

  /** @param {State} s */
  function choose(s) {
    state = s;
    list = [];
    open = null;
    mount(page);
    draw();
    /** @type {HTMLElement | null} */ (tabs.querySelector(`[data-state=${s}]`))?.focus();
    void load();
  }

  /** Opening a new one is seeing it. @param {Item} x */
  async function read(x) {
    open = x;
    show();
    draw();
    /** @type {HTMLElement | null} */ (page.querySelector('h2'))?.focus();
    if (x.state === 'new') await set(x, 'seen');
  }

  /** @param {Item} x @param {State} to @param {string} [note] */
  async function set(x, to, note) {
    const answer = await post(`${path}/${encodeURIComponent(x.id)}/state`, { state: to, ...(note !== undefined && { note }) });
    if (!answer.ok) {
      fault.textContent = sentence(answer.code);
      return false;
    }
    fault.textContent = '';
    Object.assign(x, answer.body);
    const sums = await get(`${path}/counts`);
    if (sums.ok) counts = sums.body;
    draw();
    return true;
  }

  function show() {
    const x = open;
    if (!x) return mount(page);
    const pick = h('select', { name: 'state' }, STATES.filter((s) => s !== 'new').map((s) => h('option', { value: s, selected: s === x.state || (x.state === 'new' && s === 'seen') }, states[s]())));
    const note = h('textarea', { rows: 3, maxlength: 500, name: 'note' });
    note.value = x.note;
    const word = h('p', { class: 'kept', role: 'status' });
    mount(page, h('article', null,
      h('h2', { tabindex: -1 }, topics[x.topic]()),
      h('p', { class: 'facts' }, when(x)),
      h('p', { class: 'words', lang: x.lang }, x.purged ? t('a.b.purged') : x.text),
      h('label', null, t('a.b.state'), pick), h('label', null, t('a.b.note'), h('small', null, t('a.b.note.hint')), note),
      h('button', { type: 'button', class: 'go', onclick: () => void keep() }, t('a.b.keep')), word));

    async function keep() {
      if (!x || !await set(x, /** @type {State} */ (pick.value), note.value)) return;
      word.textContent = t('a.b.kept', { state: states[x.state]() });
      note.value = x.note;
    }
  }

  return {
    el: h('div', { class: 'part box-part' }, h('section', null, h('p', { class: 'none' }, t('a.b.about'))), tabs, fault,
      h('div', { class: 'two' }, h('div', null, none, mail, next), page)),
    open() {
      void load();
      window.clearInterval(look);
      look = window.setInterval(() => {
        if (document.visibilityState === 'visible' && app.online() && !open && list.length <= 50) void load();
      }, LOOK);
    },
    close: () => window.clearInterval(look),
  };
}
