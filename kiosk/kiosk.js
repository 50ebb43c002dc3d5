// The touch screen. It draws the server's state and one visitor's few choices;
// it holds no truth: a restart in the middle loses nothing but those choices.
import { mount, loadIcons } from '/web/dom.js';
import { connect } from '/web/live.js';
import { post, newKey } from '/web/api.js';
import { loadTexts, lang, t, setAddress } from '/web/i18n.js';
import { sentence } from '/web/errors.js';
import { branch, byId, query } from '/web/page.js';
import * as modes from '/kiosk/modes.js';
import { watchIdle } from '/kiosk/idle.js';
import { watchKeys } from '/kiosk/keys.js';
import { tickClocks } from '/kiosk/head.js';
import { closedHall } from '/kiosk/words.js';
import * as paper from '/kiosk/paper.js';
import { homeView, groupsView, priorityView } from '/kiosk/choose.js';
import { confirmView } from '/kiosk/confirm.js';
import { ticketView, cancelledView, stay } from '/kiosk/ticket.js';
import { loadingView, pausedView, closedView, busyView, refusedView, errorView } from '/kiosk/notice.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Service} Service */
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
 */

/**
 * What the screens may do.
 * @typedef {object} App
 * @property {() => HallState} state
 * @property {() => number} now
 * @property {() => void} home
 * @property {() => void} groups
 * @property {(p: Priority) => void} priority
 * @property {(s: Service) => void} confirm
 * @property {(s: Service, p: Priority | null) => void} take
 * @property {(issued: Issued) => void} cancel
 */

/** Shorter cuts only show a strip. */
const PATIENCE = 10_000;
/** Screens on the way to a number. */
const CHOOSING = new Set(['home', 'groups', 'priority', 'confirm']);

const stage = byId('stage'), strip = byId('strip'), say = byId('say');
const started = performance.now();

/** @type {() => View} */
let make = loadingView;
/** @type {View | null} */
let view = null;
/** What covers the session ("", "loading", "paused", "closed:lunch…"). */
let cover = '';
/** When the line was lost, performance.now(); 0 while it holds. */
let lost = started;

modes.fit();
await Promise.all([loadTexts('common', 'kiosk'), loadIcons()]);
void paper.learn();

