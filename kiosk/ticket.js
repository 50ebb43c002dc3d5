// The number: shown until "Done", or for a quarter of a minute; twice that without paper.
import { h, icon, mount } from '/web/dom.js';
import { t, named, rich } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { ranges, aboutWhen } from '/web/labels.js';
import { areaOf } from '/kiosk/confirm.js';
import { assisted } from '/kiosk/modes.js';
import { paperOf, wordsOf } from '/kiosk/paper.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').Priority} Priority */
/** @typedef {import('/web/types.js').Ticket} Ticket */
/** @typedef {import('/kiosk/paper.js').Paper} Paper */

/**
 * @typedef {object} Issued
 * @property {Ticket} ticket
 * @property {Service} service
 * @property {Priority | null} priority
 * @property {number} at server time it was taken
 * @property {number} until when the screen goes home by itself, performance.now()
 * @property {boolean} asking is the cancel question open?
 */

/** Paper that comes out late is still pointed at for so long, ms. */
const GLANCE = 6_000;

/**
 * How long it stays, in ms. Without paper there is a number to photograph or a code to scan.
 * @param {Paper} paper
 */
export const stay = (paper) => (assisted() ? 30_000 : 15_000) * (lacking(paper) ? 2 : 1);

/** @param {Paper} paper */
const lacking = (paper) => paper === 'out' || paper === 'fault';

/**
 * @param {App} app
 * @param {Issued} issued
 * @returns {View}
 */
export function ticketView(app, issued) {
  const left = h('b');
  const acts = h('div', { class: 'acts' });
  const heading = h('h1', { tabindex: -1 });
  const sub = h('p');

  const ask = (/** @type {boolean} */ asking) => {
    issued.asking = asking;
    issued.until = performance.now() + stay(paper);
    draw();
  };
  let paper = paperOf(app.state(), issued.ticket);
  const draw = () => {
    const { number } = issued.ticket;
    const [title, line] = wordsOf(paper);
    mount(heading, issued.asking ? t('k.undo.q', { number }) : title);
    mount(sub, issued.asking ? t('k.undo.sub') : line);
    if (issued.asking) {
      mount(acts,
        h('button', { type: 'button', class: 'btn', onclick: () => app.cancel(issued) }, t('k.undo.yes')),
        h('button', { type: 'button', class: 'btn go', onclick: () => ask(false) }, t('k.undo.no')));
    } else {
      mount(acts,
        h('button', { type: 'button', class: 'btn', onclick: () => ask(true) }, t('k.done.undo')),
        h('button', { type: 'button', class: 'btn go', onclick: app.home }, t('k.done.ok')));
    }
  };
  draw();

  const view = h('main', { class: 'full ticket' },
    h('div', { class: 'drum', 'aria-hidden': 'true' }),
    h('div', { class: 'told', role: 'status' }, heading, sub), slip(app, issued), acts,
    h('p', { class: 'back' }, rich(t('k.done.back'), { s: left })));
  return {
    name: 'ticket', nodes: [view], keeps: true,
    say: t('k.done.say', { number: issued.ticket.number }),
    back: () => (issued.asking ? ask(false) : app.home()),
    update() {
      const now = paperOf(app.state(), issued.ticket);
      view.dataset.paper = now;
      if (now !== paper) {
        paper = now;
        issued.until = Math.max(issued.until, performance.now() + (lacking(now) ? stay(now) : GLANCE));
        if (!issued.asking) draw();
      }
      const seconds = Math.ceil((issued.until - performance.now()) / 1000);
      if (seconds <= 0) return app.home();
      left.textContent = String(seconds);
    },
  };
}

/** @param {App} app @param {Issued} issued */
function slip(app, { ticket, service, priority, at }) {
  const area = ticket.area ? ranges(ticket.area) : areaOf(app.state().branch, service.id);
  return h('section', { class: 'slip' },
    h('div', { class: 'a' },
      h('div', { class: 'label' }, t('k.done.label')),
      h('div', { class: `number num${ticket.number.length > 4 ? ' long' : ''}`, 'data-number': '' }, ticket.number),
      h('div', { class: 'service' }, named(service.name)),
      priority && h('div', { class: 'chip' }, t('k.done.priority', { group: named(priority.name) }))),
    h('div', { class: 'b' },
      h('dl', null,
        fact(t('k.done.ahead'), ticket.ahead > 0 ? t('k.done.people', { n: ticket.ahead }) : t('k.done.nobody')),
        ticket.estimate && fact(t('k.done.when'), t('k.done.about', { time: hm(aboutWhen(ticket.estimate, at)) })),
        area && fact(t('k.done.area'), t('k.done.counters', { area }))),
      h('figure', null,
        h('img', { class: 'qr', src: `/api/v1/tickets/${encodeURIComponent(ticket.token)}/qr.svg`, alt: t('k.done.qralt', { number: ticket.number }) }),
        h('figcaption', null, t('k.done.qr'), h('b', null, t('k.done.code', { code: ticket.code }))))));
}

/** @param {string} term @param {string} value */
function fact(term, value) {
  return h('div', null, h('dt', null, term), h('dd', null, value));
}

/**
 * "Number A012 is cancelled", for four seconds.
 * @param {App} app
 * @param {string} number
 * @param {number} until performance.now()
 * @returns {View}
 */
export function cancelledView(app, number, until) {
  return {
    name: 'cancelled', keeps: true, back: app.home, say: t('k.undo.done', { number }),
    nodes: [h('main', { class: 'full' },
      h('div', { class: 'drum', 'aria-hidden': 'true' }),
      h('div', { class: 'words' }, icon('check'), h('h1', { tabindex: -1 }, t('k.undo.done', { number })), h('p', null, t('k.undo.donesub'))),
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn go', onclick: app.home }, t('k.done.ok'))))],
    update() {
      if (performance.now() > until) app.home();
    },
  };
}
