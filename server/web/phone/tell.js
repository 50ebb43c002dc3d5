// A suggestion written on a phone: a pass from a screen of the hall, one text
// without a name, and thanks. Nothing of it stays on the phone.
import { h, mount } from '/web/dom.js';
import { get, newKey, post } from '/web/api.js';
import { sentence } from '/web/errors.js';
import { chooseLang, lang, loadTexts, named, nextLanguage, setAddress, t } from '/web/i18n.js';
import { byId, practice } from '/web/page.js';
import { hm } from '/web/time.js';

/**
 * A pass as the server tells of it.
 * @typedef {object} Pass
 * @property {string} for
 * @property {import('/web/types.js').Text} branch_name
 * @property {string} [address]
 * @property {string} until
 * @property {boolean} [open]
 * @property {boolean} [told]
 * @property {string} [portal]
 * @property {boolean} [training] of a hall for practice
 */

const AGAIN = 3000;
/** The most letters the server takes. */
const MOST = 1000;
const pass = location.pathname.split('/')[2] ?? '';
const path = `/api/v1/passes/${encodeURIComponent(pass)}`;
const [main, top, strip] = ['main', 'top', 'strip'].map(byId);

/** What a suggestion can be about. @type {[string, () => string][]} */
const topics = [
  ['attitude', () => t('g.topic.attitude')], ['time', () => t('g.topic.time')], ['facility', () => t('g.topic.facility')],
  ['procedure', () => t('g.topic.procedure')], ['other', () => t('g.topic.other')],
];

/** @type {Pass | null} */
let view = null;
/** What is written so far; one key as long as it is the same. */
let text = '', topic = '', key = '';
let gone = false, away = false, sent = false, busy = false, note = '', focused = '';

const letters = () => text.normalize('NFC').trim().length;

/** @param {string} words */
const heading = (words) => h('h1', { tabindex: -1 }, words);

/** The step and a name for it: focus moves when it is another one. @returns {{name: string, show: (Node | string | null)[]}} */
function step() {
  if (gone || (view && view.for !== 'suggestion')) return { name: 'gone', show: [plain(t('g.gone'), t('g.gone.sub'), 'bad')] };
  if (!view) return { name: 'load', show: [h('h1', { class: 'loading' }, t('g.load'))] };
  if (sent || view.told) return { name: 'sent', show: [plain(t('g.sent'), t('g.sent.sub'), 'good'), formal(view.portal)] };
  if (!view.open) return { name: 'closed', show: [plain(t('g.closed'), t('g.closed.sub'), 'bad'), formal(view.portal)] };
  return { name: 'write', show: [form(view)] };
}

/** @param {string} title @param {string} sub @param {string} shade */
const plain = (title, sub, shade) => h('section', { class: `card ${shade}` }, heading(title), h('p', { class: 'sub' }, sub));

/** @param {Pass} view */
function form(view) {
  const left = h('small', { class: 'left' });
  const go = h('button', { class: 'wide go', disabled: busy }, busy ? t('g.sending') : t('g.send'));
  const count = () => { left.textContent = t('g.left', { n: MOST - letters() }); };
  const box = h('textarea', {
    id: 'text', rows: 6, maxlength: MOST, required: true, 'aria-describedby': 'hint', disabled: busy,
    oninput: () => { text = box.value; key = ''; count(); },
  });
  box.value = text;
  count();
  return h('form', { novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void send(box); } },
    heading(t('g.title')),
    h('p', { class: 'foot', id: 'hint' }, t('g.hint')),
    h('fieldset', null, h('legend', null, t('g.topic')),
      topics.map(([id, words]) => h('label', { class: 'topic' },
        h('input', { type: 'radio', name: 'topic', value: id, checked: id === topic, onchange: () => { topic = id; key = ''; } }), words()))),
    h('label', { class: 'write', for: 'text' }, h('span', null, t('g.text')), box, left),
    go,
    h('p', { class: 'foot' }, t('g.until', { time: hm(view.until) })),
    formal(view.portal));
}

/** A complaint that needs an answer has a name, and goes to the portal. @param {string} [portal] */
function formal(portal) {
  if (!portal) return null;
  return h('p', { class: 'formal' }, t('g.formal'), h('br'), h('a', { href: portal, rel: 'noreferrer' }, t('g.formal.go', { host: new URL(portal).host })));
}

/** @param {HTMLTextAreaElement} box */
async function send(box) {
  if (busy) return;
  if (letters() === 0) {
    note = t('g.empty');
    draw();
    document.getElementById('text')?.focus();
    return;
  }
  busy = true;
  note = '';
  key ||= newKey();
  draw();
  const answer = await post(`${path}/suggestion`, { text: box.value.trim(), topic }, { key });
  busy = false;
  if (answer.ok || answer.code === 'pass_used') {
    sent = true;
    text = topic = '';
  } else if (answer.code === 'unknown_pass') {
    gone = true;
  } else if (answer.code === 'box_closed' && view) {
    view = { ...view, open: false };
  } else {
    note = answer.status === 0 ? t('g.lost') : answer.code === 'too_many_requests' ? t('g.many') : sentence(answer.code);
  }
  draw();
}

function draw() {
  strip.hidden = !away;
  strip.textContent = away ? t('g.off') : '';
  document.title = t('g.title');
  mount(top, h('div', { class: 'hall' }, h('small', null, named(view?.branch_name)), language()));
  const { name, show } = step();
  mount(main, note && h('p', { class: 'note', role: 'alert' }, note), ...show);
  if (name === focused) return;
  const first = focused === '' || focused === 'load';
  focused = name;
  if (first) return;
  window.scrollTo(0, 0);
  main.querySelector('h1')?.focus({ preventScroll: true });
}

function language() {
  const { tag, name } = nextLanguage();
  return h('button', { type: 'button', lang: tag, onclick: () => void chooseLang(tag) }, name);
}

await loadTexts('common', 'tell');
lang.on(() => {
  note = '';
  draw();
});
draw();
while (!view && !gone) {
  const answer = await get(path);
  away = answer.status === 0;
  if (answer.ok) {
    view = answer.body;
    practice(answer.body);
    setAddress(answer.body.address);
  } else if (answer.code === 'unknown_pass') {
    gone = true;
  }
  draw();
  if (!view && !gone) await new Promise((done) => setTimeout(done, AGAIN));
}
