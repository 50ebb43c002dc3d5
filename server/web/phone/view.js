// What the page says in each state of the ticket. It only draws.
import { h, mount } from '/web/dom.js';
import { locale, t, named } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { ranges, about, aboutWhen, hours } from '/web/labels.js';

/** @typedef {import('/web/types.js').Ticket} Ticket */

/** So few ahead: time to come near. */
const SOON = 2;

/**
 * The state as people feel it.
 * @param {Ticket} x
 * @returns {'wait'|'soon'|'call'|'serving'|'parked'|'done'|'miss'|'cancelled'|'booked'|'end'}
 */
export function mood(x) {
  switch (x.state) {
    case 'waiting': return x.ahead <= SOON ? 'soon' : 'wait';
    case 'called': return 'call';
    case 'serving': return 'serving';
    case 'parked': return 'parked';
    case 'ended': return 'done';
    case 'no_show': return 'miss';
    case 'cancelled': return 'cancelled';
    case 'booked': return 'booked';
    default: return 'end';
  }
}

/** @param {Ticket} x */
export const counterOf = (x) => x.counter_label || x.counter || '';

/**
 * The head: hall, number, service.
 * @param {HTMLElement} el
 * @param {Ticket} x
 * @param {HTMLElement} language
 */
export function drawTop(el, x, language) {
  mount(el,
    h('div', { class: 'hall' }, x.branch_logo && h('img', { class: 'logo', src: x.branch_logo, alt: '' }), h('small', null, named(x.branch_name)), language),
    h('div', { class: `number num${x.number.length > 4 ? ' long' : ''}` }, x.number),
    h('div', { class: 'service' }, named(x.service_name)));
}

/**
 * The card that says how things stand.
 * @param {Ticket} x
 * @param {number} now server time, ms
 * @param {number} most the most people ever seen ahead: where the bar began
 */
export function statusCard(x, now, most) {
  const { number } = x, counter = counterOf(x), area = ranges(x.area ?? []);
  switch (mood(x)) {
    case 'wait': return card('', onItsWay(x, area) || t('p.wait.h'), figures(x, now), bar(x.ahead, most));
    case 'soon': return card('soon', onItsWay(x, area) || nearly(area), figures(x, now), bar(x.ahead, most));
    case 'call': return card('call', t('p.call', { counter }), h('span', { class: 'num', 'aria-hidden': 'true' }, counter),
      x.calls > 1 && h('p', { class: 'sub' }, t('p.call.again', { n: x.calls })));
    case 'serving': return card('good', t('p.serving', { counter }));
    case 'parked': return card('soon', t('p.parked', { number }));
    case 'done': return card('good', t('p.done', { time: hm(x.ended_at || now) }));
    case 'miss': return card('bad', t('p.miss', { number }), sub(reinstating(x, now)));
    case 'cancelled': return card('', t('p.cancelled', { number }), sub(t('p.cancelled.sub')));
    case 'booked': return card('', t('p.booked'), sub(t('p.booked.sub')));
    default: return endCard();
  }
}

/** @param {string} area */
const nearly = (area) => (area ? t('p.soon', { area }) : t('p.soon.plain'));

/** For somebody who has been at a counter, or should have been. @param {Ticket} x @param {string} area */
function onItsWay(x, area) {
  const { number } = x;
  if (x.again && area) return t('p.again', { number, area });
  if (x.moved) return area ? t('p.moved.area', { number, area }) : t('p.moved', { number });
  return '';
}

/** How to be called again, and until when. @param {Ticket} x @param {number} now */
function reinstating(x, now) {
  if (!x.until || Date.parse(x.until) <= now) return t('p.miss.sub');
  return t('p.miss.until', { time: hm(x.until) });
}

/** For a ticket that is over or was never there. */
export function endCard() {
  return card('', t('p.end'), sub(t('p.end.sub')));
}

/**
 * @param {string} kind
 * @param {string} heading
 * @param {...(Node | false)} rest
 */
function card(kind, heading, ...rest) {
  return h('section', { class: `card ${kind}` }, h('h1', null, heading), rest);
}

