// The last step: a number is taken, called and served, as a citizen and a clerk would.
import { post } from '/web/api.js';
import { h } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/start.js').Step} Step */

/** @param {import('/admin/admin.js').App} app @param {Bag} set @returns {Step} */
export function tryStep(app, set) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}`;
  const service = set.services.find((/** @type {Bag} */ s) => !s.closed), counter = set.counters.find((/** @type {Bag} */ c) => c.services.includes(service?.id));
  const out = h('output'), said = h('p', { class: 'fault', role: 'alert' }), word = h('p', { role: 'status' });
  const take = h('button', { type: 'button', class: 'go', onclick: () => void taken() }, t('st.try.take'));
  const call = h('button', { type: 'button', disabled: true, onclick: () => void called() }, t('st.try.call', { counter: counter?.label ?? '' }));
  const end = h('button', { type: 'button', disabled: true, onclick: () => void ended() }, t('st.try.end'));

  /** Only the button whose turn it is can be pressed. @param {HTMLButtonElement | null} next */
  const turn = (next) => {
    for (const b of [take, call, end]) b.disabled = b !== next;
  };

  /** @param {import('/web/api.js').Answer} answer */
  function good(answer) {
    said.textContent = answer.ok ? '' : sentence(answer.code);
    if (answer.code === 'service_closed') said.textContent += ` ${t('st.try.closed')}`;
    return answer.ok;
  }

  async function taken() {
    const answer = await post(`${path}/tickets`, { service: service?.id });
    if (!good(answer)) return;
    out.textContent = answer.body.number;
    word.textContent = t('st.try.taken');
    turn(call);
  }

  async function called() {
    await post(`${path}/counters/${counter?.id}/open`); // it may be open
    const answer = await post(`${path}/counters/${counter?.id}/call`, { number: out.textContent, reason: t('st.try.reason') });
    if (!good(answer)) return;
    word.textContent = t('st.try.called', { number: out.textContent ?? '', counter: counter?.label ?? '' });
    turn(end);
  }

  async function ended() {
    if (!good(await post(`${path}/counters/${counter?.id}/serve`)) || !good(await post(`${path}/counters/${counter?.id}/end`))) return;
    await post(`${path}/counters/${counter?.id}/close`);
    word.textContent = t('st.try.ended');
    turn(take);
  }

  return { nodes: [h('p', null, t('st.try.what')), h('div', { class: 'try' }, take, out, call, end), word, said,
    h('p', null, h('a', { href: '#/training' }, t('st.try.training')))] };
}
