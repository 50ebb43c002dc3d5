// The look-up screen: any procedure in a few touches. It draws the server's state
// and one visitor's few choices; it holds no truth of its own.
import { h, icon, mount, loadIcons } from '/web/dom.js';
import { connect } from '/web/live.js';
import { get, post } from '/web/api.js';
import { loadLanguage, loadLanguages, t, setAddress } from '/web/i18n.js';
import { branch, byId, query } from '/web/page.js';
import { emergencyOf } from '/web/alarm.js';
import { emergencyPage } from '/web/emergency.js';
import * as modes from '/kiosk/modes.js';
import { watchIdle } from '/kiosk/idle.js';
import { watchPress } from '/kiosk/press.js';
import { readView, reading } from '/kiosk/reader.js';
import { callHelp, hush, toldText, watchHelp } from '/kiosk/guide.js';
import { shell, tick, waiting } from '/lookup/shell.js';
import { coverOf } from '/lookup/cover.js';
import { catalogueChanged, loadCatalogue } from '/lookup/catalogue.js';
import { forgetFields } from '/lookup/fields.js';
import { homeView } from '/lookup/home.js';
import { newSearch, searchView } from '/lookup/search.js';
import { fetchRecord, openRecord } from '/lookup/open.js';
import { forgetTyping } from '/lookup/keyboard.js';
import { guard, settle, watchKeys } from '/lookup/keys.js';
import { dossier } from '/lookup/later.js';
import { toKiosk } from '/lookup/ways.js';
import { learnRole, mayTake } from '/lookup/role.js';
import { watchPrivate } from '/lookup/privacy.js';
import { watchScanners } from '/lookup/scans.js';
import { watchSlides } from '/lookup/rest.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */

const stage = byId('stage'), strip = byId('strip'), say = byId('say');
const toast = h('div', { class: 'toast', role: 'status', 'aria-live': 'off', hidden: true });
const emergency = emergencyPage();
const inKiosk = query('from') === 'kiosk';

/** The screens of this visit, the one that stands last. @type {(() => View)[]} */
let path = [waiting];
/** @type {View | null} */
let view = null;
/** What covers the visit: "" for nothing, else the id of the cover. */
let cover = '';
/** When the line was lost, performance.now(); 0 while it holds. */
let lost = performance.now();
let begun = false;
/** Counts the screens shown. */
let place = 0;

// Letters here begin at 26 units, large ones at 28: 5.3 and 7.3 mm on any glass.
modes.setGrowth((k, large) => (large ? Math.max(Math.min(k, 1.1), 0.96 * k) : Math.min(k, 1.1)));
await Promise.all([loadLanguage('vi', 'common', 'kiosk', 'lookup'), loadIcons()]);

const live = connect({ branch: branch(), view: 'lookup', key: query('key') }, {
  snapshot(state) {
    setAddress(state.branch.address);
    modes.setScreen(state.branch.kiosk);
    void loadCatalogue();
    if (!begun) begin();
    else refresh();
  },
  event(event, state) {
    state.visits.clear();
    if (event.kind === 'catalogue.changed') void loadCatalogue();
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
  home: () => go([() => homeView(app)]),
  back() {
    if (path.length > 1) return go(path.slice(0, -1));
    if (inKiosk) toKiosk();
    else app.home();
  },
  show: (make) => go([...path, make]),
  turn: (make) => go([...path.slice(0, -1), make]),
  redraw: () => draw(),
  dossier: (code) => dossier(app, code),
  search(q) {
    const search = newSearch(q);
    go([...path, () => searchView(app, search)]);
  },
  kiosk: inKiosk,
  takes: mayTake,
  reads: () => reading.get(),
  place: () => place,
  get, post,
};

/** @param {(() => View)[]} next */
function go(next) {
  path = next;
  place++;
  cover = '';
  draw();
  refresh();
}

/** The hall is known: the first screen, or the one that the address names. */
function begin() {
  begun = true;
  fetchRecord();
  app.home();
  const [name, value = ''] = fragment();
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  if (name === 'dossier') app.dossier(value);
  if (name === 'procedure' && value) openRecord(app, value);
}

/** What the address names behind its #; a broken one names nothing. */
function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1)).split('=');
  } catch {
    return [''];
  }
}

/** The visit is over: the next visitor finds everything as it always is. */
function end() {
  hush();
  modes.reset();
  reading.set(false);
  forgetFields();
  forgetTyping();
  shut();
  if (inKiosk) return toKiosk();
  app.home();
}

/** Closes what is asked over the screen. */
function shut() {
  /** @type {HTMLDialogElement | null} */ (document.querySelector('dialog[open]'))?.close();
}

function draw() {
  view = path[path.length - 1]();
  document.title = view.title ? `${view.title} – ${t('l.title')}` : t('l.title');
  mount(stage, ...shell(app, view, { toast, help: () => void callHelp(app.state(), refresh), known: live.state !== null }));
  stage.dataset.screen = view.name;
  stage.classList.toggle('with-nav', view.nav !== undefined);
  warn();
  view.layout?.();
  view.update?.();
  tick(stage, live.now());
  settle(stage);
  readView(/** @type {any} */ (view));
}

/** Brings the page in line with the hall and with the line to the server. */
function refresh() {
  if (live.state) watchHelp(live.state);
  emergency.draw(live.state);
  if (emergencyOf(live.state)) shut(); // a question would lie over it
  const wanted = coverOf(live.state, lost ? performance.now() - lost : 0, view);
  if ((wanted?.id ?? '') !== cover) {
    if (!wanted) return app.home();
    shut(); // what was asked is asked no more
    path = [wanted.make];
    place++;
    cover = wanted.id;
    draw();
  }
  if (warn()) view?.layout?.();
  view?.update?.();
  tick(stage, live.now());
}

/** Shows what the strip and the toast have to say. @returns {boolean} whether the screen has to be laid out again */
function warn() {
  const text = live.state && lost && cover !== 'paused' ? t('k.off.strip') : '', told = toldText();
  if (strip.textContent !== text) strip.textContent = text;
  strip.hidden = !text;
  const moved = toast.hidden !== !told;
  toast.hidden = !told;
  if (toast.textContent !== told) {
    mount(toast, icon('bell'), told);
    if (told) say.textContent = told;
  }
  return moved;
}

void learnRole(() => draw());
catalogueChanged.on(() => {
  if (view?.fresh) view.fresh();
  else draw();
});
modes.changed.on(() => draw());
addEventListener('resize', () => {
  modes.fit();
  draw();
});
guard();
watchScanners(app);
watchPress();
watchKeys(stage, app, () => view, () => (view?.back ?? app.back)());
watchPrivate(() => Boolean(view?.private), end);
watchIdle({ inner: () => begun && !cover && !view?.private && (path.length > 1 || modes.any() || reading.get() || inKiosk), end });
watchSlides(app, () => begun && !cover && path.length === 1 && !inKiosk && !modes.any());
window.setInterval(refresh, 1000);
document.fonts.ready.then(() => draw());
draw();
void loadLanguages().then(() => draw());
