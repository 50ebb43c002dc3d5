// What a calling order does, shown on a small made-up queue. The server plays it by
// the rule the hall itself follows.
import { post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';

/** @typedef {{number: string, priority: boolean, came: number, called: number, why: 'priority'|'other'|'waited'|'earlier'|'alone'}} Call minutes after the counter opens */

/** How long after the last change it is played, ms. */
const PAUSE = 300;

/** @type {Record<Call['why'], (policy: import('/admin/hall_fields.js').Bag) => string>} */
const whys = {
  priority: (p) => (p.mode === 'headstart' ? t('q.why.start', { n: p.head_start }) : t('q.why.priority')), other: () => t('q.why.other'),
  waited: (p) => t('q.why.waited', { n: p.max_wait }), earlier: () => t('q.why.earlier'), alone: () => t('q.why.alone'),
};

/** @param {import('/admin/admin.js').App} app @param {import('/admin/hall_fields.js').Bag} policy of the draft, read each time */
export function workedExample(app, policy) {
  const box = h('div', { class: 'play', role: 'status' });
  let timer = 0, turn = 0;

  async function play() {
    const mine = ++turn, { mode, n, max_wait, head_start } = policy;
    const answer = await post(`/api/v1/branches/${encodeURIComponent(app.branch)}/policy/example`, { mode, n, max_wait, head_start });
    if (mine !== turn) return;
    if (!answer.ok) return mount(box, h('p', { class: 'none' }, answer.code === 'settings_invalid' ? t('q.example.not') : sentence(answer.code)));
    mount(box, h('p', { class: 'none' }, t('q.example.hint', { n: answer.body.serving })), table(answer.body.calls, policy));
  }

  return {
    el: h('section', { class: 'example', 'aria-label': t('q.example') }, h('h3', null, t('q.example')), box),
    soon() {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void play(), PAUSE);
    },
  };
}

/** @param {Call[]} calls @param {import('/admin/hall_fields.js').Bag} policy */
function table(calls, policy) {
  return h('table', null, h('thead', null, h('tr', null, [t('q.ex.called'), t('q.ex.number'), t('q.ex.came'), t('q.ex.waited'), t('q.ex.why')].map((x) => h('th', { scope: 'col' }, x)))),
    h('tbody', null, calls.map((c) => h('tr', { class: c.priority ? 'first' : null },
      h('td', { class: 'num', 'data-label': t('q.ex.called') }, moment(c.called)),
      h('th', { scope: 'row' }, h('b', { class: 'num' }, c.number), c.priority && h('small', null, t('q.ex.priority'))),
      h('td', { class: 'num', 'data-label': t('q.ex.came') }, moment(c.came)),
      h('td', { 'data-label': t('q.ex.waited') }, t('q.ex.minutes', { n: c.called - c.came })),
      h('td', null, whys[c.why](policy))))));
}

/** A minute as a time of a morning whose counter opens at eight. @param {number} minute */
function moment(minute) {
  const at = 8 * 60 + minute, pad = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${pad((Math.floor(at / 60) + 48) % 24)}:${pad(((at % 60) + 60) % 60)}`;
}
