// The readiness list: what the hall still needs before it opens its doors, each point
// with the part of the page that mends it.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{id: string, state: 'ok'|'look'|'missing', text: Text, page: string}} Point */
/** @typedef {{fresh: boolean, missing: number, look: number, items: Point[]}} Ready */

/** @type {Record<Point['state'], {kind: string, word: () => string}>} */
const states = {
  ok: { kind: 'good', word: () => t('st.ok') },
  look: { kind: 'warn', word: () => t('st.look') },
  missing: { kind: 'bad', word: () => t('st.missing') },
};

/** @param {string} branch @returns {Promise<Ready | null>} */
export async function readiness(branch) {
  const answer = await get(`/api/v1/branches/${encodeURIComponent(branch)}/ready`);
  return answer.ok ? answer.body : null;
}

/** @param {Ready | null} ready */
export function readyList(ready) {
  const el = h('section', { class: 'ready' });
  if (!ready) return el;
  mount(el, h('h2', null, t('st.ready')),
    h('p', { class: 'none' }, ready.missing === 0 ? t('st.ready.open') : t('st.ready.not', { n: ready.missing })),
    h('ul', { class: 'ready-list' }, ready.items.map((p) => h('li', { 'data-point': p.id, 'data-state': p.state },
      h('span', { class: `state ${states[p.state].kind}` }, states[p.state].word()), h('span', null, named(p.text)),
      p.page === 'start' || p.state === 'ok' ? h('span') : h('a', { href: `#/${p.page}`, 'aria-label': t('st.mend.of', { what: named(p.text) }) }, t('st.mend'))))));
  return el;
}
