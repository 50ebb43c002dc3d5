// The first question of a desk: which counter is this?
import { get } from '/web/api.js';
import { h, keyed } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { counterStates, serviceName } from '/desk/words.js';

/** @typedef {import('/web/types.js').HallState} HallState */

/**
 * @param {string} branch
 * @param {(counter: string) => void} pick
 */
export function counterChoice(branch, pick) {
  /** Who sits where, by counter; asked for when the question is put. @type {Map<string, string> | null} */
  let sitting = null;
  const list = h('ul', { 'aria-labelledby': 'choose-h' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const el = h('main', { class: 'choose' }, h('h2', { id: 'choose-h' }, t('d.choose')), fault, list);

  /** @param {HallState} state */
  async function look(state) {
    sitting = new Map();
    const answer = await get(`/api/v1/branches/${encodeURIComponent(branch)}/seats`);
    if (!answer.ok) return;
    sitting = new Map(answer.body.seats.map((/** @type {{counter: string, name: string}} */ seat) => [seat.counter, seat.name]));
    draw(state);
  }

  /** @param {HallState} state */
  function draw(state) {
    if (!sitting) void look(state);
    keyed(list, state.branch.counters, (c) => c.id, (c, old) => {
      const now = state.counters.get(c.id);
      const li = /** @type {HTMLLIElement} */ (old ?? h('li', null,
        h('button', { type: 'button', 'data-counter': c.id, onclick: () => pick(c.id) },
          h('span', { class: 'num' }, c.label), h('span', { class: 'of' }, h('b'), h('span'), ' ', h('span')))));
      const [name, services, is] = li.querySelectorAll('.of > *');
      name.textContent = named(c.name) || t('d.counter', { label: c.label });
      services.textContent = c.services.map((s) => serviceName(state, s)).join(', ');
      is.textContent = `· ${counterStates[now?.state ?? 'closed']()}${now?.number ? ` ${now.number}` : ''}${sitting?.has(c.id) ? ` · ${sitting.get(c.id)}` : ''}`;
      return li;
    });
  }
  return { el, draw, refuse: (/** @type {string} */ text) => { fault.textContent = text; } };
}
