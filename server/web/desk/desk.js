// The desk: a clerk's counter. It draws the hall's state as the server sends
// it, and sends verbs; it decides nothing and holds no truth of its own.
import { accountButton, settled, whoIs } from '/web/account.js';
import { connect } from '/web/live.js';
import { mount } from '/web/dom.js';
import { lang, loadTexts, setAddress, t } from '/web/i18n.js';
import { branch, query } from '/web/page.js';
import { hm } from '/web/time.js';
import { floorAlerts, needed } from '/desk/alerts.js';
import { callOff } from '/desk/ask.js';
import { counterChoice } from '/desk/choose.js';
import { commander } from '/desk/command.js';
import { feedback } from '/desk/foot.js';
import { listen } from '/desk/keys.js';
import { waitingList } from '/desk/line.js';
import { placeOf, waitingFor } from '/desk/model.js';
import { presentVisit } from '/desk/now.js';
import { seating } from '/desk/seat.js';
import { figures } from '/desk/side.js';
import { ringing } from '/desk/ringing.js';
import { header } from '/desk/top.js';
import { may, verbs } from '/desk/verbs.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Visit} Visit */

/**
 * All that is drawn, at one moment.
 * @typedef {object} Scene
 * @property {HallState} state
 * @property {import('/desk/model.js').Place} place
 * @property {Visit[]} waiting for this counter, in calling order
 * @property {number} now the server's time, ms
 * @property {boolean} able commands can be sent
 * @property {string} lang
 * @property {(control: string) => boolean} busy
 * @property {(control: import('/desk/verbs.js').Control) => boolean} may
 */

const KEPT = 'motcua.desk.counter';
let counter = '';
let pending = 0;
const bell = ringing();

/** The clerk's own choice is kept; the PC's language says nothing about the clerk. */
const LANG = 'motcua.desk.lang';
if ((query('lang') || localStorage.getItem(LANG)) === 'en') lang.set('en');
lang.on((l) => localStorage.setItem(LANG, l));
const [me] = await Promise.all([whoIs(''), loadTexts('common', 'desk', 'book', 'rate', 'paper', 'account')]);
await settled(me);
if (me?.account && me.rights && !me.rights.includes('serve')) { // guides and officers work elsewhere
  location.replace(`/admin/${location.search}`);
  await new Promise(() => {});
}
const seat = seating(branch(), me);
counter = seat.counter() || (me?.role === 'clerk' ? '' : query('counter') || kept());
const live = connect({ branch: branch(), view: 'desk' }, {
  snapshot(state) {
    setAddress(state.branch.address);
    bell.heard(state);
    soon();
  },
  event(e, state) {
    bell.heard(state);
    if (seat.lost(e)) void choose('').then(() => page.refuse(t('d.seat.lost')));
    soon();
  },
  figures: soon, online: soon,
});
const commands = commander(branch(), () => counter, soon);
let page = build();
lang.on(() => {
  callOff();
  page = build();
});
listen((what) => page.press(what));
setInterval(soon, 1000);

/** Draws once for a burst of changes. A timer, not a frame: a hidden tab's title must go on. */
function soon() {
  if (pending) return;
  pending = window.setTimeout(() => {
    pending = 0;
    page.draw();
  }, 8);
}

/** @returns {Scene | null} */
function scene() {
  const place = live.state && placeOf(live.state, counter);
  if (!live.state || !place) return null;
  /** @type {Scene} */
  const s = {
    state: live.state, place, waiting: waitingFor(live.state, place.name), now: live.now(),
    able: live.online && !commands.sending(), lang: lang.get(), busy: commands.busy, may: (control) => may(s, control),
  };
  return s;
}

/** @param {string} id empty: ask again */
async function choose(id) {
  if (id) {
    const refused = await seat.sit(id, live.state);
    if (refused === null) return;
    if (refused) return page.refuse(refused);
  }
  counter = id;
  keep(id);
  callOff();
  page = build();
  if (id) page.focus();
}

/** Makes the page in the present language and for the present counter. */
function build() {
  /** @type {(text: string) => void} */
  let refuse = () => {};
  const alerts = floorAlerts(branch(), (text) => refuse(text));
  const account = accountButton(me, () => seat.leave(live.state));
  const top = header(() => void choose(''), bell, alerts.el, account);
  const choice = counterChoice(branch(), (id) => void choose(id));
  const now = presentVisit((control) => acts.press(control));
  const foot = feedback(now.foot, () => acts.press('undo'));
  refuse = (text) => (counter ? foot.refuse(text) : choice.refuse(text));
  const acts = verbs({ scene, commands, foot, outcome: now.outcome });
  const line = waitingList({ pick: acts.pick, reinstate: acts.reinstate, resume: acts.resume });
  const side = figures(foot.say);
  let mode = '';

  function draw() {
    const s = scene();
    if (live.state) alerts.draw(live.state, live.online);
    top.draw(live.state, s?.place.name ?? null, live.online, live.now());
    document.title = titleOf(s);
    const next = s ? 'desk' : 'choosing';
    if (next !== mode) {
      mode = next;
      document.body.className = s ? 'desk' : 'desk choosing';
      mount(document.body, top.el, top.news, ...(s ? [now.el, line.el, side.el] : [choice.el]));
    }
    if (!s) {
      if (live.state) choice.draw(live.state);
      return;
    }
    now.draw(s);
    line.draw(s);
    side.draw(s);
    foot.note(noteOf(s));
  }
  draw();
  return { draw, press: acts.press, refuse: (/** @type {string} */ text) => refuse(text), focus: () => now.big.focus() };
}

/** @param {Scene | null} s */
function titleOf(s) {
  const asked = live.state ? needed(live.state) : null;
  if (asked) return t('d.title.help', { name: asked.by ?? '' });
  if (!s) return t('d.title');
  const idle = s.place.now.state === 'open' && s.waiting.length > 0;
  const what = s.place.now.number || (idle ? t('d.people', { n: s.waiting.length }) : '');
  return [idle ? '●' : '', t('d.counter', { label: s.place.name.label }), what && `· ${what}`].filter(Boolean).join(' ');
}

/** @param {Scene} s */
function noteOf({ place }) {
  const v = place.visit;
  if (!v?.called) return '';
  return t('d.note', { number: v.number, time: hm(v.called), n: v.calls ?? 1 });
}

function kept() {
  try {
    return sessionStorage.getItem(KEPT) ?? '';
  } catch {
    return '';
  }
}

/** @param {string} id */
function keep(id) {
  try {
    sessionStorage.setItem(KEPT, id);
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}
