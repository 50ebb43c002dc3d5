// What the floor asks for: somebody at a kiosk needs help, or a kiosk gave more
// numbers than one visitor needs. One touch answers, for every desk.
import { newKey, post } from '/web/api.js';
import { h, icon, keyed, set } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { day, dayDate, hm } from '/web/time.js';
import { put } from '/desk/top.js';
import { serviceName } from '/desk/words.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallNotice} HallNotice */

/** Alerts drawn at most: more are never answered one by one. */
const MOST = 30;

/**
 * The alerts that stand, the newest first.
 * @param {HallState} state
 */
export function standing(state) {
  return [...state.notices.values()].filter((n) => n.kind === 'help' || n.kind === 'pace' || n.kind === 'person')
    .sort((a, b) => Number(b.at) - Number(a.at) || (a.id < b.id ? 1 : -1));
}

/**
 * The kiosk where somebody waits for help, the one that asked first; null when there is none.
 * @param {HallState} state
 */
export function needed(state) {
  return standing(state).filter((n) => n.kind === 'help').at(-1) ?? null;
}

/**
 * @param {string} branch
 * @param {(text: string) => void} refuse tells why it could not be answered
 */
export function floorAlerts(branch, refuse) {
  // The list is always there: a reader tells what comes into it.
  const list = h('ul', { class: 'alerts', 'aria-live': 'polite', 'aria-label': t('d.alerts') });
  /** @type {Set<string>} answered, and the answer is under way */
  const going = new Set();
  let able = false;

  /** @param {HallNotice} n */
  async function end(n) {
    if (!able || going.has(n.id)) return;
    going.add(n.id);
    const answer = await post(`/api/v1/branches/${encodeURIComponent(branch)}/notices/${encodeURIComponent(n.id)}/end`, {}, { key: newKey() });
    going.delete(n.id);
    // Somebody else was there first: that is as good.
    if (!answer.ok && answer.status !== 404) refuse(sentence(answer.code));
  }

  /** @param {HallState} state @param {boolean} online */
  function draw(state, online) {
    able = online;
    const held = list.contains(document.activeElement);
    keyed(list, standing(state).slice(0, MOST), (n) => n.id, (n, old) => {
      const li = /** @type {HTMLLIElement} */ (old ?? row(n));
      const [, said, done] = li.children;
      put(said, words(state, n));
      set(done, { 'aria-disabled': String(!online || going.has(n.id)) });
      return li;
    });
    // What had the focus was answered: the next alert takes it, or the button of the desk.
    if (held && !list.contains(document.activeElement)) (list.querySelector('button') ?? document.getElementById('big'))?.focus();
  }

  /** @param {HallNotice} n */
  function row(n) {
    const help = n.kind === 'help';
    return h('li', { class: n.kind, 'data-notice': n.id }, icon(help ? 'hand-heart' : 'ticket'), h('span'),
      h('button', { type: 'button', onclick: () => void end(n) }, help ? t('d.alert.come') : t('d.alert.seen')));
  }

  return { el: list, draw };
}

/** @param {HallState} state @param {HallNotice} n */
function words(state, n) {
  const at = Number(n.at);
  const time = state.day && day(at) !== state.day ? t('u.dayhm', { time: hm(at), day: dayDate(at) }) : hm(at);
  const name = n.by ?? '';
  if (n.kind === 'help') return t('d.alert.help', { name, time });
  if (n.kind === 'pace') return t('d.alert.pace', { name, time, n: n.count ?? 0, s: state.branch.pace?.seconds || 60 });
  return n.service ? t('d.alert.person', { name, time, service: serviceName(state, n.service) }) : t('d.alert.person.day', { name, time });
}
