// What the hall asks of people on their feet: a visitor at a machine needs help, and
// whoever goes there says so; and the pages they work with in the hall.
import { get, newKey, post, remove } from '/web/api.js';
import { h, icon, keyed, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { hm } from '/web/time.js';

/** @typedef {import('/web/types.js').HallNotice} HallNotice */

/** Calls drawn at most: more are never answered one by one. */
const MOST = 10;

/** @param {import('/admin/admin.js').App} app */
export function helpCalls(app) {
  const list = h('ul', { class: 'alerts', 'aria-live': 'polite', 'aria-label': t('rp.td.help') });

  /** @param {HallNotice} n */
  async function go(n) {
    const answer = await post(`/api/v1/branches/${encodeURIComponent(app.branch)}/notices/${encodeURIComponent(n.id)}/end`, {}, { key: newKey() });
    // Somebody else was there first: that is as good.
    if (!answer.ok && answer.status !== 404) app.tell(sentence(answer.code));
  }

  /** @param {HallNotice} n */
  const row = (n) => h('li', { 'data-alert': 'help', class: 'urgent' }, icon('hand-heart'),
    h('p', null, h('b', null, t('rp.td.help.at', { name: n.by ?? '' })), h('span', null, t('rp.td.from', { time: hm(Number(n.at)) }))),
    app.may('help') && h('button', { type: 'button', onclick: () => void go(n) }, t('rp.td.help.come')));

  return {
    el: list,
    /** @returns {number} how many wait */
    draw() {
      const calls = [...(app.state()?.notices.values() ?? [])].filter((n) => n.kind === 'help').sort((a, b) => Number(a.at) - Number(b.at));
      keyed(list, calls.slice(0, MOST), (n) => n.id, (n, old) => old ?? row(n));
      return calls.length;
    },
  };
}

/**
 * The pages a person of the hall works with: numbers for visitors who do not come to the
 * machine, and the desk.
 * @param {import('/admin/admin.js').App} app
 */
export function hallPages(app) {
  if (!app.me?.account) return null;
  const at = `?branch=${encodeURIComponent(app.branch)}`;
  return h('p', { class: 'to-hall' },
    app.may('take') && h('a', { href: `/kiosk/${at}`, target: '_blank' }, icon('ticket'), t('rp.td.take')),
    app.may('serve') && h('a', { href: `/desk/${at}`, target: '_blank' }, icon('bell'), t('rp.td.desk')));
}

/** @typedef {{account: string, name: string, counter: string, label: string}} Seated */

/**
 * Who sits where, and the way to free a counter whose clerk has gone without logging out:
 * nobody else can sit there before.
 * @param {import('/admin/admin.js').App} app
 */
export function seatedPeople(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}`;
  const list = h('ul', { class: 'seated' }), el = h('section', { hidden: true }, h('h2', null, t('rp.td.seats')), list);

  /** @param {Seated} seat */
  async function free(seat) {
    const at = `${path}/counters/${encodeURIComponent(seat.counter)}`, now = app.state()?.counters.get(seat.counter);
    if (now && now.state !== 'closed' && !now.visit) await post(`${at}/close`); // nobody waits for an empty chair
    const answer = await remove(`${at}/seat`);
    app.tell(answer.ok ? t('rp.td.seats.done', { counter: seat.label }) : sentence(answer.code));
    await refresh();
  }

  /** @param {Seated} seat */
  const ask = (seat) => app.sure(t('rp.td.seats.sure', { counter: seat.label, name: seat.name }), t('rp.td.seats.free'), t('rp.td.seats.keep'), () => void free(seat));

  async function refresh() {
    if (!app.may('seats')) return;
    const answer = await get(`${path}/seats`);
    if (!answer.ok) return;
    /** @type {Seated[]} */
    const seats = answer.body.seats;
    el.hidden = seats.length === 0;
    keyed(list, seats, (s) => `${s.account} ${s.counter}`, (s, old) => {
      const li = /** @type {HTMLElement} */ (old ?? h('li'));
      if (!old) mount(li, h('b', null, t('rp.counter', { label: s.label })), h('span', null, s.name), h('button', { type: 'button', 'aria-label': t('rp.td.seats.of', { counter: s.label, name: s.name }), onclick: () => ask(s) }, t('rp.td.seats.free')));
      return li;
    });
  }

  return { el, refresh };
}
