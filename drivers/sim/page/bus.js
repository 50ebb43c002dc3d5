// Keypads and panels of one line, each with its keys, lamps and digits.
import { h, keyed, set } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { head, toggle } from '/sim/parts.js';

/** @typedef {import('/sim/sim.js').Act} Act */
/** @typedef {{key: string, do: string, level?: number}} Key */
/**
 * @typedef {object} Unit
 * @property {number} address
 * @property {string} counter
 * @property {string} role rate, call, panel
 * @property {boolean} on
 * @property {boolean} host_lost
 * @property {number} queued
 * @property {number} lost
 * @property {string[]} lamps
 * @property {string} display
 * @property {boolean} blink
 * @property {Key[]} [keys]
 */

/**
 * @param {import('/sim/sim.js').Shown} d
 * @param {Act} act
 * @returns {import('/sim/sim.js').Card}
 */
export function busCard(d, act) {
  const top = head(d.kind === 'panel' ? 'counter' : 'keyboard', d.kind === 'panel' ? t('sim.panels') : t('sim.keypads'), d.name, act);
  const units = h('div', { class: 'units' });
  /** @type {Map<number, ReturnType<typeof unit>>} */
  const known = new Map();
  return {
    el: h('section', { class: 'card bus' }, top.el, units),
    update(shown) {
      top.plugged(shown.plugged);
      keyed(units, shown.state.units, (/** @type {Unit} */ u) => String(u.address), (/** @type {Unit} */ u) => {
        let made = known.get(u.address);
        if (!made) known.set(u.address, (made = unit(u, act)));
        made.update(u);
        return made.el;
      });
    },
  };
}

/** @param {Unit} first @param {Act} act */
function unit(first, act) {
  const address = String(first.address);
  const digits = h('output', { class: 'digits num' });
  const lamps = (first.role === 'panel' ? [] : first.lamps).map(() => h('i', { class: 'led' }));
  const power = toggle('sim.off', 'sim.on', () => act('off', address), () => act('on', address));
  const note = h('p', { class: 'note' });
  const keys = (first.keys ?? []).map((k) => keyButton(k, first.role, () => act('press', `${address}:${k.key}`)));
  const el = h('article', { class: `unit ${first.role}` },
    h('header', null, h('h3', null, t(`sim.role.${first.role}`)), h('span', null, t('sim.at', { counter: first.counter, address }))),
    h('div', { class: 'front' }, digits, lamps.length > 0 && h('div', { class: 'leds' }, ...lamps)),
    keys.length > 0 && h('div', { class: 'keys' }, ...keys), h('footer', null, note, power.el));
  return {
    el,
    /** @param {Unit} u */
    update(u) {
      const text = u.on ? u.display : '';
      digits.textContent = text.trim() === '' ? '\u00a0' : text;
      set(digits, { class: `digits num${u.blink ? ' blink' : ''}` });
      digits.hidden = u.role === 'rate' && text.trim() === '';
      lamps.forEach((l, i) => set(l, { class: `led ${u.on ? (u.lamps[i] ?? 'off') : 'off'} ${i === 0 ? 'green' : 'amber'}` }));
      power.set(!u.on);
      el.classList.toggle('dead', !u.on);
      for (const k of keys) k.disabled = !u.on;
      note.textContent = words(u);
    },
  };
}

/** @param {Unit} u */
function words(u) {
  if (!u.on) return t('sim.is.off');
  if (u.host_lost) return t('sim.is.alone');
  return u.queued > 0 ? t('sim.is.queued', { n: u.queued }) : t('sim.is.heard');
}

/**
 * @param {Key} k
 * @param {string} role
 * @param {() => unknown} press
 */
function keyButton(k, role, press) {
  const words = k.do === 'rate' && k.level ? t(`sim.level.${k.level}`) : t(`sim.do.${k.do}`);
  return h('button', { class: `key ${role === 'rate' ? `level-${k.level ?? 0}` : k.do}`, type: 'button', onclick: press },
    h('span', { class: 'num' }, k.key), words.startsWith('sim.') ? k.do : words);
}
