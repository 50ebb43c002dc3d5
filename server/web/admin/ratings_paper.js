// Entering a rating left on paper, for who works the box of sheets.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { paperFields, sendPaper } from '/web/paper.js';

/**
 * @param {import('/admin/admin.js').App} app
 * @param {() => void} kept
 */
export function paperPart(app, kept) {
  const box = h('div', { class: 'paper' }), word = h('p', { class: 'word', role: 'status' });
  const go = h('button', { class: 'go' }, t('r.paper.save'));
  const form = h('form', { novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void save(); } }, box, h('div', { class: 'acts' }, go, word));
  const el = h('section', null, h('details', null, h('summary', null, t('r.paper')), h('p', { class: 'hint' }, t('r.paper.hint')), form));
  /** @type {ReturnType<typeof paperFields> | null} */
  let fields = null;
  let version = -1, sending = false;

  function fresh() {
    const state = app.state();
    if (!state) return;
    version = state.branch.version;
    fields = paperFields(state.branch, app.now());
    mount(box, fields.els);
  }

  async function save() {
    const entry = sending ? null : fields?.read(), counter = app.state()?.branch.counters[0]?.id;
    word.textContent = '';
    if (!entry || !counter) return;
    sending = true;
    const { ok, text } = await sendPaper(app.branch, counter, entry);
    sending = false;
    if (!ok) return fields?.refuse(text);
    fresh();
    word.textContent = text;
    /** @type {HTMLElement | null} */ (box.querySelector('input'))?.focus();
    kept();
  }

  return {
    el,
    /** The scale may be another one now. @param {import('/web/types.js').HallState} state */
    draw(state) {
      if (state.branch.version !== version) fresh();
    },
  };
}
