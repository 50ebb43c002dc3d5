// The first question of a desk: which counter is this?
import { h, keyed } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { counterStates, serviceName } from '/desk/words.js';

/** @typedef {import('/web/types.js').HallState} HallState */

/**
 * @param {(counter: string) => void} pick
 */
export function counterChoice(pick) {
  const list = h('ul', { 'aria-labelledby': 'choose-h' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const el = h('main', { class: 'choose' }, h('h2', { id: 'choose-h' }, t('d.choose')), fault, list);

  /** @param {HallState} state */
  function draw(state) {
    keyed(list, state.branch.counters, (c) => c.id, (c, old) => {
      const now = state.counters.get(c.id);
      const li = /** @type {HTMLLIElement} */ (old ?? h('li', null,
        h('button', { type: 'button', 'data-counter': c.id, onclick: () => pick(c.id) },
          h('span', { class: 'num' }, c.label), h('span', { class: 'of' }, h('b'), h('span'), ' ', h('span')))));
      const [name, services, is] = li.querySelectorAll('.of > *');
      name.textContent = named(c.name) || t('d.counter', { label: c.label });
      services.textContent = c.services.map((s) => serviceName(state, s)).join(', ');
      is.textContent = `· ${counterStates[now?.state ?? 'closed']()}${now?.number ? ` ${now.number}` : ''}`;
      return li;
    });
  }
  return { el, draw, refuse: (/** @type {string} */ text) => { fault.textContent = text; } };
}
