// Booking by phone: a pass from a kiosk or a desk, four questions, and the code
// to come with. What was booked stays on the phone, too: the server forgets
// passes when it starts anew.
import { h, mount } from '/web/dom.js';
import { get, post } from '/web/api.js';
import { sentence } from '/web/errors.js';
import { chooseLang, lang, loadTexts, named, nextLanguage, setAddress, t } from '/web/i18n.js';
import { byId, practice } from '/web/page.js';
import { day } from '/web/time.js';
import { backButton, bookedStep, endStep, halfStep, serviceStep, sureStep, timeStep } from '/phone/bookview.js';
import { whenWords } from '/phone/when.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {import('/phone/when.js').Booking} Booking */

/**
 * A pass as the server tells of it.
 * @typedef {object} Pass
 * @property {Text} branch_name
 * @property {string} [address]
 * @property {string} now
 * @property {string} until
 * @property {number} late minutes
 * @property {{id: string, name: Text}[]} services
 * @property {Booking} [booking]
 * @property {boolean} [training] of a hall for practice
 */

/** What is chosen so far; each answer opens the next question. @typedef {{service?: string, half?: import('/phone/when.js').SlotHalf, at?: string}} Chosen */

const AGAIN = 3000, LOOK = 30_000;
const pass = location.pathname.split('/')[2] ?? '';
const path = `/api/v1/passes/${encodeURIComponent(pass)}`;
const KEPT = `motcua.booking.${pass}`;
const [main, top, strip] = ['main', 'top', 'strip'].map(byId);

/** @type {Pass | null} */
let view = null;
/** @type {import('/phone/when.js').SlotDay[]} */
let days = [];
/** @type {Chosen} */
let chosen = {};
let gone = false, away = false, alone = false, busy = false, note = '', focused = '';

/** Server time, as of the last answer. */
const now = () => Date.parse(view?.now ?? '') || Date.now();
const serviceName = (/** @type {string} */ id) => named(view?.services.find((s) => s.id === id)?.name) || id;

/** The step and a name for it: focus moves when it is another one. */
function step() {
  if (gone) return { name: 'end', show: endStep() };
  if (!view) return { name: 'load', show: [h('h1', { class: 'loading' }, t('b.load'))] };
  const { service, half, at } = chosen;
  if (view.booking) {
    const qr = alone ? '' : `${path}/code.svg`;
    return { name: `booked ${view.booking.state}`, show: bookedStep(view.booking, { service: serviceName(view.booking.service), late: view.late, qr }) };
  }
  if (!service) return { name: 'service', show: serviceStep(view.services, view.until, pickService) };
  if (!half) return { name: 'half', show: halfStep(days, now(), (x) => go({ service, half: x })) };
  if (!at) return { name: 'time', show: timeStep(half, now(), (x) => go({ service, half, at: x })) };
  return { name: 'sure', show: sureStep(serviceName(service), at, busy, book) };
}

function draw() {
  strip.hidden = !away;
  strip.textContent = away ? t('b.off') : '';
  const x = view?.booking;
  document.title = x && !gone ? t('b.title.done', { code: x.code, when: whenWords(x.at) }) : t('b.title');
  mount(top, h('div', { class: 'hall' }, h('small', null, named(view?.branch_name)), language()));
  const { name, show } = step();
  mount(main, note && h('p', { class: 'note', role: 'alert' }, note), ...show,
    chosen.service && !x && !gone && backButton(() => history.back()));
  if (name === focused) return;
  const first = focused === '';
  focused = name;
  if (first) return; // the browser starts at the top by itself
  window.scrollTo(0, 0);
  main.querySelector('h1')?.focus({ preventScroll: true });
}

function language() {
  const { tag, name } = nextLanguage();
  return h('button', { type: 'button', lang: tag, onclick: () => void chooseLang(tag) }, name);
}

/** A step forward; the phone's own back key leads back. @param {Chosen} next */
function go(next) {
  note = '';
  history.pushState(next, '');
  chosen = next;
  draw();
}

window.addEventListener('popstate', (e) => {
  note = '';
  chosen = e.state ?? {};
  draw();
});

/** @param {string} service */
async function pickService(service) {
  if (busy) return;
  if (await loadDays(service)) go({ service });
}

/** @param {string} service */
async function loadDays(service) {
  busy = true;
  const answer = await get(`${path}/slots?service=${encodeURIComponent(service)}`);
  busy = false;
  if (answer.ok) days = answer.body.days;
  else refused(answer.code);
  return answer.ok;
}

async function book() {
  const { service, at } = chosen;
  if (busy || !service || !at) return;
  busy = true;
  draw();
  const answer = await post(`${path}/booking`, { service, at });
  busy = false;
  if (answer.ok && view) {
    booked(answer.body);
  } else if (answer.code === 'pass_used') {
    await refresh(); // an answer that was lost on the way
  } else if (['quota_full', 'service_closed', 'bad_parameter'].includes(answer.code)) {
    await loadDays(service);
    chosen = { service };
    history.replaceState(chosen, '');
    note = answer.code === 'quota_full' ? t('b.taken') : t('b.gone');
    draw();
  } else {
    refused(answer.code);
  }
}

/** @param {Booking} booking */
function booked(booking) {
  if (!view) return;
  view = { ...view, booking };
  chosen = {};
  note = '';
  keep();
  draw();
}

/** @param {string} code */
function refused(code) {
  if (code === 'unknown_pass') lost();
  else note = sentence(code);
  draw();
}

/** The server knows the pass no more: what the phone kept still holds on its day. */
function lost() {
  view = kept();
  practice(view);
  alone = view !== null;
  gone = view === null;
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(view));
  } catch {
    // A browser that keeps nothing has the server's memory.
  }
}

/** @returns {Pass | null} */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    return found?.booking && found.booking.day >= day(Date.now()) ? { ...found, now: '' } : null;
  } catch {
    return null;
  }
}

async function refresh() {
  const answer = await get(path);
  away = answer.status === 0;
  if (answer.ok) {
    view = answer.body;
    practice(answer.body);
    alone = false;
    setAddress(answer.body.address);
    if (answer.body.booking) keep();
  } else if (answer.code === 'unknown_pass') {
    lost();
  } else if (!view) {
    view = kept();
    alone = view !== null;
  }
  draw();
}

history.replaceState({}, '');
await loadTexts('common', 'book');
lang.on(draw);
draw();
for (;;) {
  await refresh();
  if (view || gone) break;
  await new Promise((done) => setTimeout(done, AGAIN));
}
// Somebody who looks at the code wants to know whether it still holds.
window.setInterval(() => {
  if (view?.booking && !gone && !document.hidden) void refresh();
}, LOOK);
