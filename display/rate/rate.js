// The tablet at the counter: one touch says how satisfied one is. It opens when
// a visit has ended, takes the first touch, and keeps nothing.
import { connect } from '/web/live.js';
import { newKey, post } from '/web/api.js';
import { h, icon, mount } from '/web/dom.js';
import { emergencyPage } from '/web/emergency.js';
import { chooseLang, lang, loadTexts, named, setAddress, t } from '/web/i18n.js';
import { branch, meta, query } from '/web/page.js';
import { questions } from '/web/questions.js';
import { onlyWhen } from '/web/screen.js';
import { formPage, MANY } from '/rate/form.js';
import { modeKeys, plain } from '/rate/modes.js';
import { faces, isLow, numberOf, openRating } from '/rate/window.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/rate/window.js').Open} Open */

const THANKS = 4000;
/** A rating must be sent while its window is open: this long before its end nobody is asked why any more. */
const SPARE = 2500;
/** How long the reasons stand when nobody touches them. */
const WHY = 20_000;

/**
 * What the tablet shows. why: the mark is chosen, its reasons are asked; sending: no touch counts any more;
 * form: rated, more may be told.
 * @typedef {{is: 'idle'} | {is: 'ask', open: Open} | {is: 'why', open: Open, level: number, end: number}
 *   | {is: 'sending', tx: string} | import('/rate/form.js').FormStep | {is: 'thanks', kept: boolean, text: string, end: number}} Step
 */
const counter = meta('counter');
await loadTexts('common', 'rate', 'tablet');
// The hall's language, whatever language the PC behind this screen was installed in.
const usual = query('lang') || 'vi';
await chooseLang(usual);
document.title = t('r.title');

/** @type {Step} */
let step = { is: 'idle' };
let drawn = '', left = h('b', { class: 'num' });
/** The transaction this tablet has rated: the hall's own word of it comes a moment later. */
let done = '';
/** @type {Set<string>} */
let reasons = new Set();
/** When the reasons came up: the second half of a double touch on a face is no reason. */
let asked = 0;
const emergency = emergencyPage();
const settled = () => performance.now() - asked > 400;

const live = connect({ branch: branch(), view: 'rate', counter }, {
  snapshot(state) {
    setAddress(state.branch.address);
    drawn = '';
    turn();
  },
  event: turn, online: turn,
});
setInterval(turn, 250);
lang.on(() => {
  drawn = '';
  turn();
});
// Nobody's answer is lost to a new build.
onlyWhen(() => step.is === 'idle');

const path = () => `/api/v1/branches/${encodeURIComponent(branch())}/counters/${encodeURIComponent(counter)}`;

/** Follows the hall and the clock. */
function turn() {
  const state = live.state, now = live.now();
  if (!state) return;
  const open = openRating(state, counter, now);
  if (step.is === 'thanks' && now >= step.end) leave();
  if (step.is === 'why' && now >= step.end) {
    send(step.open, step.level);
    return;
  }
  // The next visitor sits down: what has been answered is kept, the rest is not theirs.
  if (step.is === 'form' && (now >= step.end || state.counters.get(counter)?.state === 'serving')) finish();
  if (step.is === 'ask' && open?.tx !== step.open.tx) leave();
  if (step.is === 'idle' && open && open.tx !== done) step = { is: 'ask', open };
  if (step.is === 'ask' && open) step.open = open;
  draw(state, now);
}

/** The visitor has gone. */
function leave() {
  step = { is: 'idle' };
  plain(usual);
}

/** @param {Open} open @param {number} level */
function choose(open, level) {
  const state = live.state, now = live.now();
  if (!state || step.is !== 'ask') return;
  reasons = new Set();
  const end = Math.min(now + WHY, open.until - SPARE);
  const asks = isLow(state.branch.rating.levels, level) && !!state.branch.rating.reasons?.length && end - now >= 3000;
  if (!asks) {
    send(open, level);
    return;
  }
  step = { is: 'why', open, level, end };
  asked = performance.now();
  draw(state, now);
}

/** @param {Open} open @param {number} level */
async function send(open, level) {
  if (step.is !== 'ask' && step.is !== 'why') return;
  step = { is: 'sending', tx: open.tx };
  const body = { level, source: 'tablet', ...(reasons.size ? { reasons: [...reasons] } : {}) };
  if (live.state) draw(live.state, live.now());
  const total = Math.max(1000, open.until - live.now());
  const answer = await post(`${path()}/ratings`, body, { key: newKey(), total });
  const kept = answer.ok || answer.code === 'already_rated';
  if (kept) done = open.tx;
  if (answer.ok && live.state?.branch.rating.form) {
    step = { is: 'form', tx: open.tx, at: 0, answers: {}, end: live.now() + WHY };
    asked = performance.now();
    turn();
    return;
  }
  step = { is: 'thanks', kept, text: kept ? t('r.thanks') : answer.code === 'nothing_to_rate' ? t('r.late') : t('r.fail'), end: live.now() + THANKS };
  turn();
}

