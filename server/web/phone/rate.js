// The rating: one touch; somebody unhappy may say why, or skip that.
import { h, icon, mount } from '/web/dom.js';
import { t, named } from '/web/i18n.js';
import { post, newKey } from '/web/api.js';

/** @typedef {import('/web/types.js').Ticket} Ticket */

/**
 * The card below "finished". It keeps itself up to date.
 * @param {Ticket} ticket with its levels
 * @param {() => void} done the rating is in
 */
export function rateCard(ticket, done) {
  const el = h('section', { class: 'card' });
  const levels = ticket.levels ?? [], reasons = ticket.reasons ?? [];
  const key = newKey();

  /** @param {number} level @param {string[]} why */
  const send = async (level, why) => {
    const answer = await post(`/api/v1/tickets/${encodeURIComponent(ticket.token)}/rating`,
      { level, ...(why.length > 0 && { reasons: why }) }, { key });
    if (answer.ok || answer.code === 'already_rated') return done();
    const line = answer.code === 'nothing_to_rate' ? t('r.late') : t('r.fail');
    el.append(h('p', { class: 'sub', role: 'alert' }, line));
  };

  const why = (/** @type {number} */ level) => {
    const boxes = reasons.map((r) => h('input', { type: 'checkbox', name: 'why', value: r.id }));
    mount(el,
      h('h2', null, t('r.why')),
      h('div', { class: 'reasons' }, reasons.map((r, i) => h('label', null, boxes[i], named(r.name)))),
      h('div', { class: 'pair' },
        h('button', { type: 'button', class: 'act', onclick: () => send(level, []) }, t('r.skip')),
        h('button', { type: 'button', class: 'act go', onclick: () => send(level, boxes.filter((b) => b.checked).map((b) => b.value)) }, t('r.send'))));
  };

  mount(el,
    h('h2', null, t('r.q')),
    h('div', { class: 'levels' }, levels.map((level, i) => h('button', {
      type: 'button', class: 'level',
      onclick: () => (unhappy(i, levels.length) && reasons.length > 0 ? why(i + 1) : send(i + 1, [])),
    }, icon(face(i, levels.length)), named(level.name)))),
    h('p', { class: 'sub' }, t('r.anon')));
  return el;
}

/**
 * The card after it: thanks, and the questions for who likes to answer them.
 * @param {Ticket} ticket
 */
export function thanksCard(ticket) {
  const key = `form:${ticket.rate?.tx}`, el = h('section', { class: 'card' });
  const over = (/** @type {string} */ words) => {
    sessionStorage.setItem(key, 'asked');
    mount(el, h('h2', { tabindex: -1 }, t('r.thanks')), h('p', { class: 'sub' }, words || t('r.anon')));
    el.querySelector('h2')?.focus();
  };
  const open = async () => {
    const { fourQuestions } = await import('/phone/form.js');
    fourQuestions(el, ticket, over);
  };
  mount(el, h('h2', null, t('r.thanks')), h('p', { class: 'sub' }, t('r.anon')),
    sessionStorage.getItem(key) === null && h('button', { type: 'button', class: 'wide more', 'data-act': 'form', onclick: open }, t('r.form.open')));
  return el;
}

/** The worst of four, the two worst of five. @param {number} i @param {number} n */
const unhappy = (i, n) => i > (n - 1) * 0.7;

/** @param {number} i 0 = best @param {number} n */
const face = (i, n) => `face-${Math.round((1 - i / Math.max(1, n - 1)) * 3) + 1}`;
