// The number: shown until "Done", or for a quarter of a minute; twice that
// without paper, and twice for whoever uses a display option.
import { h, icon, mount } from '/web/dom.js';
import { t, named, rich } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { aboutWhen } from '/web/labels.js';
import { post, newKey } from '/web/api.js';
import { assisted, on } from '/kiosk/modes.js';
import { speaking } from '/kiosk/reader.js';
import { foot } from '/kiosk/foot.js';
import { paperOf, wordsOf, canPrint, ask as askForPaper } from '/kiosk/paper.js';
import { paceReached } from '/kiosk/pace.js';
import { lateNote, roomAbove } from '/kiosk/special.js';
import { words } from '/kiosk/said.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').Priority} Priority */
/** @typedef {import('/web/types.js').Ticket} Ticket */
/** @typedef {import('/kiosk/paper.js').Paper} Paper */
/** @typedef {import('/web/speech.js').Said} Said */

/**
 * @typedef {object} Issued
 * @property {Ticket} ticket
 * @property {Service} service
 * @property {Priority | null} priority
 * @property {number} at server time it was taken
 * @property {number} until when the screen goes home by itself, performance.now()
 * @property {boolean} asking is the cancel question open?
 * @property {boolean} [shown] has it been drawn before?
 * @property {string} [copy] key of the wish for a second paper
 * @property {'asked' | 'refused'} [copied] what became of that wish
 * @property {Said} [hint] why there is no second paper
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
  let state = app.state();
  let paper = paperOf(state, issued.ticket), drawn = '';
  // Drawn again for somebody who has just touched a display option: they are still reading.
  if (issued.shown) issued.until = Math.max(issued.until, performance.now() + stay(paper));
  issued.shown = true;

  const left = h('b');
  const acts = h('div', { class: 'acts' });
  const heading = h('h1', { tabindex: -1 });
  const sub = h('p');
  const told = () => (issued.asking ? undoWords(issued) : headWords(issued, paper));

  const ask = (/** @type {boolean} */ asking) => {
    issued.asking = asking;
    issued.until = performance.now() + stay(paper);
    draw();
  };
  const again = async () => {
    issued.until = performance.now() + stay(paper);
    await reprint(issued);
    if (issued.copied === 'asked') app.state().papers.delete(issued.ticket.id);
  };
  const draw = () => {
    const [title, line] = told();
    const copy = mayCopy(app, issued, paper);
    const now = [issued.asking, copy, words(title), words(line)].join('|');
    if (now === drawn) return;
    drawn = now;
    mount(heading, words(title));
    mount(sub, words(line));
    acts.classList.toggle('three', copy && !issued.asking);
    mount(acts, ...(issued.asking
      ? [button(t('k.undo.yes'), () => app.cancel(issued)), button(t('k.undo.no'), () => ask(false), 'go')]
      : [button(t('k.done.undo'), () => ask(true)), copy && button(t('k.done.reprint'), again), button(t('k.done.ok'), app.home, 'go')]));
  };
  draw();

  const view = h('main', { class: 'full ticket' },
    h('div', { class: 'drum', 'aria-hidden': 'true' }),
    h('div', { class: 'told', role: 'status' }, heading, sub), slip(app, issued), acts,
    h('p', { class: 'back' }, rich(t('k.done.back'), { s: left })));
  return {
    name: 'ticket', nodes: [view, foot(app)], keeps: true,
    say: t('k.done.say', { number: issued.ticket.number }),
    read: () => readTicket(app, issued, told()),
    back: () => (issued.asking ? ask(false) : app.home()),
    update() {
      if (app.state() !== state) {
        state = remembered(state, app.state(), issued.ticket);
        void askForPaper(state, issued.ticket);
      }
      const now = paperOf(state, issued.ticket);
      view.dataset.paper = now;
      if (now !== paper) {
        paper = now;
        issued.until = Math.max(issued.until, performance.now() + (lacking(now) ? stay(now) : GLANCE));
      }
      draw();
      const seconds = Math.ceil((issued.until - performance.now()) / 1000);
      if (seconds <= 0 && !speaking()) return app.home();
      left.textContent = String(Math.max(0, seconds));
    },
  };
}

/** @param {string} label @param {() => void} onclick @param {string} [kind] */
const button = (label, onclick, kind = '') => h('button', { type: 'button', class: `btn ${kind}`.trim(), onclick }, label);

/** @param {Issued} issued @returns {[Said, Said]} */
const undoWords = ({ ticket }) => [{ key: 'k.undo.q', args: { number: { number: ticket.number } } }, { key: 'k.undo.sub' }];

/** @param {Issued} issued @param {Paper} paper @returns {[Said, Said]} */
function headWords(issued, paper) {
  const [title, line] = wordsOf(paper);
  return [title, issued.hint ?? line];
}

/**
 * A new snapshot does not tell a kiosk of papers: what was known still holds.
 * @param {import('/web/types.js').HallState} old
 * @param {import('/web/types.js').HallState} state
 * @param {Ticket} ticket
 */
