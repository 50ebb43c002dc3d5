// The middle column: the present visit, the one big button and the other verbs.
import { h, icon, mount, set } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { bigOf, clockOf } from '/desk/model.js';
import { put } from '/desk/top.js';
import { bigWords, groupName, lasted, outcomes, pauseReasons, serviceName } from '/desk/words.js';

/** @typedef {import('/desk/desk.js').Scene} Scene */
/** @typedef {import('/desk/model.js').Outcome} Outcome */
/** @typedef {import('/desk/verbs.js').Control} Control */

/** Keys as printed on the buttons; the rest is reached with Tab. @type {Partial<Record<Control, string>>} */
const PRINTED = { recall: 'F8', end: 'F7', noshow: 'F6', transfer: 'F4', number: 'F3', park: 'F2', invite: 'F10', pause: 'Esc' };

/** @type {Control[]} */
const ORDER = ['recall', 'end', 'noshow', 'transfer', 'number', 'park', 'invite', 'pause', 'walkin', 'resume', 'priority', 'close'];

/** @type {Partial<Record<Control, () => string>>} */
const LABELS = {
  recall: () => t('d.recall'), end: () => t('d.end'), noshow: () => t('d.noshow'), transfer: () => t('d.transfer'),
  number: () => t('d.number'), park: () => t('d.park'), invite: () => t('d.invite'), pause: () => t('d.pause'),
  walkin: () => t('d.walkin'), resume: () => t('d.resume'), priority: () => t('d.pri.change'), close: () => t('d.close'),
};

/**
 * @param {(control: Control) => void} press
 */
export function presentVisit(press) {
  const status = h('p', { class: 'state' });
  const number = h('div', { class: 'big num' });
  const time = h('span', { class: 'num' }), timeOf = h('span'), target = h('span');
  const timer = h('div', { class: 'time' }, timeOf, time, target);
  const facts = h('dl');
  const radios = h('fieldset', { class: 'outcome' }, h('legend', null, t('d.out')),
    Object.entries(outcomes).map(([id, words]) => h('label', { class: 'chip' },
      h('input', { type: 'radio', name: 'outcome', value: id, checked: id === 'done' }), h('span', null, words()))));
  const words = h('span'), key = h('kbd', null, 'F9');
  const big = h('button', { type: 'button', class: 'go', id: 'big', 'aria-keyshortcuts': 'F9', onclick: () => press('big') }, icon('bell'), words, key);
  /** @type {[Control, HTMLButtonElement][]} */
  const verbs = ORDER.map((control) => [control, h('button', {
    type: 'button', 'data-verb': control, 'aria-keyshortcuts': PRINTED[control]?.replace('Esc', 'Escape'), onclick: () => press(control),
  }, LABELS[control]?.(), PRINTED[control] ? h('kbd', { 'aria-hidden': 'true' }, PRINTED[control]) : null)]);
  const foot = h('div', { class: 'foot' });
  const el = h('main', { class: 'now', tabindex: -1 },
    h('section', { class: 'cur', 'aria-label': t('d.present') },
      h('div', { 'aria-live': 'polite', 'aria-atomic': 'true' }, status, number), timer, facts, radios),
    big, h('div', { class: 'verbs', role: 'group', 'aria-label': t('d.verbs') }, verbs.map(([, b]) => b)), foot);
  let shownFacts = '', shownVisit = '';

  /** @param {Scene} scene */
  function draw(scene) {
    const { place } = scene;
    const n = place.now.number ?? '';
    put(status, statusOf(scene));
    put(number, n || idleWords(scene));
    number.className = n ? 'big num' : 'big words';
    drawTimer(scene);
    drawFacts(scene);
    radios.hidden = place.now.state !== 'serving';
    if (shownVisit !== place.now.visit) {
      shownVisit = place.now.visit ?? '';
      const first = radios.querySelector('input');
      if (first) first.checked = true;
    }
    drawButtons(scene);
  }

  /** @param {Scene} scene */
  function drawButtons(scene) {
    // While its last press is not over, the big button keeps its words: they
    // must not change under a finger that presses twice.
    const busy = scene.busy('big');
    const { act, ready } = bigOf(scene.place, scene.waiting.length);
    if (!busy) put(words, bigWords[act]());
    set(big, { 'aria-disabled': String(busy || !scene.able || !ready), 'aria-busy': busy ? 'true' : null, 'data-act': busy ? big.dataset.act ?? '' : act });
    for (const [control, button] of verbs) {
      const its = scene.busy(control);
      set(button, { 'aria-disabled': String(its || !scene.able || !scene.may(control)), 'aria-busy': its ? 'true' : null });
    }
  }

  /** @param {Scene} scene */
  function drawTimer({ state, place, now }) {
    const s = place.now.state;
    timer.hidden = s === 'closed' || s === 'open' || !place.now.since;
    if (timer.hidden) return;
    const ms = now - Date.parse(place.now.since ?? '');
    const typical = state.branch.services.find((x) => x.id === place.visit?.service)?.typical ?? 0;
    put(time, clockOf(ms));
    put(timeOf, s === 'serving' ? t('d.time.serving') : s === 'paused' ? t('d.time.paused') : t('d.time.calling'));
    put(target, s === 'serving' && typical ? t('d.time.typical', { n: Math.round(typical) }) : ' ');
    timer.classList.toggle('over', s === 'serving' && typical > 0 && ms > typical * 60_000);
  }

  /** @param {Scene} scene */
  function drawFacts({ state, place, lang }) {
    const v = place.visit;
    facts.hidden = !v;
    if (!v) return;
    /** @type {[string, string, string?][]} */
    const list = [[t('d.fact.service'), serviceName(state, v.service)]];
    if (v.called && v.taken) list.push([t('d.fact.waited'), lasted(Date.parse(v.called) - Date.parse(v.taken))]);
    if (v.priority) list.push([t('d.fact.pri'), groupName(state, v.priority), 'pri']);
    if (v.booked) list.push([t('d.fact.booked'), hm(v.booked)]);
    if (v.procedure) list.push([t('d.fact.procedure'), v.procedure]);
    const print = lang + JSON.stringify(list);
    if (print === shownFacts) return;
    shownFacts = print;
    mount(facts, ...list.map(([what, is, mark]) => h('div', null, h('dt', null, what), h('dd', { class: mark }, is))));
  }

  return {
    el, draw, foot, big,
    /** @returns {Outcome} what the clerk chose for the visit being served */
    outcome: () => {
      const input = radios.querySelector('input:checked');
      return /** @type {Outcome} */ (input instanceof HTMLInputElement ? input.value : 'done');
    },
  };
}

/** @param {Scene} scene */
function statusOf({ place }) {
  switch (place.now.state) {
    case 'closed': return t('d.is.closed');
    case 'paused': return t('d.is.paused');
    case 'open': return t('d.is.open');
    case 'serving': return t('d.is.serving');
    default: return (place.visit?.calls ?? 1) > 1 ? t('d.is.recalled', { n: place.visit?.calls ?? 2 }) : t('d.is.calling');
  }
}

/** @param {Scene} scene */
function idleWords({ place, waiting }) {
  switch (place.now.state) {
    case 'closed': return t('d.idle.closed');
    case 'paused': return pauseReasons[place.now.reason ?? '']?.() ?? (place.now.reason || t('d.idle.paused'));
    default: return waiting.length ? t('d.idle.waiting', { n: waiting.length }) : t('d.empty');
  }
}
