// A form of the hall's settings: it reads them whole, shows some, and saves them whole,
// after saying what would change; what was saved can be taken back.
import { get, post, put } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { Fields } from '/admin/hall_fields.js';
import { draftOf, over } from '/admin/settings_drafts.js';
import { askToSave, problemList } from '/admin/settings_review.js';
import { style } from '/admin/style.js';

await style('/admin/settings_form.css');

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/hall_fields.js').Problem} Problem */
/** @typedef {import('/admin/settings_drafts.js').Draft} Draft */

/**
 * @param {import('/admin/admin.js').App} app
 * @param {string} name of the form
 * @param {(fields: Fields, settings: Bag) => (Node | null)[]} sections what it shows; each field writes into the settings
 */
export function settingsForm(app, name, sections) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/settings`, drafts = draftOf(app, name);
  const el = h('form', { class: 'hall-form', novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void review(); } });
  const fault = h('div', { class: 'fault', role: 'alert' }), state = h('span', { class: 'state-word', role: 'status' });
  const go = h('button', { class: 'go' }, t('q.look'));
  const again = h('button', { type: 'button', hidden: true, onclick: () => void load() }, t('a.h.again'));
  const drop = h('button', { type: 'button', hidden: true, onclick: () => app.sure(t('q.drop.q'), t('q.drop.yes'), t('q.review.back'), () => void load()) }, t('q.drop'));
  const back = h('button', { type: 'button', hidden: true, onclick: () => void undo() }, t('q.undo'));
  let fields = new Fields(changed), busy = false, saved = '';

  function changed() {
    drafts.soil();
    saved = '';
    word();
  }

  function word() {
    // Here and not at the top of the page: whoever saves looks here.
    const draft = drafts.get(), dirty = Boolean(draft?.dirty);
    state.textContent = dirty ? t('a.h.dirty') : saved;
    state.classList.toggle('good', !dirty && saved !== '');
    go.disabled = !dirty || busy;
    drop.hidden = !dirty || !again.hidden;
    back.hidden = dirty || draft?.before === undefined;
    back.disabled = busy;
  }

  /** @param {boolean} [other] only what somebody else has saved: our own is on the page */
  async function load(other = false) {
    const answer = await get(path);
    if (!answer.ok) return say(sentence(answer.code));
    const draft = drafts.get();
    if (other && (draft?.dirty || answer.body.version === draft?.version)) return;
    // What somebody else has saved since is not ours to take back.
    const before = answer.body.version === draft?.version ? draft?.before : undefined;
    drafts.begin(answer.body, before);
    draw();
  }

  function draw() {
    const draft = drafts.get();
    if (!draft) return;
    fields = new Fields(changed);
    mount(fault);
    again.hidden = true;
    mount(el, sections(fields, draft.settings), h('div', { class: 'save' }, fault, state, again, back, drop, go));
    word();
  }

  /** @param {...(Node | string)} what */
  const say = (...what) => mount(fault, what);

  /** One request at a time. @param {(draft: Draft) => Promise<void>} act */
  async function once(act) {
    const draft = drafts.get();
    if (!draft || busy) return;
    busy = true;
    mount(fault);
    word();
    await act(draft);
    busy = false;
    word();
  }

  /** Says what is wrong, or what would change. */
  const review = () => once(async (first) => {
    const preview = (/** @type {Draft} */ d) => post(`${path}/preview`, { version: d.version, settings: d.settings });
    let draft = first, answer = await preview(draft);
    if (answer.ok && answer.body.version !== draft.version) {
      // Somebody has saved meanwhile, often another page of this very administrator.
      const now = await get(path), next = now.ok ? over(draft, now.body) : null;
      if (next) {
        drafts.set(draft = next);
        draw();
        app.tell(t('q.over'));
        answer = await preview(draft);
      }
    }
    if (!answer.ok) return refused(answer);
    fields.quiet();
    const { problems = [], changes = [], refusal } = answer.body;
    if (problems.length > 0) {
      const list = fields.show(problems), first = list.find((x) => x.field)?.field;
      say(problemList(fields, list));
      if (first) fields.go(first);
    } else if (refusal) {
      // Its problems are about the settings in force: what would be taken from whom.
      refused(refusal, refusal.problems.map((/** @type {Problem} */ p) => h('p', null, h('b', null, named(p.name), ': '), named(p.what))));
    } else if (changes.length === 0) {
      drafts.set({ ...draft, dirty: false });
      saved = t('q.same');
    } else {
      askToSave(changes, [draft.base, draft.settings], () => void save());
    }
  });

  const save = () => once(async (draft) => {
    const answer = await put(path, { version: draft.version, settings: draft.settings });
    if (!answer.ok) return refused(answer);
    drafts.set({ ...draft, base: structuredClone(draft.settings), version: answer.body.version, before: draft.version, dirty: false });
    saved = t('a.h.saved');
  });

  const undo = () => once(async (draft) => {
    const answer = await post(`${path}/undo`, { version: draft.version, to: draft.before });
    if (!answer.ok) return refused(answer);
    drafts.set({ ...draft, before: undefined, version: 0 });
    saved = t('q.undone');
    await load();
  });

  /** @param {{code: string}} answer @param {Node[]} [more] */
  function refused(answer, more = []) {
    again.hidden = answer.code !== 'settings_conflict';
    say(sentence(answer.code), ...more);
  }

  return {
    el,
    /** It is on the page, or the line came back. */
    open() {
      if (drafts.get()?.dirty) draw();
      else void load();
    },
    /** @param {{kind: string}} e */
    event(e) {
      if (e.kind === 'settings.changed' && !drafts.get()?.dirty && !busy) void load(true);
    },
  };
}

/** @param {string} title @param {string} hint @param {...Node} nodes */
export const section = (title, hint, ...nodes) => h('section', null, h('h2', null, title), hint && h('p', { class: 'hint' }, hint), ...nodes);
