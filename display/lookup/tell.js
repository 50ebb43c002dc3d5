// The suggestion box: what somebody thinks of the hall, without a name. Written
// here or on the phone; a complaint that wants an answer goes to the portal.
import { h, icon, mount, signal } from '/web/dom.js';
import { lang, t } from '/web/i18n.js';
import { newKey } from '/web/api.js';
import { branch } from '/web/page.js';
import { hm } from '/web/time.js';
import { words } from '/kiosk/said.js';
import { keyboard } from '/lookup/keyboard.js';
import { follow, formal } from '/lookup/notices.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {import('/web/api.js').Answer} Answer */
/** @typedef {import('/web/speech.js').Said} Said */
/**
 * @typedef {object} Draft what is being written; gone with its screens
 * @property {import('/web/dom.js').Signal<string>} text
 * @property {string} topic
 * @property {string} key of the one request that sends it
 * @property {Said | null} told why it could not be sent
 * @property {boolean} busy
 */
/** @typedef {{pass: string, url: string, until: string}} Pass */

/** Letters of a suggestion. */
const LONGEST = 500;

/** What it can be about, as the server knows it. */
const TOPICS = /** @type {const} */ ([
  ['attitude', 'l.tell.attitude', 'user'], ['time', 'l.tell.time', 'clock'], ['procedure', 'l.tell.procedure', 'file'],
  ['facility', 'l.tell.facility', 'landmark'], ['other', 'l.tell.other', 'list'],
]);

const path = () => `/api/v1/branches/${encodeURIComponent(branch())}`;

/** @param {App} app @returns {() => View} */
export function tellView(app) {
  return () => topicsView(app);
}

