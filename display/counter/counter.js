// The display over one counter: its number, and who is called to it now.
import { connect } from '/web/live.js';
import { h, icon, mount } from '/web/dom.js';
import { emergencyPage } from '/web/emergency.js';
import { chooseLang, loadTexts, named, setAddress, t } from '/web/i18n.js';
import { branch, meta, query } from '/web/page.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Counter} Counter */

/** After so long without the server the number may be a wrong one: none is shown. */
const STALE = 60_000;
/** Services named in the header: more lines do not fit. */
const NAMED = 2;

const id = meta('counter');
await loadTexts('common', 'counter');
// The hall's language, whatever language the PC behind this screen was installed in.
await chooseLang(query('lang') || 'vi');

const label = h('span', { class: 'num' }), services = h('span', { class: 'services' });
const number = h('p', { class: 'n num' }), words = h('p', { class: 'words' });
const status = h('p'), more = h('span'), sign = h('span', { class: 'sign', role: 'status', hidden: true }, icon('offline'), t('c.cut'));
const main = h('main', { 'aria-live': 'polite' }, number, words);
mount(document.body,
  h('header', null, h('h1', null, t('c.counter'), label), services), main, h('footer', null, status, sign, more));

const live = connect({ branch: branch(), view: 'counter', counter: id }, {
  snapshot(state) {
    setAddress(state.branch.address);
    draw();
  },
  event: draw, figures: draw, online: draw,
});

const emergency = emergencyPage();
/** What was shown last: a number pulses when it is a new call. */
let print = '';

function draw() {
  sign.hidden = live.online;
  more.hidden = !live.online;
  const state = live.state;
  const place = state?.branch.counters.find((c) => c.id === id);
  if (!state) return;
  emergency.draw(state);
  if (!place) return show('say', '', t('c.unknown'), '', '');
  document.title = t('c.title', { label: place.label });
  label.textContent = place.label;
  const names = place.services.map((s) => named(state.branch.services.find((x) => x.id === s)?.short)).filter(Boolean);
  mount(services, ...(names.length > NAMED ? [names[0], h('br'), t('c.more', { n: names.length - 1 })] : names.flatMap((n, i) => (i ? [h('br'), n] : [n]))));
  const waiting = place.services.reduce((sum, s) => sum + (state.figures.get(s)?.waiting ?? 0), 0);
  drawState(state, state.counters.get(id) ?? { id, state: 'closed' }, t('c.waiting', { n: waiting }));
}

/** @param {HallState} state @param {Counter} now @param {string} waiting */
function drawState(state, now, waiting) {
  const calls = (now.visit && state.visits.get(now.visit)?.calls) || 1;
  if (!live.online && live.now() - live.since > STALE) return show('say', '', t('c.stale'), '', '');
  switch (now.state) {
    case 'calling':
      return show('calling', now.number ?? '', '', t('c.call'), calls > 1 ? t('c.recall', { n: calls }) : waiting, `${now.visit}:${calls}`);
    case 'serving': return show('serving', now.number ?? '', '', t('c.serve'), waiting, String(now.visit));
    case 'paused': return show('paused', '', t('c.paused'), t('c.other'), '');
    case 'open': return show('say', '', t('c.idle'), '', waiting);
    default: return show('paused', '', t('c.closed'), '', '');
  }
}

/**
 * @param {'calling'|'serving'|'say'|'paused'} mode
 * @param {string} n @param {string} say @param {string} below @param {string} right
 * @param {string} [call] names the call, so that a new one pulses
 */
function show(mode, n, say, below, right, call = '') {
  document.body.className = `${mode} len${Math.min(n.length, 6)}`;
  put(number, n);
  put(words, say);
  put(status, below);
  put(more, right);
  const next = `${mode}:${call}`;
  if (next === print) return;
  print = next;
  number.classList.remove('pulse');
  void number.offsetWidth;
  number.classList.toggle('pulse', mode === 'calling');
}

/** @param {Element} el @param {string} text */
function put(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

setInterval(draw, 1000);
