// What each control of the desk asks and sends. The store decides; the desk
// only leaves out what cannot be right in the present state.
import { t } from '/web/i18n.js';
import { post } from '/web/api.js';
import { sentence } from '/web/errors.js';
import { branch } from '/web/page.js';
import { bigOf, parkedAt } from '/desk/model.js';
import { askNumber, askParked, askPause, askPriority, askTransfer, askVisit, askWalkIn, confirm } from '/desk/questions.js';
import { lasted, waited } from '/desk/words.js';
import { about } from '/desk/line.js';

/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {import('/desk/desk.js').Scene} Scene */
/** @typedef {import('/desk/command.js').Commander} Commander */
/** @typedef {import('/desk/foot.js').Foot} Foot */

/** @typedef {'big'|'recall'|'end'|'noshow'|'transfer'|'number'|'park'|'invite'|'pause'|'walkin'|'resume'|'priority'|'close'|'undo'|'reinstate'} Control */

/** Calls before a no-show is taken without asking. */
const ENOUGH = 3;

/** What undo takes back, with the words of its bar. @type {Record<string, (n: string) => string>} */
const UNDOABLE = {
  call: (number) => t('d.did.call', { number }), next: (number) => t('d.did.call', { number }),
  'no-show': (number) => t('d.did.noshow', { number }), end: (number) => t('d.did.end', { number }),
  park: (number) => t('d.did.park', { number }), transfer: (number) => t('d.did.transfer', { number }),
  'walk-in': (number) => t('d.did.walkin', { number }),
};

/** What is said of the others. @type {Record<string, (n: string) => string>} */
const SAID = {
  recall: (number) => t('d.did.recall', { number }), resume: (number) => t('d.did.resume', { number }),
  reinstate: (number) => t('d.did.reinstate', { number }), priority: (number) => t('d.did.priority', { number }),
  'invite-rating': () => t('d.did.invite'), undo: () => t('d.did.undo'),
};

/**
 * Whether a control can be right now.
 * @param {Scene} scene @param {Control} control
 */
export function may({ state, place, now }, control) {
  const s = place.now.state;
  switch (control) {
    case 'recall': case 'noshow': return s === 'calling';
    case 'end': return s === 'serving';
    case 'transfer': case 'park': return s === 'calling' || s === 'serving';
    case 'priority': return place.visit !== null;
    case 'number': case 'walkin': case 'pause': return s === 'open';
    case 'resume': return s === 'open' && parkedAt(state, place.name.id).length > 0;
    case 'close': return s === 'open' || s === 'paused';
    case 'reinstate': return s !== 'closed';
    case 'invite': return s !== 'serving' && rateable(state.branch.rating.window, place.now.rate, now);
    default: return true;
  }
}

/**
 * A rating can be asked for while its window may still be opened again: the half hour after the visit.
 * @param {number} window seconds @param {import('/web/types.js').RateInfo | undefined} rate @param {number} now
 */
function rateable(window, rate, now) {
  return !!rate && !rate.rated && now - Date.parse(rate.from) < (window + 1800) * 1000;
}

/**
 * @param {object} desk
 * @param {() => Scene | null} desk.scene
 * @param {Commander} desk.commands
 * @param {Foot} desk.foot
 * @param {() => string} desk.outcome
 */