const live = connect({ branch: branch(), view: 'kiosk', key: query('key') }, {
  snapshot(state) {
    setAddress(state.branch.address);
    // A settings change may have taken away what the visitor was looking at.
    if (view?.keeps) refresh();
    else home();
  },
  event: refresh,
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
  home,
  groups: () => go(() => groupsView(app)),
  priority: (p) => go(() => priorityView(app, p)),
  confirm: (s) => go(() => confirmView(app, s)),
  take,
  cancel,
};

/** @param {() => View} next */
function go(next) {
  make = next;
  cover = '';
  draw();
}

/** The session is over: the next visitor finds everything as it always is. */
function home() {
  modes.reset();
  go(live.state ? () => homeView(app) : loadingView);
  refresh();
}

function draw() {
  view = make();
  document.title = t('k.title');
  stage.dataset.screen = view.name;
  mount(stage, ...view.nodes);
  warn(stripText());
  view.layout?.();
  view.update();
  tickClocks(stage, live.now());
  say.textContent = view.say ?? '';
  stage.querySelector('h1')?.focus({ preventScroll: true });
}

/** Brings the page in line with the hall and with the line to the server. */
function refresh() {
  const away = lost ? performance.now() - lost : 0;
  const wanted = view?.keeps ? '' : coverFor(away);
  if (wanted !== cover) {
    if (!wanted) return home();
    show(wanted);
  }
  if (warn(stripText())) view?.layout?.();
  view?.update();
  tickClocks(stage, live.now());
}

/** What the strip above the screen says; the printer's troubles only where somebody is about to take a number. */
function stripText() {
  if (!live.state || cover === 'paused') return '';
  if (lost) return t('k.off.strip');
  return CHOOSING.has(view?.name ?? '') ? paper.printerStrip(live.state) : '';
}

/**
 * Shows the strip. The head gives way to it: nothing is covered.
 * @param {string} text
 * @returns {boolean} whether the screen has to be laid out again
 */
function warn(text) {
  if (strip.textContent !== text) strip.textContent = text;
  strip.hidden = !text;
  const root = document.documentElement.style, high = `${strip.offsetHeight}px`;
  if (root.getPropertyValue('--strip') === high) return false;
  root.setProperty('--strip', high);
  return true;
}

/** @param {number} away ms without the server @returns {string} */
function coverFor(away) {
  if (away >= PATIENCE) return 'paused';
  if (!live.state) return 'loading';
  const figure = closedHall(live.state);
  return figure ? `closed:${figure.reason}:${figure.opens ?? ''}` : '';
}

/** @param {string} wanted */
function show(wanted) {
  modes.reset();
  const state = live.state;
  const figure = state && closedHall(state);
  if (wanted.startsWith('closed') && figure) go(() => closedView(app, figure));
  else if (wanted === 'paused') go(() => pausedView(state?.branch));
  else go(loadingView);
  cover = wanted;
}

/**
 * Takes a number. The key belongs to this one wish: trying again with it after
 * a lost answer gives the same number, not a second one.
 * @param {Service} service
 * @param {Priority | null} priority
 */
async function take(service, priority, key = newKey()) {
  go(busyView);
  const body = { service: service.id, lang: lang.get(), ...(priority && { priority: priority.id }) };
  const answer = await post(`/api/v1/branches/${encodeURIComponent(branch())}/tickets`, body, { key });
  if (answer.ok) {
    /** @type {Issued} */
    const issued = {
      ticket: answer.body, service, priority, at: live.now(), asking: false,
      until: performance.now() + stay(paper.paperOf(app.state(), answer.body)),
    };
    return go(() => ticketView(app, issued));
  }
  if (answer.code === 'quota_full' || answer.code === 'service_closed') return go(() => refusedView(app, answer.code, service));
  failed(answer, () => take(service, priority, key));
}

/** @param {Issued} issued */
async function cancel(issued) {
  const { token, number } = issued.ticket;
  go(busyView);
  const answer = await post(`/api/v1/tickets/${encodeURIComponent(token)}/cancel`);
  // Not waiting any more: it was called meanwhile, or is cancelled already. The ticket says what is true.
  if (answer.ok) {
    const until = performance.now() + 4000;
    return go(() => cancelledView(app, number, until));
  }
  failed(answer, () => cancel(issued));
}

/**
 * @param {import('/web/api.js').Answer} answer
 * @param {() => void} again
 */
function failed(answer, again) {
  const code = `K${answer.status}-${newKey().slice(0, 4).toUpperCase()}`;
  console.error(code, answer.code);
  const offline = answer.status === 0;
  const lasting = offline || answer.status >= 500;
  go(() => errorView(app, { code, offline, own: ownWords(answer.code), again: lasting ? again : undefined }));
}

/** Refusals a visitor can understand. @param {string} code */
function ownWords(code) {
  if (code === 'too_many_tickets') return { heading: t('k.again.h'), line: t('k.again') };
  if (code === 'not_waiting') return { heading: sentence(code), line: t('k.done.sub') };
  if (code === 'store_full') return { heading: t('k.off.h'), line: t('k.off.sub') };
  return undefined;
}

modes.changed.on(() => draw());
addEventListener('resize', () => {
  modes.fit();
  draw();
});
watchKeys(stage, () => view?.back?.());
watchIdle({
  inner: () => {
    const name = view?.name ?? '';
    if (['loading', 'ticket', 'issuing', 'cancelled'].includes(name)) return false;
    return ['home', 'paused', 'closed'].includes(name) ? modes.any() : true;
  },
  end: home,
});
window.setInterval(refresh, 1000);
document.fonts.ready.then(() => draw());
draw();
