// The visitor's own page: the ticket behind the token, live. With no websocket
// it asks every 15 s; with nothing at all it says: listen to the hall.
import { h, mount, set } from '/web/dom.js';
import { socket, liveURL, serverClock } from '/web/socket.js';
import { get, post } from '/web/api.js';
import { chooseLang, lang, loadTexts, named, nextLanguage, setAddress, t } from '/web/i18n.js';
import { branch, byId } from '/web/page.js';
import { drawTop, statusCard, endCard, facts, mood, notes, papers, spoken } from '/phone/view.js';
import { rateCard, thanksCard } from '/phone/rate.js';
import { bell, toggleBell, ring, nudge } from '/phone/bell.js';
import { ask } from '/phone/ask.js';

/** @typedef {import('/web/types.js').Ticket} Ticket */

const POLL = 15_000;
/** A shorter cut is nobody's business. */
const QUIET = 5_000;
/** How many people one may let pass, as many as there are behind. */
const PASS = [1, 3, 5];

const token = location.pathname.split('/')[2] ?? '';
const path = `/api/v1/tickets/${encodeURIComponent(token)}`;
const clock = serverClock();
const [main, top, acts, strip, notice, say, told] = ['main', 'top', 'acts', 'strip', 'notice', 'say', 'told'].map(byId);

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
  if (!before) speak(ticket);
  if (ticket.training) void import('/web/training.js').then((x) => x.showTraining(() => [t('p.training'), t('p.training.what')]));
  const called = ticket.state === 'called' && (before?.state !== 'called' || ticket.calls > before.calls);
  if (called) ring();
  else if (before && mood(before) === 'wait' && mood(ticket) === 'soon') nudge();
  if (before?.state !== ticket.state) note = '';
  if (ticket.state === 'expired') return end();
  draw();
  if (called) main.firstElementChild?.scrollIntoView({ block: 'nearest' });
}

/** The page begins in the language the number was taken in. @param {Ticket} x */
function speak(x) {
  const chosen = sessionStorage.getItem('lang') || x.lang;
  if (chosen) void chooseLang(chosen);
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
  drawNotice();
  const now = clock.now();
  const key = JSON.stringify([ticket, gone, lang.get(), bell.get(), note, busy, Math.floor(now / 60_000)]);
  if (key === drawn) return;
  // While somebody fills in a rating, only a new state may take it away.
  const rating = main.querySelector('.reasons') && ticket?.state === 'ended' && !ticket.rate?.rated;
  if ((rating || main.querySelector('.four')) && !gone) return;
  drawn = key;

  set(byId('favicon'), { href: ticket?.state === 'called' ? '/web/icon-call.svg' : '/web/icon.svg' });
  // A ticket that has run out keeps its number; one that nobody knows has none.
  if (!ticket || (gone && ticket.state !== 'expired')) {
    document.title = t('p.title.none');
    mount(top, h('div', { class: 'hall' }, h('small', null, ''), language()));
    mount(main, gone ? endCard() : h('h1', { class: 'loading' }, t('p.load')));
    acts.hidden = true;
    return;
  }
  const x = ticket;
  setAddress(x.person);
  const words = spoken(x, now);
  document.title = words.title;
  tell(say, words.urgent ? words.say : '');
  tell(told, words.urgent ? '' : `${words.say} ${note}`.trim());
  keepFocus(() => {
    drawTop(top, x, language());
    mount(main, statusCard(x, now, mostAhead(x)), note && h('p', { class: 'card note' }, note), ...below(x, now));
    drawActs(x);
  });
}

/** Changed words alone are read out. @param {HTMLElement} el @param {string} text */
function tell(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/** Draws again under somebody's fingers: the same button has the focus after it. @param {() => void} redraw */
function keepFocus(redraw) {
  const act = document.activeElement?.getAttribute('data-act');
  redraw();
  if (act) /** @type {HTMLElement | null} */ (document.querySelector(`[data-act=${act}]`))?.focus();
}

/** The hall's emergency, over everything else. */
function drawNotice() {
  const text = gone ? '' : named(ticket?.notice);
  notice.hidden = text === '';
  tell(notice, text);
}

/** Says so when neither the line nor asking gets through, or the store is in trouble. */
function drawStrip() {
  const away = performance.now() - heard;
  const cut = !online && away >= (polled ? POLL + QUIET : QUIET);
  strip.hidden = gone || !(cut || (online && trouble));
  const text = strip.hidden ? '' : cut ? t('p.off') : t('p.trouble');
  if (strip.textContent !== text) strip.textContent = text;
}

/** @param {Ticket} x @param {number} now */
function below(x, now) {
  if (x.state === 'ended' && x.rate && x.levels?.length) {
    if (x.rate.rated) return [thanksCard(x)];
    return [rateCard(x, () => take({ ...x, rate: { ...x.rate, rated: true, tx: x.rate?.tx ?? '', from: x.rate?.from ?? '' } }))];
  }
  if (!['wait', 'soon', 'miss', 'parked'].includes(mood(x))) return [];
  const pass = passable(x).length > 0 && h('button', { type: 'button', class: 'wide', 'data-act': 'pass', onclick: delay, disabled: busy }, t('p.delay.open'));
  return [papers(x), facts(x, now), pass, notes(x)];
}

/** How many people may be let pass. @param {Ticket} x */
const passable = (x) => (x.state === 'waiting' ? PASS.filter((n) => n <= (x.behind ?? 0)) : []);

/** @param {Ticket} x */
function drawActs(x) {
  acts.hidden = !['waiting', 'called', 'parked', 'no_show'].includes(x.state);
  mount(acts,
    h('button', { type: 'button', class: 'act go', 'data-act': 'bell', 'aria-pressed': String(bell.get()), onclick: toggleBell }, bell.get() ? t('p.bell.on') : t('p.bell')),
    x.state === 'waiting' && h('button', { type: 'button', class: 'act', 'data-act': 'quit', onclick: quit, disabled: busy }, t('p.quit')));
}

function language() {
  const { tag, name } = nextLanguage();
  const change = () => {
    sessionStorage.setItem('lang', tag);
    void chooseLang(tag);
  };
  return h('button', { type: 'button', lang: tag, 'data-act': 'lang', onclick: change }, name);
}

async function quit() {
  const number = ticket?.number ?? '';
  const sure = await ask({
    question: t('p.quit.q', { number }), more: t('p.quit.sub'), no: t('p.keep'), choices: [{ text: t('p.quit'), value: true }],
  });
  if (sure) await command('cancel', {}, '');
}

async function delay() {
  if (!ticket) return;
  const people = await ask({
    question: t('p.delay.q'), more: t('p.delay.sub', { number: ticket.number }), no: t('p.delay.no'),
    choices: passable(ticket).map((n) => ({ text: t('p.delay', { n }), value: n })),
  });
  if (people) await command('delay', { people }, t('p.delay.done'));
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
