// "Tra cứu hồ sơ đã nộp": the code is typed or scanned; the answer is its degree,
// and to who knows the last figures of the applicant's identity number a little
// more. All of it belongs to one person: it lives in the screens' closures and is
// gone with them.
import { h, icon, mount, signal } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { day } from '/web/time.js';
import { words } from '/kiosk/said.js';
import { codeIn, codesOf, LONGEST } from '/lookup/code.js';
import { pad } from '/lookup/pad.js';
import { resultView } from '/lookup/degree.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {import('/web/api.js').Answer} Answer */
/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {import('/web/dom.js').Signal<string>} Text */

/**
 * What one person has done so far.
 * @typedef {object} Search
 * @property {Text} typed
 * @property {Text} digits of the identity number
 * @property {Said | null} told why there is no answer yet
 * @property {string[]} choices the codes that may be meant
 * @property {boolean} busy
 */

const SIGNS = [...'123G456H789.0-'];
const FIGURES = [...'1234567890'];
/** So many last figures of the identity number are asked for. */
const LAST = 4;

/**
 * The look-up of dossiers, at once with the answer where a code is known. It gives
 * the function that draws it: a screen drawn anew keeps what was typed.
 * @param {App} app
 * @param {string} [code] as it came: only a code in it is used
 * @returns {() => View}
 */
export function dossierView(app, code = '') {
  const search = newSearch();
  if (code) setTimeout(() => found(app, search, codeIn(code)));
  return () => askView(app, search);
}

/** @returns {Search} */
const newSearch = () => ({ typed: signal(''), digits: signal(''), told: null, choices: [], busy: false });

/** A scan's code, or none in it. @param {App} app @param {Search} search @param {string} code */
function found(app, search, code) {
  search.typed.set(code);
  search.choices = [];
  if (code) return void look(app, search, code);
  tell(app, search, { key: 'l.file.noscan' });
}

/** @param {App} app @param {Search} search @param {Said | null} told */
function tell(app, search, told) {
  search.busy = false;
  search.told = told;
  app.redraw();
}

/** @param {App} app @param {Search} search */
function enter(app, search) {
  if (search.busy || !search.typed.get()) return;
  const codes = codesOf(search.typed.get(), day(app.now()));
  search.choices = codes.length > 1 ? codes : [];
  if (codes.length === 1) return void look(app, search, codes[0]);
  tell(app, search, codes.length > 1 ? null : { key: 'l.file.short' });
}

/** @param {App} app @param {Search} search @param {string} code */
async function look(app, search, code) {
  search.busy = true;
  search.told = null;
  app.redraw();
  const answer = await app.get(`/api/v1/dossiers/${encodeURIComponent(code)}`);
  if (!stands('dossier')) return wipe(search); // somebody went on meanwhile
  if (!answer.ok) return tell(app, search, why(answer));
  wipe(search);
  const dossier = answer.body;
  const verify = app.state().branch.verify && dossier.verify !== false;
  app.show(() => resultView(app, dossier, verify ? () => app.show(() => verifyView(app, search, dossier)) : null));
}

/** @param {string} name of a screen */
const stands = (name) => document.getElementById('stage')?.dataset.screen === name;

/** @param {Search} search */
function wipe(search) {
  search.busy = false;
  search.typed.set('');
  search.digits.set('');
  search.choices = [];
  search.told = null;
}

/** Why there is no answer, in words. @param {Answer} answer @returns {Said} */
function why(answer) {
  if (answer.status === 404) return answer.body?.left > 0 ? { key: 'l.file.wrong', args: { n: answer.body.left } } : { key: 'l.file.last' };
  if (answer.status === 429) return { key: 'l.file.wait', args: { m: Math.max(1, Math.ceil((answer.after || 600) / 60)) } };
  if (answer.status === 400 || answer.status === 422) return { key: 'l.file.short' };
  return { key: 'l.file.away' };
}

/**
 * Where the code is typed or scanned.
 * @param {App} app
 * @param {Search} search
 * @returns {View}
 */
