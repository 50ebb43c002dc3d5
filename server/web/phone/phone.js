// The visitor's own page: the ticket behind the token, live. With no websocket
// it asks every 15 s; with nothing at all it says: listen to the hall.
import { h, mount, set } from '/web/dom.js';
import { socket, liveURL, serverClock } from '/web/socket.js';
import { get, post } from '/web/api.js';
import { loadTexts, lang, t } from '/web/i18n.js';
import { branch, byId } from '/web/page.js';
import { drawTop, statusCard, endCard, facts, mood, spoken } from '/phone/view.js';
import { rateCard } from '/phone/rate.js';
import { bell, toggleBell, ring } from '/phone/bell.js';
import { ask } from '/phone/ask.js';

/** @typedef {import('/web/types.js').Ticket} Ticket */

const POLL = 15_000;
/** A shorter cut is nobody's business. */
const QUIET = 5_000;
const PASS = 3;

const token = location.pathname.split('/')[2] ?? '';
const path = `/api/v1/tickets/${encodeURIComponent(token)}`;
const clock = serverClock();
const [main, top, acts, strip, say] = ['main', 'top', 'acts', 'strip', 'say'].map(byId);

/** @type {Ticket | null} */
let ticket = null;
/** @type {import('/web/socket.js').Socket | null} */
let line = null;
let online = false, polled = false, heard = performance.now(), gone = false, busy = false, note = '';
/** The store takes no commands now (wire: tick.trouble). */
let trouble = false;
/** What was drawn last: a rating half filled in is not redrawn for a tick. */
let drawn = '';

/** @param {Ticket} next */
function take(next) {
  const before = ticket;
  heard = performance.now();
  ticket = { ...next, levels: next.levels ?? before?.levels, reasons: next.reasons ?? before?.reasons };
  const called = ticket.state === 'called' && (before?.state !== 'called' || ticket.calls > before.calls);
  if (called) ring();
  if (before?.state !== ticket.state) note = '';
  draw();
}

/** Where the progress bar began, kept over a reload. @param {Ticket} x */
function mostAhead(x) {
  const key = `ahead:${x.id}`;
  const most = Math.max(x.ahead, Number(sessionStorage.getItem(key)) || 0);
  sessionStorage.setItem(key, String(most));
  return most;
}

function draw() {
  drawStrip();
  const now = clock.now();
  const key = JSON.stringify([ticket, gone, lang.get(), bell.get(), note, busy, Math.floor(now / 60_000)]);
  if (key === drawn) return;
  // While somebody fills in a rating, only a new state may take it away.
  const rating = main.querySelector('.reasons') && ticket?.state === 'ended' && !ticket.rate?.rated;
  if (rating && !gone) return;
  drawn = key;

  set(byId('favicon'), { href: ticket?.state === 'called' ? '/web/icon-call.svg' : '/web/icon.svg' });
  if (gone || !ticket) {
    document.title = t('p.title.none');
    mount(top, h('div', { class: 'hall' }, h('small', null, ''), language()));
    mount(main, gone ? endCard() : h('h1', { class: 'loading' }, t('p.load')));
    acts.hidden = true;
    return;
  }
  const x = ticket;
  const words = spoken(x, now);
  document.title = words.title;
  if (say.textContent !== words.say) say.textContent = words.say;
  drawTop(top, x, language());
  mount(main, statusCard(x, now, mostAhead(x)), note && h('p', { class: 'card', role: 'status' }, note), ...below(x));
  drawActs(x);
}

/** Says so when neither the line nor asking gets through, or the store is in trouble. */
function drawStrip() {
  const away = performance.now() - heard;
  const cut = !online && away >= (polled ? POLL + QUIET : QUIET);
  strip.hidden = gone || !(cut || (online && trouble));
  const text = strip.hidden ? '' : cut ? t('p.off') : t('p.trouble');
  if (strip.textContent !== text) strip.textContent = text;
}