function remembered(old, state, ticket) {
  const paper = old.papers.get(ticket.id);
  if (paper && !state.papers.has(ticket.id)) state.papers.set(ticket.id, paper);
  return state;
}

/**
 * One more paper may be had when the first has come out, or came to grief.
 * @param {App} app @param {Issued} issued @param {Paper} paper
 */
const mayCopy = (app, issued, paper) => !issued.copied && paper !== 'printing' && paper !== 'none' && canPrint(app.state());

/** @type {Record<string, Said>} */
const NO_COPY = { too_many_copies: { key: 'k.copy.most' }, no_printer: { key: 'e.no_printer' } };

/** Asks for the one copy there is; after a lost answer with the same key. @param {Issued} issued */
async function reprint(issued) {
  issued.copy ??= newKey();
  issued.hint = undefined;
  const answer = await post(`/api/v1/tickets/${encodeURIComponent(issued.ticket.token)}/print`, {}, { key: issued.copy });
  if (answer.ok) issued.copied = 'asked';
  else {
    issued.hint = NO_COPY[answer.code] ?? { key: 'k.copy.not' };
    if (answer.code === 'too_many_copies') issued.copied = 'refused';
    else if (answer.status >= 400 && answer.status < 500) issued.copy = undefined;
  }
}

/** @param {App} app @param {Issued} issued */
function slip(app, issued) {
  const { ticket, service, priority } = issued;
  return h('section', { class: 'slip' },
    h('div', { class: 'a' },
      h('div', { class: 'label' }, t('k.done.label')),
      h('div', { class: `number num${ticket.number.length > 4 ? ' long' : ''}`, 'data-number': '' }, ticket.number),
      h('div', { class: 'service' }, named(service.name)),
      priority && h('div', { class: 'chip' }, t('k.done.priority', { group: named(priority.name) }))),
    h('div', { class: 'b' },
      h('dl', null, facts(app, issued).map(([term, value]) => h('div', null, h('dt', null, words(term)), h('dd', null, words(value))))),
      h('figure', null,
        // No code leads to a server that knows no address of its own.
        h('img', { class: 'qr', onerror: (/** @type {Event} */ e) => /** @type {HTMLElement} */ (e.target).closest('figure')?.classList.add('bare'), src: `/api/v1/tickets/${encodeURIComponent(ticket.token)}/qr.svg`, alt: t('k.done.qralt', { number: ticket.number }) }),
        h('figcaption', null, h('span', null, t('k.done.qr')), h('b', null, t('k.done.code', { code: ticket.code })))),
      // Elsewhere they have stood on the screen before, and stand on the paper.
      roomAbove() === 'some' && !on('text') && notes(app, issued).map((note) => h('p', { class: 'note' }, words(note)))));
}

/**
 * Who is ahead, when the turn may come, where to wait.
 * @param {App} app @param {Issued} issued
 * @returns {[Said, Said][]}
 */
function facts(app, { ticket, service, at }) {
  const labels = ticket.area ?? areaLabels(app, service);
  /** @type {[Said, Said][]} */
  const list = [[{ key: 'k.done.ahead' }, ticket.ahead > 0 ? { key: 'k.done.people', args: { n: ticket.ahead } } : { key: 'k.done.nobody' }]];
  if (ticket.estimate) list.push([{ key: 'k.done.when' }, { key: 'k.done.about', args: { time: { time: hm(aboutWhen(ticket.estimate, at)) } } }]);
  if (labels.length > 0) list.push([{ key: 'k.done.area' }, { key: 'k.done.counters', args: { area: labels.map((counter) => ({ counter })) } }]);
  return list;
}

/** @param {App} app @param {Service} service @returns {string[]} */
const areaLabels = (app, service) => app.state().branch.counters.filter((c) => c.services.includes(service.id)).map((c) => c.label);

/**
 * That one number is enough, what holds so late in the day, the promise.
 * @param {App} app @param {Issued} issued
 * @returns {Said[]}
 */
function notes(app, { service, at }) {
  const late = lateNote(service, at);
  /** @type {(Said | null)[]} */
  const all = [
    paceReached(app.state().branch.pace) > 0 ? { key: 'k.again' } : null, late,
    service.promise?.vi && !late ? { name: service.promise } : null,
  ];
  return all.filter((x) => x !== null);
}

/** @param {App} app @param {Issued} issued @param {Said[]} told @returns {Said[]} */
function readTicket(app, issued, told) {
  if (issued.asking) return told;
  return [{ key: 'k.done.say', args: { number: { number: issued.ticket.number } } }, ...told,
    ...facts(app, issued).flat(), ...notes(app, issued)];
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
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn go', onclick: app.home }, t('k.done.ok')))), foot(app)],
    read: () => [{ key: 'k.undo.done', args: { number: { number } } }, { key: 'k.undo.donesub' }],
    update() {
      if (performance.now() > until) app.home();
    },
  };
}