/** @param {string} text */
const sub = (text) => h('p', { class: 'sub' }, text);

/** @param {Ticket} x @param {number} now */
function figures(x, now) {
  const long = x.estimate ? hours(x.estimate, locale()) : '';
  return h('div', { class: 'two' },
    h('div', null, h('span', { class: 'num' }, x.ahead), h('small', null, t('p.ahead'))),
    x.estimate && h('div', null,
      h('span', { class: 'num' }, long ? t('p.hours', { h: long }) : t('p.minutes', { m: about(x.estimate) })),
      h('small', null, t('p.about', { time: hm(aboutWhen(x.estimate, now)) }))));
}

/** @param {number} ahead @param {number} most */
function bar(ahead, most) {
  const done = most > 0 ? Math.round((1 - ahead / (most + 1)) * 100) : 90;
  return h('div', { class: 'bar', 'aria-hidden': 'true' }, h('i', { style: { '--done': `${Math.max(6, done)}%` } }));
}

/** Where, when, and the code for those without a camera. @param {Ticket} x @param {number} now */
export function facts(x, now) {
  const area = ranges(x.area ?? []);
  /** @param {string} term @param {string} value */
  const row = (term, value) => h('div', null, h('dt', null, term), h('dd', null, value));
  return h('dl', { class: 'facts' },
    area && row(t('p.area'), t('p.counters', { area })),
    x.estimate && row(t('p.when'), between(x.estimate, now)),
    row(t('p.issued'), hm(x.issued_at)),
    row(t('p.code'), x.code));
}

/** A turn comes between two times, most likely; both on five minutes. @param {{low: number, high: number}} e @param {number} now */
function between(e, now) {
  const step = 300_000;
  const from = Math.max(now, Math.floor((now + e.low * 60_000) / step) * step);
  return t('p.between', { from: hm(from), to: hm(Math.ceil((now + e.high * 60_000) / step) * step) });
}

/** What to bring for what the number was taken for. @param {Ticket} x */
export function papers({ procedure: p, branch }) {
  return p && h('section', { class: 'card papers' },
    h('a', { href: `/p/${encodeURIComponent(p.code)}?branch=${encodeURIComponent(branch ?? '')}` }, h('b', null, t('p.papers')), p.name),
    p.online_url && h('a', { href: p.online_url, rel: 'noopener noreferrer' }, t('p.online')));
}

/** What the hall has to say: when the result comes, and its own sentences. @param {Ticket} x */
export function notes(x) {
  const all = [x.promise, x.late, ...(x.notes ?? [])].map(named).filter((text) => text !== '');
  return all.length > 0 && h('ul', { class: 'notes' }, all.map((text) => h('li', null, text)));
}

/**
 * What screen readers say, whether they must interrupt for it, and what the browser's tab says.
 * @param {Ticket} x
 * @param {number} now
 * @returns {{say: string, title: string, urgent?: boolean}}
 */
export function spoken(x, now) {
  const { number } = x, counter = counterOf(x), n = x.ahead, area = ranges(x.area ?? []);
  const title = t('p.title', { number });
  switch (mood(x)) {
    case 'wait':
    case 'soon': {
      const place = x.estimate ? t('p.wait', { n, time: hm(aboutWhen(x.estimate, now)) }) : t('p.wait.plain', { n });
      const first = onItsWay(x, area) || (mood(x) === 'soon' ? nearly(area) : '');
      return { say: `${first} ${place}`.trim(), title: t('p.title.ahead', { number, n }) };
    }
    case 'call': return { say: t('p.call', { counter }), title: t('p.title.call', { number, counter }), urgent: true };
    case 'miss': return { say: `${t('p.miss', { number })} ${reinstating(x, now)}`, title };
    case 'serving': return { say: t('p.serving', { counter }), title };
    case 'parked': return { say: t('p.parked', { number }), title };
    case 'cancelled': return { say: t('p.cancelled', { number }), title };
    case 'done': return { say: t('p.done', { time: hm(x.ended_at || now) }), title };
    case 'booked': return { say: t('p.booked'), title };
    default: return { say: t('p.end'), title };
  }
}
