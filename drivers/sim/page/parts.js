// What the cards of all devices have in common.
import { h, icon, set } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/sim/sim.js').Act} Act */

/**
 * The head of a card: what it is, what it stands for, and its cable.
 * @param {string} symbol an icon
 * @param {string} title
 * @param {string} name maker and model
 * @param {Act} act
 */
export function head(symbol, title, name, act) {
  const cable = toggle('sim.pull', 'sim.plug', () => act('unplug'), () => act('plug'));
  const el = h('header', { class: 'card-head' }, h('span', { class: 'badge' }, icon(symbol)),
    h('div', { class: 'card-name' }, h('h2', null, title), h('p', null, name)), cable.el);
  return { el, plugged: (/** @type {boolean} */ is) => cable.set(!is) };
}

/**
 * A button of two states: its words say what it will do.
 * @param {string} off key of the words while it is off
 * @param {string} on key of the words while it is on
 * @param {() => unknown} turnOn
 * @param {() => unknown} turnOff
 */
export function toggle(off, on, turnOn, turnOff) {
  let is = false;
  const el = h('button', { class: 'act', type: 'button', onclick: () => (is ? turnOff() : turnOn()) }, t(off));
  return {
    el,
    set(/** @type {boolean} */ now) {
      if (now === is) return;
      is = now;
      el.textContent = t(is ? on : off);
      el.classList.toggle('on', is);
    },
  };
}

/**
 * A small light with words beside it.
 * @param {string} words
 */
export function lamp(words) {
  const el = h('span', { class: 'lamp' }, h('i', null), words);
  return { el, set: (/** @type {string} */ colour) => set(el, { class: `lamp ${colour}` }) };
}
