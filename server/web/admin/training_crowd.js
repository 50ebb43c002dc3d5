// Pretend citizens: they take numbers at random, and press what they thought of it.
// They come the same way as real ones, through the kiosk's and the keypad's requests.
import { get, post } from '/web/api.js';
import { h } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';

/** How many come at once at most, and how often somebody comes by himself, ms. */
const MOST = 30, OFTEN = 20_000;

/** @param {string} branch of the practice @param {() => void} came */
export function crowd(branch, came) {
  const path = `/api/v1/branches/${encodeURIComponent(branch)}`;
  const many = h('input', { type: 'number', min: 1, max: MOST, value: 5, inputmode: 'numeric' }), word = h('p', { role: 'status' });
  const often = h('input', { type: 'checkbox', onchange: () => follow() });
  let timer = 0, busy = false;

  /** @param {number} n */
  async function take(n) {
    if (busy) return;
    busy = true;
    const now = await get(path);
    /** @type {{id: string}[]} */
    const open = now.ok ? now.body.services.filter((/** @type {any} */ s) => s.open) : [];
    /** @type {{id: string}[]} */
    const groups = now.ok ? now.body.priorities : [];
    let done = 0, refusal = now.ok && open.length > 0 ? '' : sentence(now.code || 'service_closed');
    for (let i = 0; i < n && open.length > 0 && !refusal; i += 1) {
      const first = groups.length > 0 && Math.random() < 0.2; // about every fifth comes first
      const answer = await post(`${path}/tickets`, { service: any(open).id, ...(first && { priority: any(groups).id }) });
      if (answer.ok) done += 1;
      else refusal = sentence(answer.code);
    }
    busy = false;
    word.textContent = refusal || t('st.crowd.came', { n: done });
    came();
  }

  async function press() {
    const now = await get(path);
    /** @type {{id: string, state: string}[]} */
    const counters = now.ok ? now.body.counters.filter((/** @type {any} */ c) => c.state !== 'closed') : [];
    let done = 0;
    for (const c of counters) {
      const answer = await post(`${path}/counters/${encodeURIComponent(c.id)}/ratings`, { level: Math.random() < 0.8 ? 1 : 2 + Math.floor(Math.random() * 2), source: 'keypad' });
      if (answer.ok) done += 1;
    }
    word.textContent = done > 0 ? t('st.crowd.pressed', { n: done }) : t('st.crowd.nothing');
  }

  function follow() {
    window.clearInterval(timer);
    if (often.checked) timer = window.setInterval(() => void take(1), OFTEN);
  }

  return {
    el: h('section', { class: 'crowd hall-part' }, h('h2', null, t('st.crowd')), h('div', { class: 'grid' }, h('label', null, h('span', null, t('st.crowd.n')), many)),
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'go take', onclick: () => void take(Math.min(MOST, Math.max(1, Math.round(Number(many.value)) || 1))) }, t('st.crowd.take')),
        h('button', { type: 'button', class: 'press', onclick: () => void press() }, t('st.crowd.press')), h('label', { class: 'often' }, often, t('st.crowd.often'))), word),
    close: () => window.clearInterval(timer),
  };
}

/** @template T @param {T[]} list @returns {T} */
const any = (list) => list[Math.floor(Math.random() * list.length)];
