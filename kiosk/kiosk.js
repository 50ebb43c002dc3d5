// The touch screen. It draws the server's state and one visitor's few choices;
// it holds no truth: a restart in the middle loses nothing but those choices.
import { h, icon, mount, loadIcons } from '/web/dom.js';
import { connect } from '/web/live.js';
import { loadLanguage, loadLanguages, t, setAddress } from '/web/i18n.js';
import { branch, byId, query } from '/web/page.js';
import * as modes from '/kiosk/modes.js';
import { watchIdle } from '/kiosk/idle.js';
import { settle, watchKeys } from '/kiosk/keys.js';
import { watchPress } from '/kiosk/press.js';
import { readView, reading } from '/kiosk/reader.js';
import { tickClocks } from '/kiosk/head.js';
import * as machine from '/kiosk/machine.js';
import { watchScans, lookAtScanner, cardHeld, forgetCard, scanned } from '/kiosk/scan.js';
import { homeView, groupView } from '/kiosk/choose.js';
import { groupsView, priorityView } from '/kiosk/priority.js';
import { asksFirst, confirmView } from '/kiosk/confirm.js';
import { coverOf } from '/kiosk/cover.js';
import { callHelp, hush, toldText, watchHelp } from '/kiosk/guide.js';
import { goBack, openLookup, returns } from '/kiosk/lookup.js';
import { arriving, booking, fetchLater, using } from '/kiosk/later.js';
import { loadingView } from '/kiosk/notice.js';
import * as session from '/kiosk/session.js';
import { stripText } from '/kiosk/strip.js';
import { followWish } from '/kiosk/wish.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').Group} Group */
/** @typedef {import('/web/types.js').Priority} Priority */
/** @typedef {import('/kiosk/ticket.js').Issued} Issued */

/**
 * One screen. It is built anew when the language or a display option changes.
 * @typedef {object} View
 * @property {string} name
 * @property {Node[]} nodes
 * @property {() => void} update called at each change of the hall and each second
 * @property {() => void} [layout] once it stands on the page
 * @property {() => void} [back]
 * @property {boolean} [keeps] stays while the server is away or the hall closes
 * @property {string} [say] told to screen readers
 * @property {() => import('/web/speech.js').Said[]} [read] what "Đọc to" says of this screen, in order
 */

/**
 * What the screens may do.
 * @typedef {object} App
 * @property {() => HallState} state
 * @property {() => number} now
 * @property {() => boolean} online does the line to the server hold?
 * @property {() => void} home the visitor is gone: everything as every visitor finds it
 * @property {() => void} first the first screen again, for the same visitor
 * @property {(g: Group) => void} group the services of one tile
 * @property {() => void} groups the groups with priority
 * @property {(p: Priority) => void} priority
 * @property {(s: Service, back?: () => void) => void} choose asks first or takes at once, as the service wants it
 * @property {(s: Service, back?: () => void) => void} confirm
 * @property {(s: Service, p: Priority | null) => void} take
 * @property {(issued: Issued) => void} cancel
 * @property {() => void} help calls the guide to this kiosk
 * @property {() => void} find a procedure, on the look-up screens
 * @property {(code?: string) => void} dossier looks after one, on the look-up screens
 * @property {() => void} book a later half-day, by phone
 * @property {(make: () => View) => void} show another screen
 * @property {(ticket: import('/web/types.js').Ticket) => void} issued shows a ticket that has just been given
 * @property {(answer: import('/web/api.js').Answer, again: () => void) => void} failed a request came to nothing; `again` repeats it with its key
 * @property {() => void} booked asks for the code of a booking
 */

/** Screens that go away by themselves. */
const BRIEF = new Set(['loading', 'ticket', 'issuing', 'cancelled', 'seen']);
/** Screens that stand when nobody is there. */
const RESTING = new Set(['home', 'paused', 'closed', 'maintenance', 'emergency']);

const stage = byId('stage'), strip = byId('strip'), say = byId('say');
/** What was told to whoever pressed a key: beside the keys, not above them. */
const toast = h('div', { class: 'toast', role: 'status', 'aria-live': 'off', hidden: true });
const started = performance.now();

/** @type {() => View} */
let make = loadingView;
/** @type {View | null} */
let view = null;
/** What covers the session: "" for nothing, else the id of the cover. */
let cover = '';
/** When the line was lost, performance.now(); 0 while it holds. */
let lost = started;

modes.fit();
await Promise.all([loadLanguage('vi', 'common', 'kiosk'), loadIcons()]);
void machine.learn(knowMachine);

const live = connect({ branch: branch(), view: 'kiosk', key: query('key') }, {
  snapshot(state) {
    setAddress(state.branch.address);
    modes.setScreen(state.branch.kiosk);
    // A settings change may have taken away what the visitor was looking at.
    if (view?.keeps) refresh();
    else if (followWish(app)) refresh();
    else home();
    fetchLater();
  },
  event(_, state) {
    state.visits.clear(); // nobody's visit is shown here: a day of them would only fill the memory
    refresh();
  },
  figures: refresh,
  online(online) {
    lost = online ? 0 : performance.now();
    refresh();
  },
});