function askView(app, search) {
  const enterCode = () => enter(app, search);
  const keys = pad({ value: search.typed, signs: SIGNS, columns: 4, max: LONGEST, label: t('l.file.field'), enter: enterCode });
  const go = h('button', { type: 'button', class: 'btn go', onclick: enterCode }, icon('search'), t('l.file.go'));
  const off = search.typed.on(() => {
    if (!go.isConnected) return off();
    search.told = null;
    search.choices = [];
    ready();
  });
  const ready = () => void (go.disabled = search.busy || !search.typed.get());
  ready();
  return {
    name: 'dossier', title: t('l.file.q'),
    get private() { return search.typed.get() !== ''; },
    read: () => [{ key: 'l.file.q' }, search.told ?? { key: 'l.file.how' }],
    lead: [shown(search.typed, t('l.file.field'), t('l.file.example')), news(search)],
    nodes: [h('div', { class: 'padded takes-code', oncode: (/** @type {CustomEvent<string>} */ e) => found(app, search, e.detail) }, keys, h('div', { class: 'beside' }, choices(app, search), go))],
    fresh() {},
  };
}

/** What has been typed, and what it may look like. @param {Text} value @param {string} label @param {string} hint */
function shown(value, label, hint) {
  const text = h('span', { class: 'num' });
  const el = h('div', { class: 'code-box', role: 'status', 'aria-label': label }, text);
  const draw = () => {
    text.textContent = value.get() || hint;
    el.classList.toggle('empty', !value.get());
  };
  const off = value.on(() => (el.isConnected ? draw() : off()));
  draw();
  return el;
}

/** Why there is no answer, that it is on its way, or what to do. @param {Search} search */
function news(search) {
  if (search.busy) return h('p', { class: 'hint', role: 'status' }, icon('hourglass'), h('span', null, t('l.file.busy')));
  if (!search.told) return note(t('l.file.how'));
  return h('p', { class: 'hint wrong', role: 'alert' }, icon('alert'), h('span', null, words(search.told)));
}

/** @param {string} text */
const note = (text) => h('p', { class: 'hint' }, h('span', null, text));

/** @param {App} app @param {Search} search */
function choices(app, search) {
  if (search.choices.length === 0) return null;
  return h('div', { class: 'which' }, h('p', null, t('l.file.which')),
    search.choices.map((code) => h('button', { type: 'button', class: 'btn num', onclick: () => look(app, search, code) }, code)));
}

/**
 * Where the last figures of the identity number are typed.
 * @param {App} app
 * @param {Search} search
 * @param {{code: string}} dossier
 * @returns {View}
 */
function verifyView(app, search, dossier) {
  const send = () => void verify(app, search, dossier);
  const boxes = h('div', { class: 'code-box dots num', role: 'status' });
  const go = h('button', { type: 'button', class: 'btn go', onclick: send }, t('l.file.show'));
  const draw = () => {
    const count = search.digits.get().length;
    mount(boxes, ...Array.from({ length: LAST }, (_, i) => h('span', null, i < count ? '•' : '')));
    boxes.setAttribute('aria-label', t('l.file.given', { n: count, all: LAST }));
    go.disabled = search.busy || count < LAST;
  };
  const off = search.digits.on(() => (boxes.isConnected ? draw() : off()));
  draw();
  return {
    name: 'verify', title: t('l.file.verify'), private: true,
    read: () => [{ key: 'l.file.verify' }, search.told ?? { key: 'l.file.why' }],
    lead: [boxes, search.told || search.busy ? news(search) : note(t('l.file.why'))],
    nodes: [h('div', { class: 'padded' },
      pad({ value: search.digits, signs: FIGURES, columns: 3, max: LAST, label: t('l.file.verify'), enter: send }),
      h('div', { class: 'beside' }, go))],
    fresh() {},
  };
}

/** @param {App} app @param {Search} search @param {{code: string}} dossier */
async function verify(app, search, dossier) {
  if (search.busy || search.digits.get().length < LAST) return;
  search.busy = true;
  search.told = null;
  const digits = search.digits.get();
  app.redraw();
  const answer = await app.post(`/api/v1/dossiers/${encodeURIComponent(dossier.code)}/verify`, { digits });
  wipe(search);
  if (!stands('verify')) return;
  if (answer.ok) return app.turn(() => resultView(app, answer.body, null));
  search.told = why(answer);
  app.redraw();
}
