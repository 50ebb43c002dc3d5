// The display over one counter: its number, who is called to it now, and who sits
// there when the hall shows that.
import { connect } from '/web/live.js';
import { h, icon, mount } from '/web/dom.js';
import { emergencyPage } from '/web/emergency.js';
import { chooseLang, loadTexts, named, setAddress, t } from '/web/i18n.js';
import { branch, meta, query } from '/web/page.js';
import '/web/screen.js';
import { clerkCard } from '/counter/clerk.js';
import { openRating } from '/rate/window.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Counter} Counter */
/** @typedef {import('/web/types.js').CounterName} CounterName */

/** After so long without the server the number may be a wrong one: none is shown. */
const STALE = 60_000;
/** Services named in the header: more lines do not fit. */
const NAMED = 2;

const id = meta('counter');
await loadTexts('common', 'counter');
// The hall's language, whatever language the PC behind this screen was installed in.
await chooseLang(query('lang') || 'vi');

/** What a pause is called to whoever waits. A reason that somebody typed is for the hall alone. @type {Record<string, () => string>} */
const reasons = {
  break: () => t('c.why.break'), meeting: () => t('c.why.meeting'), urgent: () => t('c.why.urgent'), helping: () => t('c.why.helping'),
  fault: () => t('c.why.fault'), hours: () => t('c.why.hours'), away: () => t('c.why.away'),
};

const label = h('span', { class: 'num' }), services = h('span', { class: 'services' }), clerk = clerkCard();
const number = h('p', { class: 'n num' }), words = h('p', { class: 'words' }), why = h('p', { class: 'why' });
const status = h('p'), more = h('span'), sign = h('span', { class: 'sign', role: 'status', hidden: true }, icon('offline'), t('c.cut'));
const main = h('main', { 'aria-live': 'polite' }, number, words, why);
mount(document.body,
  h('header', null, h('h1', null, t('c.counter'), label), services, clerk.el), main, h('footer', null, status, sign, more));

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
  if (!place) return show({ mode: 'say', say: t('c.unknown') });
  document.title = t('c.title', { label: place.label });
  put(label, place.label);
  clerk.draw(place);
  drawServices(state, place);
  drawState(state, place, state.counters.get(id) ?? { id, state: 'closed' });
}

/** @param {HallState} state @param {CounterName} place */
function drawServices(state, place) {
  const names = place.services.map((s) => named(state.branch.services.find((x) => x.id === s)?.short)).filter(Boolean);
  const lines = names.length > NAMED ? [names[0], t('c.more', { n: names.length - 1 })] : names;
  const key = JSON.stringify(lines);
  if (services.dataset.lines === key) return;
  services.dataset.lines = key;
  mount(services, ...lines.flatMap((n, i) => (i ? [h('br'), n] : [n])));
}

/**
 * Who comes next, as far as that is sure: with people in two of its queues the desk decides.
 * @param {HallState} state @param {CounterName} place
 */
function ahead(state, place) {
  const queues = place.services.flatMap((s) => state.figures.get(s) ?? []).filter((f) => f.waiting > 0);
  const next = queues.length === 1 ? queues[0].next : '';
  return next ? t('c.next', { number: next }) : t('c.waiting', { n: queues.reduce((sum, f) => sum + f.waiting, 0) });
}

/** @param {HallState} state @param {CounterName} place @param {Counter} now */
function drawState(state, place, now) {
  if (!live.online && live.now() - live.since > STALE) return show({ mode: 'say', say: t('c.stale') });
  const calls = (now.visit && state.visits.get(now.visit)?.calls) || 1;
  const right = ahead(state, place);
  switch (now.state) {
    case 'calling':
      return show({ mode: 'calling', n: now.number, below: t('c.call'), right: calls > 1 ? t('c.recall', { n: calls }) : right, call: `${now.visit}:${calls}` });
    case 'serving': return show({ mode: 'serving', n: now.number, below: t('c.serve'), right, call: String(now.visit) });
    case 'paused': return show({ mode: 'paused', say: t('c.paused'), why: reasons[now.reason ?? '']?.(), below: t('c.other') });
    case 'open':
      if (openRating(state, id, live.now())) return show({ mode: 'rate', say: t('c.rate'), right });
      return show({ mode: 'say', say: t('c.idle'), right });
    default: return show({ mode: 'paused', say: t('c.closed') });
  }
}

/**
 * call names the call, so that a new one pulses.
 * @param {{mode: 'calling'|'serving'|'say'|'paused'|'rate', n?: string, say?: string, why?: string, below?: string, right?: string, call?: string}} what
 */
function show({ mode, n = '', say = '', why: because = '', below = '', right = '', call = '' }) {
  document.body.className = `${mode} len${Math.min(n.length, 6)}`;
  put(number, n);
  put(words, say);
  put(why, because);
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
