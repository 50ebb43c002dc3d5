// Bringing a file in: chosen or dropped, looked through without changing anything,
// then applied, and taken back when it was the wrong one.
import { get, post, sendFile } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { planTables } from '/admin/procedures_plan.js';
import { count, readDate } from '/admin/procedures_words.js';

/** @typedef {import('/admin/procedures_plan.js').Plan} Plan */
/** @typedef {import('/admin/procedures_lists.js').Version} Version */

const PATH = '/api/v1/catalogue/imports';
/** The largest file the server takes, bytes. */
const MOST = 64 << 20;
const KINDS = /\.(xlsx|csv|jsonl|jsonl\.gz)$/i;
/** How often the server is asked how far it is, ms. */
const LOOK = 500;

/**
 * @param {import('/admin/admin.js').App} app
 * @param {() => void} changed the catalogue holds something else now
 */
export function importSection(app, changed) {
  /** @type {File | null} */
  let file = null;
  /** Counts the files and choices: an answer to what is no longer asked is dropped. */
  let turn = 0, look = 0;
  const choose = h('input', { type: 'file', class: 'sr', id: 'import-file', accept: '.xlsx,.csv,.jsonl,.gz', onchange: () => pick(choose.files?.[0] ?? null) });
  const chosen = h('p', { class: 'chosen', id: 'import-chosen' }, t('a.p.file.none'));
  const decision = h('input', { type: 'text', maxlength: 200, autocomplete: 'off' }), effective = h('input', { type: 'text', inputmode: 'numeric', maxlength: 10, autocomplete: 'off', placeholder: t('a.p.day') });
  const complete = h('input', { type: 'checkbox' }), convert = h('input', { type: 'checkbox' });
  const check = h('button', { class: 'go', disabled: true }, t('a.p.check'));
  const bar = h('progress'), far = h('span'), busy = h('p', { class: 'busy', hidden: true }, bar, far);
  const word = h('p', { class: 'word', role: 'status' }), result = h('div', { class: 'result' });
  const form = h('form', { class: 'importing', onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void send(true); } },
    h('div', { class: 'drop' }, choose, h('label', { for: 'import-file' }, t('a.p.file')), chosen),
    h('label', null, t('a.p.decision'), decision), h('label', null, t('a.p.effective'), effective),
    h('label', { class: 'tick' }, complete, t('a.p.complete')), h('label', { class: 'tick' }, convert, t('a.p.convert')),
    check);
  const el = h('section', {
    class: 'import',
    ondragover: (/** @type {DragEvent} */ e) => { e.preventDefault(); el.classList.add('over'); },
    ondragleave: () => el.classList.remove('over'),
    ondrop(/** @type {DragEvent} */ e) {
      e.preventDefault();
      el.classList.remove('over');
      pick(e.dataTransfer?.files[0] ?? null);
    },
  },
    h('h2', null, t('a.p.import')), h('p', { class: 'hint' }, t('a.p.hint'), ' ', h('a', { href: `${PATH}/template.xlsx`, download: '' }, t('a.p.template'))),
    form, busy, word, result);
  for (const box of [decision, effective, complete, convert]) box.addEventListener('change', forget);

  /** @param {File | null} next */
  function pick(next) {
    file = next;
    chosen.textContent = file ? t('a.p.file.is', { name: file.name, size: count(Math.max(1, Math.round(file.size / 1024))) }) : t('a.p.file.none');
    forget();
    const fault = file ? unfit(file) : '';
    if (fault) say(fault, true);
    check.disabled = !file || fault !== '';
  }

  /** Why the server would not take it; "" when it would. @param {File} f */
  function unfit(f) {
    if (!KINDS.test(f.name)) return t('a.p.e.kind');
    return f.size > MOST ? t('a.p.file.large') : '';
  }

  /** What was found out holds for one file and one choice alone. */
  function forget() {
    turn++;
    mount(result);
    say('');
  }

  /** @param {string} text @param {boolean} [bad] */
  function say(text, bad = false) {
    word.textContent = text;
    word.classList.toggle('fault', bad);
  }

  /** @param {boolean} dry */
  async function send(dry) {
    if (!file) return;
    forget();
    const since = readDate(effective.value);
    effective.removeAttribute('aria-invalid');
    if (since === null) {
      effective.setAttribute('aria-invalid', 'true');
      effective.focus();
      return say(t('a.p.e.day'), true);
    }
    const mine = turn, name = file.name;
    const query = new URLSearchParams({ file: name, decision: decision.value.trim(), effective: since });
    for (const [key, on] of Object.entries({ dry, complete: complete.checked, convert: convert.checked })) if (on) query.set(key, '1');
    working(true);
    const answer = await sendFile(`${PATH}?${query}`, file, 'POST');
    working(false);
    if (!dry && answer.ok) changed();
    if (mine !== turn) return;
    /** @type {Plan | null} */
    const plan = answer.ok ? answer.body : answer.body?.plan ?? null;
    if (!plan) say(words[answer.code]?.() ?? sentence(answer.code), true);
    else if (answer.status === 201) applied(plan, name);
    else found(plan, dry);
  }

  /** @param {Plan} plan @param {boolean} dry */
  function found(plan, dry) {
    const changes = plan.added + plan.changed + plan.withdrawn;
    const text = plan.errors > 0 ? t('a.p.found.errors', { n: count(plan.errors) })
      : changes === 0 ? t('a.p.found.same') : t('a.p.found.good', { n: count(plan.records) });
    say(text, plan.errors > 0);
    word.scrollIntoView({ block: 'start' });
    mount(result, planTables(plan), dry && plan.errors === 0 && changes > 0
      && h('div', { class: 'acts' }, h('button', { type: 'button', class: 'go', onclick: () => void send(false) }, t('a.p.apply'))));
  }

  /** @param {Plan} plan @param {string} name */
  function applied(plan, name) {
    say(t('a.p.applied', { file: name, n: plan.version ?? 0, added: count(plan.added), changed: count(plan.changed), withdrawn: count(plan.withdrawn) }));
    const back = h('button', { type: 'button', onclick: () => undo({ id: plan.version ?? 0, file: name }) }, t('a.p.undo.of', { file: name }));
    mount(result, h('div', { class: 'acts' }, back));
    back.focus();
  }

  /** @param {Pick<Version, 'id' | 'file'>} v */
  function undo(v) {
    app.sure(t('a.p.undo.q', { file: v.file, n: v.id }), t('a.p.undo.yes'), t('a.p.undo.no'), async () => {
      const answer = await post(`${PATH}/undo`, { version: v.id });
      forget();
      app.tell(answer.ok ? t('a.p.undone', { file: v.file, n: v.id }) : words[answer.code]?.() ?? sentence(answer.code));
      changed();
    });
  }

  /** @param {boolean} on */
  function working(on) {
    check.disabled = on;
    busy.hidden = !on;
    far.textContent = t('a.p.sending');
    window.clearInterval(look);
    if (on) look = window.setInterval(() => void ask(), LOOK);
  }

  async function ask() {
    const { ok, body } = await get(`${PATH}/progress`);
    if (ok && body.running) far.textContent = t('a.p.reading', { file: body.file, n: count(body.records) });
  }

  return { el, undo, close: () => window.clearInterval(look) };
}

/** Refusals that only this part meets. @type {Record<string, () => string>} */
const words = {
  import_kind: () => t('a.p.e.kind'), import_running: () => t('a.p.e.running'), no_import_to_undo: () => t('a.p.e.undo'),
  body_too_large: () => t('a.p.file.large'), network: () => t('a.p.e.network'),
};