/** @param {Ticket} x */
function below(x) {
  if (x.state === 'ended' && x.rate && x.levels?.length) {
    if (x.rate.rated) return [h('section', { class: 'card' }, h('h2', null, t('r.thanks')), h('p', { class: 'sub' }, t('r.anon')))];
    return [rateCard(x, () => take({ ...x, rate: { ...x.rate, rated: true, tx: x.rate?.tx ?? '', from: x.rate?.from ?? '' } }))];
  }
  if (!['wait', 'soon', 'miss', 'parked'].includes(mood(x))) return [];
  const pass = h('button', { type: 'button', class: 'wide', onclick: delay, disabled: busy }, t('p.delay', { n: PASS }));
  return [facts(x), x.state === 'waiting' && pass];
}

/** @param {Ticket} x */
function drawActs(x) {
  acts.hidden = !['waiting', 'called', 'parked', 'no_show'].includes(x.state);
  const focused = document.activeElement?.getAttribute('data-act');
  mount(acts,
    h('button', { type: 'button', class: 'act go', 'data-act': 'bell', 'aria-pressed': String(bell.get()), onclick: toggleBell }, bell.get() ? t('p.bell.on') : t('p.bell')),
    x.state === 'waiting' && h('button', { type: 'button', class: 'act', 'data-act': 'quit', onclick: quit, disabled: busy }, t('p.quit')));
  if (focused) /** @type {HTMLElement | null} */ (acts.querySelector(`[data-act=${focused}]`))?.focus();
}

function language() {
  return h('button', { type: 'button', lang: lang.get() === 'vi' ? 'en' : 'vi', onclick: () => lang.set(lang.get() === 'vi' ? 'en' : 'vi') }, t('p.lang'));
}

async function quit() {
  const number = ticket?.number ?? '';
  const sure = await ask({ question: t('p.quit.q', { number }), more: t('p.quit.sub'), yes: t('p.quit'), no: t('p.keep') });
  if (sure) await command('cancel', {}, '');
}

async function delay() {
  const number = ticket?.number ?? '';
  const sure = await ask({ question: t('p.delay.q', { n: PASS }), more: t('p.delay.sub', { number }), yes: t('p.delay.yes'), no: t('p.delay.no') });
  if (sure) await command('delay', { people: PASS }, t('p.delay.done'));
}

/** @param {string} verb @param {object} body @param {string} thanks */
async function command(verb, body, thanks) {
  busy = true;
  draw();
  const answer = await post(`${path}/${verb}`, body);
  busy = false;
  note = answer.ok ? thanks : t('p.fail');
  await refresh();
}

/** Reads the ticket once. */
async function refresh() {
  const answer = await get(path);
  polled = answer.ok;
  if (answer.ok) take(answer.body);
  else if (answer.status === 404) end();
  else draw();
}

function end() {
  gone = true;
  line?.close();
  draw();
}

function watch() {
  line = socket({
    url: () => liveURL({ branch: branch() || ticket?.branch, view: 'ticket', token }),
    online(now) {
      online = now;
      polled = false;
      heard = performance.now();
      draw();
    },
    message(m) {
      if (m.now) clock.set(m.now);
      heard = performance.now();
      if (m.type === 'tick') {
        trouble = Boolean(m.trouble);
        drawStrip();
      }
      if (m.type === 'ticket') take(m.ticket);
      if (ticket?.state === 'expired') end();
    },
  });
}

await loadTexts('phone', 'rate');
lang.on(draw);
bell.on(draw);
draw();
for (;;) {
  await refresh();
  if (ticket || gone) break;
  await new Promise((done) => setTimeout(done, 3000));
}
if (!gone) {
  watch();
  let asked = performance.now();
  window.setInterval(() => {
    if (gone) return;
    if (!online && performance.now() - asked >= POLL) {
      asked = performance.now();
      void refresh();
    }
    draw();
  }, 1000);
}
