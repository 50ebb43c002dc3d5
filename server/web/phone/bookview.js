// What the booking page shows at each step. It only draws.
import { h } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { clockWords, dayWords, halfName, leftWords, spanWords, whenWords } from '/phone/when.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {import('/phone/when.js').Booking} Booking */
/** @typedef {import('/phone/when.js').SlotDay} SlotDay */
/** @typedef {import('/phone/when.js').SlotHalf} SlotHalf */

/** Focused when a step begins, so that a screen reader says where one is. @param {string} words */
const question = (words) => h('h1', { tabindex: -1 }, words);

/** @param {() => void} go */
export const backButton = (go) => h('button', { type: 'button', class: 'wide', onclick: go }, t('b.back'));

/**
 * @param {{id: string, name: Text}[]} services
 * @param {string} until
 * @param {(id: string) => void} pick
 */
export function serviceStep(services, until, pick) {
  return [
    question(t('b.service')),
    h('div', { class: 'options' }, services.map((s) => h('button', { type: 'button', class: 'option', 'data-service': s.id, onclick: () => pick(s.id) }, named(s.name)))),
    h('p', { class: 'foot' }, t('b.until', { time: hm(until) })),
  ];
}

/**
 * @param {SlotDay[]} days
 * @param {number} now
 * @param {(half: SlotHalf) => void} pick
 */
export function halfStep(days, now, pick) {
  if (days.length === 0) return [question(t('b.when')), h('p', { class: 'note' }, t('b.none'))];
  return [
    question(t('b.when')),
    ...days.flatMap((d) => [
      h('h2', null, dayWords(d.day, now)),
      h('div', { class: 'options halves' }, d.halves.map((half) => {
        const left = leftWords(half);
        return h('button', { type: 'button', class: 'option', disabled: half.at.length === 0, 'data-half': `${d.day} ${half.id}`, onclick: () => pick(half) },
          halfName(half), h('small', null, spanWords(half)), left && h('small', null, left));
      })),
    ]),
  ];
}

/** @param {SlotHalf} half @param {number} now @param {(at: string) => void} pick */
export function timeStep(half, now, pick) {
  return [
    question(t('b.time')),
    h('h2', null, `${dayWords(half.at[0].slice(0, 10), now)} · ${halfName(half)}`),
    h('div', { class: 'options times' }, half.at.map((at) => h('button', { type: 'button', class: 'option', 'data-at': at, onclick: () => pick(at) }, clockWords(at)))),
  ];
}

/** @param {string} service @param {string} at @param {boolean} busy @param {() => void} yes */
export function sureStep(service, at, busy, yes) {
  return [
    question(t('b.sure')),
    h('section', { class: 'card' }, h('p', { class: 'what' }, whenWords(at)), h('p', { class: 'what' }, service)),
    h('button', { type: 'button', class: 'wide go', disabled: busy, onclick: yes }, t('b.yes')),
  ];
}

/**
 * @param {Booking} x
 * @param {object} about
 * @param {string} about.service its name
 * @param {number} about.late minutes
 * @param {string} about.qr address of the picture; empty when there is none
 */
export function bookedStep(x, { service, late, qr }) {
  if (x.state === 'arrived') return [plain(t('b.arrived'), t('b.arrived.sub'), 'good')];
  if (x.state === 'expired') return [plain(t('b.over'), t('b.over.sub'), 'bad')];
  return [
    h('section', { class: 'card good booked' },
      h('h1', { tabindex: -1 }, t('b.done')),
      h('p', { class: 'when' }, whenWords(x.at)),
      h('p', { class: 'sub' }, service),
      qr && h('img', { src: qr, alt: t('b.qr'), width: 240, height: 240 }),
      h('p', { class: 'sub' }, t('b.code')),
      h('b', { class: 'code' }, x.code)),
    h('ul', { class: 'steps' },
      h('li', null, t('b.arrive')),
      h('li', null, late > 0 ? t('b.late', { n: late }) : t('b.late.none')),
      h('li', null, t('b.keep'))),
  ];
}

/** @param {string} title @param {string} more @param {string} mood */
const plain = (title, more, mood) => h('section', { class: `card ${mood}` }, h('h1', { tabindex: -1 }, title), h('p', { class: 'sub' }, more));

export const endStep = () => [plain(t('b.end'), t('b.end.sub'), 'bad')];
