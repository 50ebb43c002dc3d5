// A form of the hall's settings: it reads them whole, shows some, and saves them whole.
// What somebody is writing outlives a look at another part of the page.
import { get, put } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { Fields } from '/admin/hall_fields.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {{version: number, settings: Bag, dirty: boolean}} Draft */

/** By the form's name and the branch. @type {Map<string, Draft>} */
const drafts = new Map();

/**
 * @param {import('/admin/admin.js').App} app
 * @param {string} name of the form
 * @param {(fields: Fields, settings: Bag) => (Node | null)[]} sections what it shows; each field writes into the settings
 */
export function settingsForm(app, name, sections) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/settings`, mine = `${name} ${app.branch}`;
  const el = h('form', { class: 'hall-form', novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void save(); } });
  const fault = h('p', { class: 'fault', role: 'alert' }), state = h('span', { class: 'state-word', role: 'status' });
  const go = h('button', { class: 'go' }, t('a.h.save'));
  const again = h('button', { type: 'button', hidden: true, onclick: () => void load() }, t('a.h.again'));
  let fields = new Fields(changed), saving = false, saved = false;

  function changed() {
    const draft = drafts.get(mine);
    if (draft) draft.dirty = true;
    saved = false;
    word();
  }

  function word() {
    // Here and not at the top of the page: whoever saves looks here.
    const dirty = drafts.get(mine)?.dirty;
    state.textContent = dirty ? t('a.h.dirty') : saved ? t('a.h.saved') : '';
    state.classList.toggle('good', saved);
    go.disabled = !dirty || saving;
  }

  /** @param {boolean} [other] only what somebody else has saved: our own is on the page */
  async function load(other = false) {
    const answer = await get(path);
    if (!answer.ok) {
      fault.textContent = sentence(answer.code);
      return;
    }
    const draft = drafts.get(mine);
    if (other && (draft?.dirty || answer.body.version === draft?.version)) return;
    drafts.set(mine, { version: answer.body.version, settings: answer.body.settings, dirty: false });
    draw();
  }

  function draw() {
    const draft = drafts.get(mine);
    if (!draft) return;
    fields = new Fields(changed);
    fault.textContent = '';
    again.hidden = true;
    mount(el, sections(fields, draft.settings), h('div', { class: 'save' }, fault, state, again, go));
    word();
  }

  async function save() {
    const draft = drafts.get(mine);
    if (!draft || saving) return;
    saving = true;
    fault.textContent = '';
    word();
    const answer = await put(path, { version: draft.version, settings: draft.settings });
    saving = false;
    if (answer.ok) {
      draft.version = answer.body.version;
      draft.dirty = false;
      saved = true;
    } else if (answer.code === 'settings_invalid') {
      const rest = fields.show(answer.body?.detail ?? '');
      fault.textContent = rest.length > 0 ? t('a.h.refused', { what: rest.join('; ') }) : t('a.h.look');
    } else {
      fault.textContent = sentence(answer.code);
      again.hidden = answer.code !== 'settings_conflict';
    }
    word();
  }

  return {
    el,
    /** It is on the page, or the line came back. */
    open() {
      if (drafts.get(mine)?.dirty) draw();
      else void load();
    },
    /** @param {{kind: string}} e */
    event(e) {
      if (e.kind === 'settings.changed' && !drafts.get(mine)?.dirty && !saving) void load(true);
    },
  };
}

/** @param {string} title @param {string} hint @param {...Node} nodes */
export const section = (title, hint, ...nodes) => h('section', null, h('h2', null, title), hint && h('p', { class: 'hint' }, hint), ...nodes);
