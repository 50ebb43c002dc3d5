// Whoever has booked arrives here, by scan or by the six letters of the code; and
// whoever holds a ticket sees how it stands.
import { h, icon, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { get, post, newKey } from '/web/api.js';
import { branch } from '/web/page.js';
import { aboutWhen } from '/web/labels.js';
import { hm } from '/web/time.js';
import { head } from '/kiosk/head.js';
import { foot } from '/kiosk/foot.js';
import { words } from '/kiosk/said.js';
import { busyView } from '/kiosk/notice.js';
import { assisted } from '/kiosk/modes.js';
import { speaking } from '/kiosk/reader.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').Ticket} Ticket */
/** @typedef {import('/web/speech.js').Said} Said */

/**
 * A booking arrives and becomes a ticket; a code that is no booking may be a ticket's.
 * @param {App} app
 * @param {string} code
 */
export async function arrive(app, code, key = newKey()) {
  app.show(() => busyView(app));
  const answer = await post(`${path()}/bookings/${encodeURIComponent(code)}/arrive`, {}, { key });
  if (answer.ok) return app.issued(answer.body);
  if (answer.code === 'unknown_booking') return showTicket(app, { code });
  if (answer.code === 'booking_over') return sorry(app, { key: 'k.booked.over' }, { key: 'k.booked.oversub' });
  app.failed(answer, () => arrive(app, code, key));
}

/**
 * Shows how a ticket stands.
 * @param {App} app
 * @param {{token?: string, code?: string}} which one of the two
 */
export async function showTicket(app, which) {
  app.show(() => busyView(app));
  const { token, code = '' } = which;
  const answer = await get(token ? `/api/v1/tickets/${encodeURIComponent(token)}`
    : `/api/v1/tickets?branch=${encodeURIComponent(branch())}&code=${encodeURIComponent(code)}`);
  if (answer.ok) {
    const seen = { ticket: answer.body, at: app.now(), until: performance.now() + stay() };
    return app.show(() => seenView(app, seen));
  }
  if (answer.code === 'unknown_ticket') return sorry(app, { key: 'k.seen.none' }, { key: 'k.seen.nonesub' });
  app.failed(answer, () => showTicket(app, which));
}

const path = () => `/api/v1/branches/${encodeURIComponent(branch())}`;
const stay = () => (assisted() ? 30_000 : 15_000);

