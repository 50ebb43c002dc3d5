// The guide books a later half-day for a visitor who stands at the desk: which
// queue, which half-day, what time; then the code, to be photographed.
import { h, mount } from '/web/dom.js';
import { get, post } from '/web/api.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { ask, choice, chosen, select } from '/desk/ask.js';
import { clockWords, dayWords, halfName, leftWords, spanWords, whenWords } from '/phone/when.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/phone/when.js').SlotDay} SlotDay */
/** @typedef {{service: string, at: string}} Wish */

const path = () => `/api/v1/branches/${encodeURIComponent(branch())}`;

/**
 * Asks, books, shows the code.
 * @param {HallState} state
 * @param {number} now the server's time
 */
export async function bookFor(state, now) {
  const wish = await askWish(state, now);
  if (!wish) return;
  const answer = await book(wish);
  const name = named(state.branch.services.find((s) => s.id === wish.service)?.name);
  if (answer.ok) await showCode(answer.pass, answer.body, name);
  else await ask({ title: t('b.desk.fail'), why: whyNot(answer.code), yes: t('b.desk.ok'), answer: () => true });
}

/** A desk may not book by itself: it gives out a pass and uses it. @param {Wish} wish */
async function book(wish) {
  const made = await post(`${path()}/passes`);
  if (!made.ok) return { ...made, pass: '' };
  const pass = `/api/v1/passes/${encodeURIComponent(made.body.pass)}`;
  return { ...await post(`${pass}/booking`, wish), pass };
}

/** @param {string} code */
function whyNot(code) {
  if (code === 'quota_full') return t('b.taken');
  return code === 'service_closed' || code === 'bad_parameter' ? t('b.gone') : sentence(code);
}

/** @param {HallState} state @param {number} now @returns {Promise<Wish | null>} */
function askWish(state, now) {
  const services = state.branch.services.map((s) => ({ value: s.id, label: `${s.prefix} · ${named(s.name)}` }));
  const service = select(t('b.desk.service'), services, '');
  const half = h('select', { disabled: true }), times = h('div'), fault = h('p', { class: 'fault', role: 'alert' });
  /** @type {import('/phone/when.js').SlotHalf[]} */
  let halves = [];

  function showTimes() {
    const at = halves[half.selectedIndex]?.at ?? [];
    mount(times, at.length > 0 && choice('at', t('b.desk.time'), at.map((value) => ({ value, label: clockWords(value) })), at[0]));
  }

  let asked = 0;
  async function load() {
    const mine = ++asked;
    halves = [];
    half.disabled = true;
    mount(half, h('option', null, t('b.desk.load')));
    showTimes();
    const answer = await get(`${path()}/bookings/slots?service=${encodeURIComponent(service.value())}`);
    if (mine !== asked) return; // another queue was chosen meanwhile
    fault.textContent = answer.ok ? '' : sentence(answer.code);
    if (!answer.ok) return mount(half);
    const days = /** @type {SlotDay[]} */ (answer.body.days);
    halves = days.flatMap((d) => d.halves);
    half.disabled = halves.length === 0;
    mount(half, ...days.flatMap((d) => d.halves.map((x) => h('option', { disabled: x.at.length === 0 }, halfOption(d.day, x, now)))));
    half.selectedIndex = halves.findIndex((x) => x.at.length > 0);
    if (half.selectedIndex < 0) fault.textContent = t('b.none');
    showTimes();
  }
  service.el.addEventListener('change', load);
  half.addEventListener('change', showTimes);
  void load();

  return ask({
    title: t('b.desk'), why: t('b.desk.sub'), yes: t('b.yes'),
    body: [service.el, h('label', { class: 'field' }, h('span', { class: 'label' }, t('b.desk.half')), half), times, fault],
    answer() {
      const at = chosen(times);
      if (!at) fault.textContent = t('b.desk.pick');
      return at ? { service: service.value(), at } : null;
    },
  });
}

/** @param {string} day @param {import('/phone/when.js').SlotHalf} x @param {number} now */
function halfOption(day, x, now) {
  const words = t('b.desk.half.of', { day: dayWords(day, now), half: halfName(x), span: spanWords(x) });
  return [words, leftWords(x)].filter(Boolean).join(' · ');
}

/** @param {string} pass its address @param {import('/phone/when.js').Booking} x @param {string} service */
function showCode(pass, x, service) {
  const when = whenWords(x.at);
  return ask({
    title: when, why: service, yes: t('b.desk.ok'), answer: () => true,
    body: [
      h('div', { class: 'booked' },
        h('img', { src: `${pass}/code.svg`, alt: t('b.qr'), width: 280, height: 280 }),
        h('p', null, t('b.code'), h('b', null, x.code)),
        h('p', { class: 'hint' }, t('b.desk.photo'))),
      h('p', { class: 'tell' }, t('b.desk.tell', { when, service, code: x.code })),
    ],
  });
}
