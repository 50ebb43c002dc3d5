// One visitor's number: taken, shown, given back, or refused.
import { post, newKey } from '/web/api.js';
import { signal } from '/web/dom.js';
import { lang } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { cardPerson, cardPriority } from '/kiosk/scan.js';
import { noteCancelled, noteTaken } from '/kiosk/pace.js';
import { tellPace, tellPerson } from '/kiosk/guide.js';
import { paperOf } from '/kiosk/paper.js';
import { cancelledView, stay, ticketView } from '/kiosk/ticket.js';
import { busyView, errorView, refusedView } from '/kiosk/notice.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/ticket.js').Issued} Issued */
/** @typedef {import('/web/api.js').Answer} Answer */
/** @typedef {import('/web/types.js').Priority} Priority */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').Ticket} Ticket */
/** @typedef {import('/web/speech.js').Said} Said */

/** "Number A012 is cancelled" stands so long, ms. */
const CANCELLED = 4000;

/** The procedure somebody found on the look-up screens, for the number it is taken for. */
let procedure = { service: '', code: '' };

/**
 * What the hall says of it, once it is known (/kiosk/sought.js); null without.
 * @typedef {{service: string, name: string, late: Service['late'] | null, online: string}} Sought `late` and `online` are the procedure's own, "" where the hall has not said
 */
export const sought = signal(/** @type {Sought | null} */ (null));

/** @param {string} service @param {string} code of the procedure */
export function wishFor(service, code) {
  procedure = { service, code };
}

/** Its code, "" when there is none in this session. */
export const wished = () => procedure.code;

/** The session is over. */
export function forgetWish() {
  procedure = { service: '', code: '' };
  sought.set(null);
}

/**
 * Takes a number. Words and key belong to this one wish: trying again with them
 * after a lost answer gives the same number, not a second one.
 * @param {App} app
 * @param {Service} service
 * @param {Priority | null} priority
 */
export function take(app, service, priority) {
  const group = priority ?? cardPriority(app.state()), person = cardPerson();
  const found = procedure.service === service.id ? procedure.code : '';
  const body = {
    service: service.id, lang: lang.get(),
    ...(group && { priority: group.id }), ...(person && { person }), ...(found && { procedure: found }),
  };
  void send(app, { service, priority: group, body, key: newKey() });
}

/**
 * @param {App} app
 * @param {{service: Service, priority: Priority | null, body: object, key: string}} wish
 */
async function send(app, wish) {
  app.show(() => busyView(app));
  const answer = await post(`/api/v1/branches/${encodeURIComponent(branch())}/tickets`, wish.body, { key: wish.key });
  if (answer.ok) return issued(app, answer.body, wish.service, wish.priority);
  if (answer.code === 'quota_full' || answer.code === 'service_closed') return app.show(() => refusedView(app, answer.code, wish.service));
  if (answer.code === 'too_many_tickets') tellPerson(app.state(), wish.service.id);
  failed(app, answer, () => send(app, wish));
}

/**
 * Shows a ticket that has just been given, and counts it.
 * @param {App} app
 * @param {Ticket} ticket
 * @param {Service} [service] found by the ticket when missing
 * @param {Priority | null} [priority]
 */
export function issued(app, ticket, service, priority) {
  const { services, priorities } = app.state().branch;
  /** @type {Issued} */
  const given = {
    ticket, at: app.now(), asking: false,
    service: service ?? services.find((s) => s.id === ticket.service) ?? { ...services[0], name: { vi: '' } },
    priority: priority ?? priorities.find((p) => p.id === ticket.priority) ?? null,
    until: performance.now() + stay(paperOf(app.state(), ticket)),
  };
  noteTaken(ticket.id);
  tellPace(app.state());
  app.show(() => ticketView(app, given));
}

/** @param {App} app @param {Issued} given */
export async function cancel(app, given, key = newKey()) {
  const { token, number, id } = given.ticket;
  app.show(() => busyView(app));
  const answer = await post(`/api/v1/tickets/${encodeURIComponent(token)}/cancel`, {}, { key });
  // Not waiting any more: it was called meanwhile, or is cancelled already. The ticket says what is true.
  if (answer.ok) {
    noteCancelled(id);
    const until = performance.now() + CANCELLED;
    return app.show(() => cancelledView(app, number, until));
  }
  failed(app, answer, () => cancel(app, given, key));
}

/**
 * @param {App} app
 * @param {Answer} answer
 * @param {() => void} again repeats the very same request
 */
export function failed(app, answer, again) {
  const code = errorCode(answer.status);
  console.error(code, answer.code);
  const offline = answer.status === 0 || answer.code === 'server_away';
  const lasting = offline || answer.status >= 500;
  app.show(() => errorView(app, { code, offline, own: ownWords(answer.code), again: lasting ? again : undefined }));
}

/**
 * What a visitor can read out to the help desk, "K5-7F3A": K for the kiosk, the
 * kind of answer (5 a fault of the server, 4 a refusal, 0 none), and four signs
 * that stand beside the reason in the machine's own log.
 * @param {number} status
 */
function errorCode(status) {
  const [a, b] = crypto.getRandomValues(new Uint8Array(2));
  const hex = (/** @type {number} */ n) => n.toString(16).padStart(2, '0').toUpperCase();
  return `K${Math.floor(status / 100)}-${hex(a)}${hex(b)}`;
}

/**
 * Refusals a visitor can understand.
 * @param {string} code
 * @returns {{heading: Said, line: Said} | undefined}
 */
function ownWords(code) {
  if (code === 'too_many_tickets') return { heading: { key: 'k.again.h' }, line: { key: 'e.too_many_tickets' } };
  if (code === 'not_waiting') return { heading: { key: 'e.not_waiting' }, line: { key: 'k.done.sub' } };
  if (code === 'store_full') return { heading: { key: 'k.off.h' }, line: { key: 'k.off.sub' } };
  return undefined;
}