export function verbs({ scene, commands, foot, outcome }) {
  /** @param {Control} control @param {string} verb @param {object} [body] @param {string} [number] said when the answer has none */
  async function send(control, verb, body, number = '') {
    const answer = await commands.send(control, verb, body);
    if (!answer) return;
    if (!answer.ok) return foot.refuse(sentence(answer.code));
    const n = answer.body?.ticket?.number ?? number;
    // A `next` that found nobody left has only finished the visit.
    const did = verb === 'next' && answer.body?.ticket?.state !== 'called' ? 'end' : verb;
    if (UNDOABLE[did]) return foot.offer(UNDOABLE[did](n));
    const said = SAID[did]?.(n);
    if (said) foot.say(said);
    else foot.clear();
  }

  /** @param {Scene} s */
  function big(s) {
    const { act, ready } = bigOf(s.place, s.waiting.length);
    if (!ready) return;
    const number = s.place.now.number;
    switch (act) {
      case 'open': case 'reopen': return send('big', 'open');
      case 'call': return send('big', 'call');
      case 'serve': return send('big', 'serve');
      default: return send('big', act, { outcome: outcome() }, number);
    }
  }

  /** @param {Scene} s @param {string} number */
  async function noShow(s, number) {
    const calls = s.place.visit?.calls ?? 1;
    if (calls < ENOUGH && !(await confirm(t('d.noshow.q', { number, n: calls }), t('d.noshow')))) return;
    await send('noshow', 'no-show', {}, number);
  }

  /** @param {Scene} s @param {Visit[]} parked */
  async function resume(s, parked) {
    const one = parked.length === 1 ? { number: parked[0].number }
      : await askParked(parked, (v) => t('d.parked.for', { about: about(s.state, v).rest, ago: lasted(s.now - Date.parse(v.parked ?? '')) }));
    if (one) await send('resume', 'resume', one, one.number);
  }

  /** @param {Control} control @param {string} verb @param {Promise<object | null>} question @param {string} [number] */
  async function after(control, verb, question, number) {
    const body = await question;
    if (body) await send(control, verb, body, number);
  }

  /** @param {Control} control */
  async function press(control) {
    const s = scene();
    if (!s || !s.able || !may(s, control) || commands.busy(control)) return;
    const { state, place } = s;
    const number = place.now.number ?? '';
    switch (control) {
      case 'big': return big(s);
      case 'recall': return send('recall', 'recall', {}, number);
      case 'end': return send('end', 'end', { outcome: outcome() }, number);
      case 'noshow': return noShow(s, number);
      case 'transfer': return after('transfer', 'transfer', askTransfer(state, place, number), number);
      case 'number': return after('number', 'call', askNumber());
      case 'park': return send('park', 'park', {}, number);
      case 'resume': return resume(s, parkedAt(state, place.name.id));
      case 'invite': return send('invite', 'invite-rating');
      case 'pause': return after('pause', 'pause', askPause());
      case 'walkin': return after('walkin', 'walk-in', askWalkIn(state, place));
      case 'priority': return place.visit && after('priority', 'priority', askPriority(state, place.visit), number);
      case 'close': return (await confirm(t('d.close.q', { label: place.name.label }), t('d.close'), t('d.close.sub', { n: s.waiting.length }))) && send('close', 'close');
      case 'undo': return foot.canUndo() && send('undo', 'undo');
    }
  }

  /** Asks a printer for the ticket again, marked as a copy. @param {Visit} v */
  async function printAgain(v) {
    const answer = await post(`/api/v1/branches/${encodeURIComponent(branch())}/prints`, { number: v.number });
    if (answer.ok) foot.say(t('d.print.asked', { number: v.number, n: answer.body.copy }));
    else foot.refuse(sentence(answer.code));
  }

  /** A visit picked from the waiting list. @param {Visit} v */
  async function pick(v) {
    const s = scene();
    if (!s || !s.able) return;
    const it = about(s.state, v);
    const words = [it.group && t('d.pri.is', { group: it.group }), it.rest, it.paper, waited(s.now - Date.parse(v.taken ?? ''))];
    const printable = [...s.state.devices.values()].some((d) => d.kind === 'printer');
    const what = await askVisit(v, words.filter(Boolean).join(' · '), may(s, 'number'), printable);
    if (what === 'call') await after('number', 'call', askNumber(v.number), v.number);
    if (what === 'print') await printAgain(v);
    if (what === 'priority') await after('priority', 'priority', askPriority(s.state, v), v.number);
  }

  return {
    press, pick,
    /** @param {Visit} v */
    reinstate: (v) => send('reinstate', 'reinstate', { number: v.number }, v.number),
    /** @param {Visit} v */
    resume: (v) => send('resume', 'resume', { number: v.number }, v.number),
  };
}