/** What is it about? @param {App} app @returns {View} */
function topicsView(app) {
  const { portal } = app.state().branch.hall ?? {};
  return {
    name: 'topics', title: t('l.tell.q'), update: follow(app), lead: [h('p', { class: 'count' }, t('l.tell.anon'))],
    read: () => [{ key: 'l.tell.q' }, { key: 'l.tell.anon' }, ...TOPICS.map(([, key], i) => /** @type {Said} */ ({ key: 'k.say.plain', args: { n: i + 1, name: { key } } }))],
    nodes: [h('div', { class: 'topics-box' },
      h('div', { class: 'notices', style: { '--count': TOPICS.length + (portal ? 1 : 0) } },
        TOPICS.map(([topic, key, image]) => h('button', { type: 'button', class: 'notice', 'data-topic': topic, onclick: () => write(app, topic) }, icon(image), h('strong', null, t(key)))),
        portal && h('button', { type: 'button', class: 'notice formal', 'data-topic': 'formal', onclick: () => app.show(() => formalView(app)) }, icon('megaphone'), h('strong', null, t('l.tell.formal')))),
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn', onclick: () => onPhone(app) }, icon('phone'), t('l.tell.phone'))))],
    fresh() {},
  };
}

/** A complaint with a name and an answer. @param {App} app @returns {View} */
function formalView(app) {
  return {
    name: 'formal', title: t('l.tell.formal'),
    read: () => [{ key: 'l.tell.formal' }, { key: 'l.portal.formal' }, { key: 'l.portal.scan' }],
    nodes: [h('div', { class: 'twofold' }, formal(app.state().branch.hall?.portal ?? ''))],
  };
}

/** @param {App} app @param {string} topic */
function write(app, topic) {
  /** @type {Draft} */
  const draft = { text: signal(''), topic, key: newKey(), told: null, busy: false };
  app.show(() => writeView(app, draft));
}

/** @param {App} app @param {Draft} draft @returns {View} */
function writeView(app, draft) {
  const send = () => void sent(app, draft);
  const text = h('p', { class: 'draft', role: 'textbox', 'aria-multiline': 'true', 'aria-readonly': 'true', 'aria-label': t('l.tell.text') });
  const left = h('small', { class: 'num' });
  const go = h('button', { type: 'button', class: 'btn go', onclick: send }, icon('check'), draft.busy ? t('l.tell.sending') : t('l.tell.send'));
  const board = keyboard({ value: draft.text, kind: 'text', max: LONGEST, onenter: send });
  const draw = () => {
    const now = draft.text.get();
    mount(text, now || h('em', null, t('l.tell.ph')), now && h('i', { class: 'caret', 'aria-hidden': 'true' }));
    text.scrollTop = text.scrollHeight; // the end of a long one is what is being written
    left.textContent = t('l.tell.left', { n: LONGEST - [...now].length });
    go.disabled = draft.busy || now.trim() === '';
  };
  const off = draft.text.on(() => (text.isConnected ? draw() : off()));
  draw();
  const hint = draft.told ? h('p', { class: 'hint wrong', role: 'alert' }, icon('alert'), h('span', null, words(draft.told)))
    : h('p', { class: 'hint' }, icon('info'), h('span', null, t('l.tell.hint')));
  const paper = h('div', { class: 'draft-box' }, text, left), wide = document.documentElement.dataset.shape === 'wide';
  const topic = TOPICS.find(([id]) => id === draft.topic)?.[1] ?? 'l.tell.other';
  return {
    name: 'write', title: t(topic),
    read: () => [{ key: topic }, draft.told ?? { key: 'l.tell.hint' }],
    lead: wide ? [paper] : [paper, hint],
    nodes: [h('div', { class: 'padded' }, board.el, h('div', { class: 'beside' }, wide && hint, go))],
    layout: () => board.layout(),
    fresh() {},
  };
}

/** @param {App} app @param {Draft} draft */
async function sent(app, draft) {
  const text = draft.text.get().trim();
  if (draft.busy || !text) return;
  draft.busy = true;
  draft.told = null;
  app.redraw();
  const answer = await app.post(`${path()}/suggestions`, { text, topic: draft.topic, lang: lang.get() }, { key: draft.key });
  draft.busy = false;
  if (document.getElementById('stage')?.dataset.screen !== 'write') return;
  if (answer.ok) {
    draft.text.set('');
    return app.turn(() => thanksView(app));
  }
  draft.told = why(answer);
  app.redraw();
}

/** @param {Answer} answer @returns {Said} */
function why(answer) {
  if (answer.status === 429) return { key: 'l.tell.wait', args: { m: Math.max(1, Math.ceil((answer.after || 600) / 60)) } };
  return answer.status === 0 || answer.status >= 500 ? { key: 'l.tell.away' } : { key: 'l.tell.refused' };
}

/** @param {App} app @returns {View} */
function thanksView(app) {
  return {
    name: 'thanks', title: t('l.tell.thanks'), back: app.home,
    read: () => [{ key: 'l.tell.thanks' }, { key: 'l.tell.read' }],
    nodes: [h('div', { class: 'ending' }, h('p', { class: 'big' }, icon('check'), h('span', null, t('l.tell.read'))),
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn go', onclick: app.home }, t('l.file.done'))))],
  };
}

/** A page of one's own on the phone. @param {App} app */
async function onPhone(app) {
  const answer = await app.post(`${path()}/passes`, { for: 'suggestion' });
  const stands = document.getElementById('stage')?.dataset.screen === 'topics';
  if (stands) app.show(answer.ok ? () => phoneView(app, answer.body) : () => noPhoneView(answer));
}

/** @param {App} app @param {Pass} pass @returns {View} */
function phoneView(app, pass) {
  const wifi = app.state().branch.wifi;
  const until = { key: 'l.tell.until', args: { time: { time: hm(pass.until) } } };
  return {
    name: 'tellphone', title: t('l.tell.phone'),
    read: () => [{ key: 'l.tell.scan' }, until],
    nodes: [h('div', { class: 'twofold' }, h('section', { class: 'portal' },
      h('img', { class: 'qr', src: `/api/v1/passes/${encodeURIComponent(pass.pass)}/link.svg`, alt: t('l.tell.alt') }),
      h('div', null, h('h2', null, t('l.tell.scan')), wifi && h('p', null, t('l.tell.wifi', { name: wifi })), h('p', null, words(until)))))],
    update() {
      if (app.now() > Date.parse(pass.until)) app.back();
    },
    fresh() {},
  };
}

/** @param {Answer} answer @returns {View} */
const noPhoneView = (answer) => ({
  name: 'nophone', title: t('l.tell.nophone'),
  read: () => [{ key: 'l.tell.nophone' }, why(answer)],
  nodes: [h('div', { class: 'ending' }, h('p', { class: 'big' }, icon('offline'), h('span', null, words(why(answer)))))],
});