/** The next question, or the end of them. @param {number | null} value */
function answerForm(value) {
  if (step.is !== 'form' || !settled()) return;
  if (value !== null) step.answers[questions[step.at].id] = value;
  step.at += 1;
  step.end = live.now() + WHY;
  asked = performance.now();
  if (step.at >= MANY) finish();
  turn();
}

/** Sends what has been answered, if anything; the thanks do not wait for it. */
function finish() {
  if (step.is !== 'form') return;
  const { tx, answers } = step;
  if (Object.keys(answers).length > 0) void post(`${path()}/form`, { source: 'tablet', transaction: tx, ...answers });
  step = { is: 'thanks', kept: true, text: t('r.thanks'), end: live.now() + THANKS };
}

/** @param {HallState} state @param {number} now */
function draw(state, now) {
  const next = JSON.stringify([step.is, step.is === 'ask' || step.is === 'why' ? step.open.tx : step.is === 'form' ? step.at : '', state.branch.version, live.online]);
  if (next !== drawn) {
    drawn = next;
    build(state);
  }
  emergency.draw(state);
  if (step.is === 'ask' || step.is === 'why' || step.is === 'form') left.textContent = String(Math.max(0, Math.ceil(((step.is === 'ask' ? step.open.until : step.end) - now) / 1000)));
}

/** Makes the page of the present step. @param {HallState} state */
function build(state) {
  document.body.className = step.is === 'thanks' && !step.kept ? 'idle' : step.is;
  if (step.is === 'ask') mount(document.body, ...question(state, step.open));
  else if (step.is === 'why') mount(document.body, ...whyNot(state, step.open, step.level));
  else if (step.is === 'form') {
    left = h('b', { class: 'num' });
    mount(document.body, ...formPage(step, left, answerForm, () => {
      if (!settled()) return;
      finish();
      turn();
    }));
  } else if (step.is === 'sending') document.body.setAttribute('aria-busy', 'true');
  else mount(document.body, h('main', { class: 'words', 'aria-live': 'polite' }, icon(step.is === 'thanks' && step.kept ? 'heart' : 'landmark'), h('h1', null, step.is === 'thanks' ? step.text : t('r.idle')),
    live.online ? null : h('p', { class: 'cut' }, t('r.cut'))));
  if (step.is !== 'sending') document.body.removeAttribute('aria-busy');
}

/** @param {HallState} state @param {Open} open */
function head(state, open) {
  const place = state.branch.counters.find((c) => c.id === counter);
  return h('div', { class: 'head' }, h('b', { class: 'num' }, numberOf(state, open.tx)), h('span', null, t('r.counter', { label: place?.label ?? counter })), modeKeys());
}

/** @param {HallState} state @param {Open} open */
function question(state, open) {
  const levels = state.branch.rating.levels, face = faces(levels.length);
  left = h('b', { class: 'num' });
  return [
    h('main', null, head(state, open), h('h1', null, t('r.q')),
      h('div', { class: `levels of${levels.length}` }, levels.map((l, i) =>
        h('button', { type: 'button', class: `face${face[i]}`, 'data-level': i + 1, onclick: () => choose(open, i + 1) }, icon(`face-${face[i]}`), h('span', null, named(l.name)))))),
    h('footer', null, h('span', null, t('r.anon')), h('span', null, t('r.skip.before'), left, t('r.skip.after'))),
  ];
}

/** @param {HallState} state @param {Open} open @param {number} level */
function whyNot(state, open, level) {
  left = h('b', { class: 'num' });
  return [
    h('main', null, head(state, open), h('h1', null, t('r.why')),
      h('div', { class: 'reasons' }, (state.branch.rating.reasons ?? []).map((r) => h('button', {
        type: 'button', 'aria-pressed': String(reasons.has(r.id)), onclick(/** @type {Event} */ e) {
          if (!settled()) return;
          if (!reasons.delete(r.id)) reasons.add(r.id);
          /** @type {Element} */ (e.currentTarget).setAttribute('aria-pressed', String(reasons.has(r.id)));
          if (step.is === 'why') step.end = Math.min(live.now() + WHY, open.until - SPARE);
        },
      }, icon('check'), h('span', null, named(r.name))))),
      h('div', { class: 'acts' },
        h('button', { type: 'button', class: 'skip', onclick() {
          if (!settled()) return;
          reasons.clear();
          send(open, level);
        } }, t('r.skip')),
        h('button', { type: 'button', class: 'send', onclick: () => settled() && send(open, level) }, t('r.send')))),
    h('footer', null, h('span', null, t('r.anon')), h('span', null, t('r.sends.before'), left, t('r.skip.after'))),
  ];
}
