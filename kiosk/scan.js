// What is held under the scanner. It is never asked for: whoever scans nothing
// gets a number all the same. Of an identity card the agent tells a hash and an
// age group; they stay in this page's memory until the session ends.
import { h, mount, signal } from '/web/dom.js';
import { t, named } from '/web/i18n.js';
import { machineName } from '/kiosk/machine.js';
import { arriving, using } from '/kiosk/later.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Priority} Priority */
/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {{person: string, group: string, declined: boolean}} Card `group` is the id of a priority group, or empty */
/**
 * @typedef {object} Scan as the agent tells it
 * @property {'identity'|'ticket'|'code'|'dossier'|'foreign'|'unknown'} kind
 * @property {string} [person]
 * @property {string} [priority]
 * @property {string} [token]
 * @property {string} [code]
 */

/** An answer to a scan stands so long, ms. */
const TOLD = 8_000;

/** The card of this session. */
let card = /** @type {Card | null} */ (null);
/** What was said of the last scan, and until when, performance.now(). */
let told = '', until = 0;
let ready = false;
/** The line to the agent. While it is not open a scan is lost, so nobody is invited. */
let line = /** @type {EventSource | null} */ (null);

/** Counts changes of what the scanner's row says; watch it to lay out again. */
export const scanned = signal(0);
const again = () => scanned.set(scanned.get() + 1);

/** Screens with that row. */
const CHOOSING = new Set(['home', 'group', 'groups', 'priority', 'confirm']);
/** Screens where a code changes nothing: a request is on its way, or no numbers are given at all. */
const DEAF = new Set(['loading', 'paused', 'issuing', 'emergency', 'maintenance']);

/** The session is over: nothing of the card is left. */
export function forgetCard() {
  if (!card && !told) return;
  card = null;
  told = '';
  again();
}

/** Is somebody's card in the session? */
export const cardHeld = () => card !== null;

/** What a take carries of the card: the hash that counts a person's numbers. */
export const cardPerson = () => card?.person || undefined;

/**
 * The priority group that the card's age gives, unless it was declined.
 * @param {HallState} state
 * @returns {Priority | null}
 */
export function cardPriority(state) {
  if (!card?.group || card.declined) return null;
  return state.branch.priorities.find((p) => p.id === card?.group) ?? null;
}

/** Listens to the agent's scanner. @param {App} app */
export function watchScans(app) {
  line = new EventSource('/agent/scans');
  line.onmessage = (e) => heard(app, JSON.parse(e.data));
}

/**
 * To be called at each change of the hall and each second.
 * @param {HallState | null} state
 */
export function lookAtScanner(state) {
  const now = state !== null && hasScanner(state);
  const over = told !== '' && performance.now() > until;
  if (now === ready && !over) return;
  ready = now;
  if (over) told = '';
  again();
}

/** @param {HallState} state */
function hasScanner({ branch, devices }) {
  const own = machineName();
  return Boolean(branch.kiosk?.scan && own && line?.readyState === EventSource.OPEN) &&
    [...devices.values()].some((d) => d.kind === 'scanner' && d.agent === own && d.state === 'ready');
}

/** @param {App} app @param {Scan} scan */
function heard(app, scan) {
  const screen = document.getElementById('stage')?.dataset.screen ?? '';
  if (DEAF.has(screen)) return;
  dispatchEvent(new Event('pointerdown')); // somebody is there
  if (scan.kind === 'ticket' && scan.token) return void using(app, arriving, (x) => x.showTicket(app, { token: scan.token }));
  if (scan.kind === 'code' && scan.code) return void using(app, arriving, (x) => x.arrive(app, scan.code ?? ''));
  // On the ticket screen a card is too late for this number and too early for the next.
  if (!CHOOSING.has(screen)) return;
  if (scan.kind === 'dossier' && scan.code && app.state().branch.lookup) return app.dossier(scan.code);
  if (scan.kind === 'identity' && (scan.person || scan.priority)) {
    card = { person: scan.person ?? '', group: scan.priority ?? '', declined: false };
    told = '';
  } else {
    told = { dossier: 'k.scan.dossier', foreign: 'k.scan.foreign' }[String(scan.kind)] ?? 'k.scan.unknown';
    until = performance.now() + TOLD;
  }
  again();
}

/**
 * What the row says, first to last; empty when there is nothing to say.
 * @param {HallState} state
 * @returns {Said[]}
 */
export function scanWords(state) {
  if (told) return [{ key: told }];
  if (!card) return ready ? [{ key: 'k.scan.invite' }] : [];
  const group = cardPriority(state);
  return group ? [{ key: 'k.scan.card' }, { key: 'k.scan.pri', args: { group: { name: group.name } } }] : [{ key: 'k.scan.card' }];
}

/**
 * The row above the foot of the screens where one chooses: the invitation, or
 * what came of the last scan. It is built anew whenever that changes.
 * @param {App} app
 * @param {boolean} [reachable] may anything be touched where it stands?
 * @param {HTMLElement | null} [key] one more thing to touch beside the words, while they are about no card
 */
export function scanRow(app, reachable = true, key = null) {
  const state = app.state();
  const row = h('div', { class: 'scan', role: 'status' });
  const group = cardPriority(state);
  if (told) mount(row, h('p', null, t(told)));
  else if (card) mount(row, h('p', { class: 'chip' }, t('k.scan.card')), group && h('p', null, t('k.scan.pri', { group: named(group.name) })), group && reachable && decline());
  else if (ready) {
    row.classList.add('invite');
    mount(row, h('p', null, t('k.scan.invite')));
  }
  if (key && !(card && group)) row.append(key);
  row.hidden = row.childElementCount === 0;
  return row;
}

function decline() {
  const press = () => {
    if (card) card.declined = true;
    again();
  };
  return h('button', { type: 'button', class: 'btn', onclick: press }, t('k.scan.nopri'));
}