/** @param {App} app @param {Said} heading @param {Said} line */
function sorry(app, heading, line) {
  app.show(() => ({
    name: 'refused', back: app.home, say: words(heading), read: () => [heading, line],
    nodes: [h('main', { class: 'full' },
      h('div', { class: 'drum', 'aria-hidden': 'true' }),
      h('div', { class: 'words' }, icon('info'), h('h1', { tabindex: -1 }, words(heading)), h('p', null, words(line))),
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn go', onclick: app.home }, icon('home'), t('k.err.home')))), foot(app)],
    update() {},
  }));
}

/** @typedef {{ticket: Ticket, at: number, until: number, shown?: boolean}} Seen `at` server time, `until` performance.now() */

/**
 * The present state of somebody's ticket, for a quarter of a minute.
 * @param {App} app
 * @param {Seen} seen
 * @returns {View}
 */
export function seenView(app, seen) {
  const { ticket } = seen;
  // Drawn again for somebody who has just touched a display option.
  if (seen.shown) seen.until = Math.max(seen.until, performance.now() + stay());
  seen.shown = true;
  const lines = standing(seen);
  return {
    name: 'seen', keeps: true, back: app.home, say: t('k.done.say', { number: ticket.number }),
    read: () => [{ key: 'k.done.say', args: { number: { number: ticket.number } } }, ...lines],
    nodes: [h('main', { class: 'full seen' },
      h('div', { class: 'drum', 'aria-hidden': 'true' }),
      h('div', { class: 'words' }, h('h1', { tabindex: -1 }, t('k.done.h0')),
        h('p', { class: 'big', 'data-number': '' }, ticket.number), lines.map((line) => h('p', null, words(line)))),
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn go', onclick: app.home }, t('k.done.ok')))), foot(app)],
    update() {
      if (performance.now() > seen.until && !speaking()) app.home();
    },
  };
}

/** @param {Seen} seen @returns {Said[]} */
function standing({ ticket, at }) {
  const { state, ahead, estimate } = ticket;
  const counter = { counter: ticket.counter_label ?? ticket.counter ?? '' };
  switch (state) {
    case 'waiting': {
      const list = /** @type {Said[]} */ ([ahead > 0 ? { key: 'k.seen.ahead', args: { n: ahead } } : { key: 'k.conf.now' }]);
      if (estimate) list.push({ key: 'k.conf.when', args: { time: { time: hm(aboutWhen(estimate, at)) } } });
      return list;
    }
    case 'called': return [{ key: 'k.seen.called', args: { counter } }];
    case 'serving': return [{ key: 'k.seen.serving', args: { counter } }];
    case 'no_show': return [{ key: 'k.seen.missed' }, { key: 'k.seen.missedsub' }];
    case 'cancelled': return [{ key: 'k.seen.cancelled' }];
    case 'parked': return [{ key: 'k.seen.parked' }];
    default: return [{ key: 'k.seen.over' }];
  }
}

/** What codes are made of: no sign that is taken for another. */
const LETTERS = [...'ACDEFGHJKMNPQRTWXY34679'];
const LENGTH = 6;

/**
 * The six letters of a booking's code, touched or typed.
 * @param {App} app
 * @param {{code: string}} [typed] what has been typed so far
 * @returns {View}
 */
export function bookedView(app, typed = { code: '' }) {
  const top = head(app.state().branch, t('k.booked.q'));
  mount(top.sub, t('k.booked.sub'));
  const boxes = h('div', { class: 'code num', role: 'status' });
  const go = h('button', { type: 'button', class: 'btn go', onclick: () => arrive(app, typed.code) }, t('k.booked.go'));
  const fill = (/** @type {string} */ code) => {
    typed.code = code.slice(0, LENGTH);
    mount(boxes, ...Array.from({ length: LENGTH }, (_, i) => h('span', null, typed.code[i] ?? '')));
    boxes.setAttribute('aria-label', [...typed.code].join(' '));
    go.disabled = typed.code.length < LENGTH;
  };
  const erase = () => {
    if (!typed.code) return false;
    fill(typed.code.slice(0, -1));
    return true;
  };
  const keys = h('div', { class: 'letters', role: 'group', 'aria-label': t('k.booked.q') },
    LETTERS.map((letter) => h('button', { type: 'button', class: 'btn num', onclick: () => fill(typed.code + letter) }, letter)),
    h('button', { type: 'button', class: 'btn', 'aria-label': t('k.booked.erase'), onclick: erase }, icon('arrow-left')));
  const body = h('main', { class: 'body booked' }, boxes, keys, h('div', { class: 'acts' },
    h('button', { type: 'button', class: 'btn', onclick: app.first }, icon('arrow-left'), t('k.conf.no')), go));
  listen(body, { type: (letter) => fill(typed.code + letter), erase });
  fill(typed.code);
  return {
    name: 'booked', back: app.first, nodes: [top.el, body, foot(app)], update() {},
    read: () => [{ key: 'k.booked.q' }, { key: 'k.booked.sub' }],
  };
}

/**
 * Letters of a keyboard go into the code for as long as the screen stands.
 * @param {HTMLElement} screen
 * @param {{type: (letter: string) => void, erase: () => boolean}} on `erase` is false when there is nothing left: then the key goes back
 */
function listen(screen, on) {
  const press = (/** @type {KeyboardEvent} */ e) => {
    if (!screen.isConnected) return removeEventListener('keydown', press, true);
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const letter = e.key.toUpperCase();
    if (LETTERS.includes(letter)) on.type(letter);
    else if (e.key !== 'Backspace' || !on.erase()) return;
    e.preventDefault();
    e.stopPropagation();
  };
  addEventListener('keydown', press, true);
}
