// What this kiosk tells the guide: somebody asks for help, many tickets one
// after the other, a scanned card that had its number already. Each is told
// once; as long as it stands nothing more is sent.
import { post } from '/web/api.js';
import { branch } from '/web/page.js';
import { machineName } from '/kiosk/machine.js';
import { paceReached } from '/kiosk/pace.js';
import { words } from '/kiosk/said.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallNotice} HallNotice */
/** @typedef {import('/web/speech.js').Said} Said */

/** How long a sentence to the visitor stands, ms. */
const SENT = 30_000, COMING = 10_000, FAILED = 20_000;

/** @type {{said: Said, until: number} | null} */
let told = null;
/** Requests under way, so that impatience sends nothing twice. */
const sending = new Set();
/** Did a call for help of this kiosk stand when we last looked? */
let asked = false;

/**
 * Tells the visitor a sentence above the bar of keys for a while.
 * @param {Said} said
 * @param {number} [time] ms
 */
export function tell(said, time = FAILED) {
  told = { said, until: performance.now() + time };
}

/** The visitor's part is over: what was told was told to them. */
export function hush() {
  told = null;
}

/** The sentence that stands there now, if any. @returns {Said | null} */
export function telling() {
  if (told && performance.now() > told.until) told = null;
  return told?.said ?? null;
}

/** @returns {string} */
export const toldText = () => words(telling());

/**
 * @param {HallState} state
 * @param {HallNotice['kind']} kind
 * @param {string} [service]
 */
function stands(state, kind, service) {
  const own = machineName();
  return [...state.notices.values()].some((n) => n.kind === kind && n.by === own && (!service || n.service === service));
}

/** Is somebody called to this kiosk already? @param {HallState} state */
export const helpAsked = (state) => stands(state, 'help');

/**
 * @param {HallState} state
 * @param {{kind: HallNotice['kind'], service?: string, count?: number}} notice
 * @returns {Promise<boolean>} whether it stands now
 */
async function send(state, notice) {
  const once = `${notice.kind} ${notice.service ?? ''}`;
  if (stands(state, notice.kind, notice.service) || sending.has(once)) return true;
  sending.add(once);
  const answer = await post(`/api/v1/branches/${encodeURIComponent(branch())}/notices`, notice);
  sending.delete(once);
  return answer.ok;
}

/**
 * Calls the guide to this kiosk.
 * @param {HallState} state
 * @param {() => void} changed called when there is something to say
 */
export async function callHelp(state, changed) {
  tell({ key: 'k.help.sending' }, SENT);
  changed();
  const ok = await send(state, { kind: 'help' });
  tell({ key: ok ? 'k.help.sent' : 'k.help.failed' }, ok ? SENT : FAILED);
  changed();
}

/**
 * Notices that staff ended the call for help: somebody is on the way.
 * @param {HallState} state
 */
export function watchHelp(state) {
  const now = helpAsked(state);
  if (asked && !now) tell({ key: 'k.help.coming' }, COMING);
  asked = now;
}

/** Tells the guide of many tickets one after the other. @param {HallState} state */
export function tellPace(state) {
  const count = paceReached(state.branch.pace);
  if (count > 0) void send(state, { kind: 'pace', count });
}

/** Tells the guide of a card that had its number already. @param {HallState} state @param {string} service */
export const tellPerson = (state, service) => void send(state, { kind: 'person', service });
