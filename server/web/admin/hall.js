// What the hall publishes: where complaints go, rules of conduct, prices, other
// offices, the playlist; and the switches of the suggestion box and the dossiers.
import { get, put } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { Fields } from '/admin/hall_fields.js';
import { clerkList } from '/admin/hall_counters.js';
import { conductList, contactFields, officeList, priceList } from '/admin/hall_lists.js';
import { playlist } from '/admin/hall_media.js';
import { boardFields, voiceFields } from '/admin/hall_voice.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** What is being written outlives a look at another part. @type {{branch: string, version: number, settings: Bag, dirty: boolean} | null} */
let draft = null;

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/settings`;
  const form = h('form', { class: 'hall-form', novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void save(); } });
  const fault = h('p', { class: 'fault', role: 'alert' }), state = h('span', { class: 'state-word', role: 'status' });
  const go = h('button', { class: 'go' }, t('a.h.save'));
  const again = h('button', { type: 'button', hidden: true, onclick: () => void load() }, t('a.h.again'));
  let fields = new Fields(changed), saving = false, saved = false;

  function changed() {
    if (draft) draft.dirty = true;
    saved = false;
    word();
  }

  function word() {
    // Here and not at the top of the page: whoever saves looks here.
    state.textContent = draft?.dirty ? t('a.h.dirty') : saved ? t('a.h.saved') : '';
    state.classList.toggle('good', saved);
    go.disabled = !draft?.dirty || saving;
  }

  /** @param {boolean} [other] only what somebody else has saved: our own is on the page */
  async function load(other = false) {
    const answer = await get(path);
    if (!answer.ok) {
      fault.textContent = sentence(answer.code);
      return;
    }
    if (other && (draft?.dirty || answer.body.version === draft?.version)) return;
    draft = { branch: app.branch, version: answer.body.version, settings: answer.body.settings, dirty: false };
    draw();
  }

  function draw() {
    if (!draft) return;
    fields = new Fields(changed);
    fault.textContent = '';
    again.hidden = true;
    const set = draft.settings, hall = /** @type {Bag} */ (set.hall ??= {});
    const tariff = /** @type {Bag} */ (hall.tariff ??= {});
    mount(form,
      section(t('a.h.complaints'), t('a.h.complaints.hint'), h('div', { class: 'grid' }, ...contactFields(fields, 'hall.complaints', hall.complaints ??= {}),
        fields.line('hall.portal', t('a.h.portal'), hall, 'portal', { max: 200, type: 'url', hint: t('a.h.portal.hint') }))),
      section(t('a.h.conduct'), '', conductList(fields, hall)),
      section(t('a.h.tariff'), t('a.h.tariff.hint'), h('div', { class: 'grid' }, fields.line('hall.tariff.basis', t('a.h.basis'), tariff, 'basis', { max: 500, wide: true })), priceList(fields, tariff)),
      section(t('a.h.offices'), t('a.h.offices.hint'), officeList(fields, hall)),
      section(t('a.h.playlist'), t('a.h.playlist.hint'), ...playlist(app, fields, hall)),
      section(t('a.h.board'), t('a.h.board.hint'), ...boardFields(fields, set.board ??= {}, set.counters ?? [])),
      section(t('a.h.voice'), t('a.h.voice.hint'), ...voiceFields(fields, set.board)),
      section(t('a.h.clerks'), t('a.h.clerks.hint'), clerkList(fields, set.counters ?? [])),
      section(t('a.h.box'), '', h('div', { class: 'grid' }, fields.tick(t('a.h.box.open'), set.box ??= {}, 'open'),
        fields.number('box.keep_days', t('a.h.box.keep'), set.box, 'keep_days', { most: 3650, hint: t('a.h.box.keep.hint') }))),
      section(t('a.h.dossiers'), '', h('div', { class: 'grid' }, fields.tick(t('a.h.verify'), set.dossiers ??= {}, 'verify'),
        fields.number('dossiers.soon_days', t('a.h.soon'), set.dossiers, 'soon_days', { most: 30, hint: t('a.h.soon.hint') }))),
      h('div', { class: 'save' }, fault, state, again, go));
    word();
  }

  async function save() {
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

  if (draft && draft.branch !== app.branch) draft = null;
  return {
    el: h('div', { class: 'part hall-part' }, form),
    open() {
      if (draft?.dirty) draw();
      else void load();
    },
    event(e) {
      if (e.kind === 'settings.changed' && !draft?.dirty && !saving) void load(true);
    },
  };
}

/** @param {string} title @param {string} hint @param {...Node} nodes */
const section = (title, hint, ...nodes) => h('section', null, h('h2', null, title), hint && h('p', { class: 'hint' }, hint), ...nodes);