/** @type {App} */
const app = {
  state() {
    if (!live.state) throw new Error('no state yet');
    return live.state;
  },
  now: live.now,
  online: () => live.online,
  home,
  first,
  group: (g) => go(() => groupView(app, g)),
  groups: () => go(() => groupsView(app)),
  priority: (p) => go(() => priorityView(app, p)),
  choose: (s, back) => (asksFirst(app, s) ? app.confirm(s, back) : app.take(s, null)),
  confirm: (s, back) => go(() => confirmView(app, s, back)),
  take: (s, p) => session.take(app, s, p),
  cancel: (issued) => void session.cancel(app, issued),
  help: () => void callHelp(app.state(), refresh),
  find: () => openLookup(''),
  dossier: (code) => openLookup('#dossier', code),
  book: () => void using(app, booking, (x) => void x.book(app)),
  show: go,
  issued: (ticket) => session.issued(app, ticket),
  failed: (answer, again) => session.failed(app, answer, again),
  booked() {
    const typed = { code: '' };
    void using(app, arriving, (x) => go(() => x.bookedView(app, typed)));
  },
};

/** @param {() => View} next */
function go(next) {
  make = next;
  cover = '';
  draw();
}

/** The session is over: the next visitor finds everything as it always is. */
function home() {
  live.state?.papers.clear();
  modes.reset();
  forgetCard();
  session.forgetWish();
  reading.set(false);
  languageChoice()?.close();
  first();
}

/** @returns {HTMLDialogElement | null} the question which language, while it stands */
const languageChoice = () => document.querySelector('dialog.langs[open]');

/** The first screen again; the visitor is the same, and how it is shown stays. */
function first() {
  if (goBack(session.wished())) return;
  go(live.state ? () => homeView(app) : loadingView);
  refresh();
}

function draw() {
  view = make();
  document.title = t('k.title');
  stage.dataset.screen = view.name;
  mount(stage, ...view.nodes);
  stage.querySelector('.modes')?.before(toast);
  warn();
  view.layout?.();
  view.update();
  tickClocks(stage, live.now());
  settle(stage);
  // What is read because the focus came to it is not said a second time.
  say.textContent = view.say === document.activeElement?.textContent ? '' : view.say ?? '';
  readView(view);
}

/** Brings the page in line with the hall and with the line to the server. */
function refresh() {
  lookAtScanner(live.state);
  if (live.state) watchHelp(live.state);
  const wanted = coverOf(app, live.state, lost ? performance.now() - lost : 0, view);
  if ((wanted?.id ?? '') !== cover) {
    if (!wanted) return home();
    if (!reading.get()) modes.reset(); // who listens is told why it goes no further
    go(wanted.make);
    cover = wanted.id;
  }
  if (warn()) view?.layout?.();
  view?.update();
  if (view?.keeps) readView(view); // a printer without paper, a question: news of a screen that stays
  tickClocks(stage, live.now());
}

/**
 * Shows what the strip and the toast have to say. The screen gives way to them:
 * nothing is covered.
 * @returns {boolean} whether the screen has to be laid out again
 */
function warn() {
  const text = stripText(live.state, view, lost > 0), told = toldText();
  if (strip.textContent !== text) strip.textContent = text;
  strip.hidden = !text;
  const moved = toast.hidden !== !told;
  toast.hidden = !told;
  if (toast.textContent !== told) {
    mount(toast, icon('bell'), told);
    if (told) say.textContent = told; // the toast itself was hidden a moment ago, and such a region is not always read
  }
  const root = document.documentElement.style, high = `${strip.offsetHeight}px`;
  if (root.getPropertyValue('--strip') === high) return moved;
  root.setProperty('--strip', high);
  return true;
}

/** What this machine is has become known. */
function knowMachine() {
  if (machine.throughAgent()) watchScans(app);
  refresh();
}

modes.changed.on(() => draw());
scanned.on(() => draw());
session.sought.on(() => view?.name === 'confirm' && draw());
addEventListener('resize', () => {
  modes.fit();
  draw();
});
watchPress();
watchKeys(stage, () => view?.back?.());
watchIdle({
  inner: () => {
    const name = view?.name ?? '';
    if (languageChoice()) return true;
    if (BRIEF.has(name)) return false;
    // Where everybody begins, somebody's part is over when nothing of theirs is left.
    return returns() || !RESTING.has(name) || modes.any() || reading.get() || cardHeld() || session.wished() !== '';
  },
  end() {
    hush();
    home();
  },
});
window.setInterval(refresh, 1000);
document.fonts.ready.then(() => draw());
draw();
// Every visitor begins in Vietnamese; the key of the others may become another one.
void loadLanguages().then(() => draw());
