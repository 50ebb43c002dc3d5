// What the page of a procedure says. It only draws.
import { h, mount } from '/web/dom.js';
import { locale, named, t } from '/web/i18n.js';
import { ranges } from '/web/labels.js';
import { official } from '/phone/procofficial.js';

/** @typedef {import('/web/types.js').Text} Text */

/** @typedef {{name: string, whole?: string, originals: number, copies: number, show?: boolean, form?: string, form_url?: string}} Paper */
/** @typedef {{name?: string, bring: Paper[], sets?: string}} Case */
/** @typedef {{modes: string[], text: string}} Time */
/** @typedef {{modes: string[], text?: string, note?: string, by_province?: boolean, resolution?: string, from?: string}} Fee */
/** @typedef {{name: Text, address?: Text, phone?: string, email?: string, hours?: Text, metres?: number}} Office */

/**
 * A procedure as /p/{code}/record.json has it.
 * @typedef {object} Record
 * @property {string} branch
 * @property {Text} hall
 * @property {string} [person] how people are addressed
 * @property {string} code
 * @property {string} name
 * @property {string} field
 * @property {boolean} [withdrawn]
 * @property {boolean} [sample]
 * @property {string} [as_of]
 * @property {string} [source]
 * @property {string} [decision]
 * @property {string} [effective]
 * @property {{cases: Case[], times: Time[], fees: Fee[]}} plain
 * @property {string[]} counters
 * @property {string[]} services
 * @property {Office[]} offices
 * @property {{on_the_spot?: boolean}} [own]
 * @property {{from: string, text: Text}} [late]
 * @property {Text} [promise]
 * @property {{level: string, url: string}} online
 * @property {string[]} [levels]
 * @property {string} [kind]
 * @property {string[]} [subjects]
 * @property {string} [agency]
 * @property {string} [authority]
 * @property {string} [reception]
 * @property {string} [steps]
 * @property {{case?: string, items: {name: string, form?: string, originals: number, copies: number}[]}[]} [documents]
 * @property {{mode: string, time?: string, fee?: string, note?: string}[]} [channels]
 * @property {string} [requirements]
 * @property {string[]} [results]
 * @property {string} [legal_basis]
 */

/**
 * @typedef {object} Hand what the visitor does
 * @property {number} which case
 * @property {(n: number) => void} choose
 * @property {Set<number>} done papers that are ready
 * @property {(n: number, on: boolean) => void} tick
 */

/** Names go up to a thousand letters; the whole of it stands in the official text. */
const LONG = 90, MOST = 200;

/** @param {string} name */
const short = (name) => (name.length > MOST ? `${name.slice(0, name.lastIndexOf(' ', MOST)).replace(/[ ,;:]+$/, '')}…` : name);

/** @param {HTMLElement} el @param {Record | null} r @param {HTMLElement} language */
export function drawHead(el, r, language) {
  mount(el,
    h('div', { class: 'hall' }, h('small', null, named(r?.hall)), language),
    r && h('h1', { class: r.name.length > LONG ? 'long' : '' }, short(r.name)),
    r && h('p', { class: 'code' }, t('pr.code', { code: r.code }), ' · ', r.field),
    r?.sample && h('p', { class: 'sample' }, t('pr.sample')));
}

/** @param {string} code */
export function missing(code) {
  return [h('section', { class: 'card' }, h('h1', null, t('pr.unknown')), h('p', { class: 'sub' }, t('pr.unknown.sub', { code })))];
}

export function withdrawn() {
  return [h('section', { class: 'card bad' }, h('h2', null, t('pr.withdrawn')), h('p', { class: 'sub' }, t('pr.withdrawn.sub')))];
}

/** @param {Record} r @param {Hand} hand */
export function drawRecord(r, hand) {
  return [
    cases(r, hand), bring(r, hand), facts(r), offices(r), told(r),
    r.online.url && h('a', { class: 'wide go', href: r.online.url, rel: 'noopener noreferrer' }, t('pr.online')),
    h('button', { type: 'button', class: 'wide print', onclick: () => window.print() }, t('pr.print')),
    official(r), source(r),
  ];
}

/** @param {Record} r @param {Hand} hand */
function cases({ plain }, { which, choose }) {
  if (plain.cases.length < 2) return null;
  return h('details', { class: 'card cases' },
    h('summary', null, h('small', null, t('pr.case.q')), plain.cases[which].name || t('pr.case', { n: which + 1 })),
    h('fieldset', null, h('legend', { class: 'sr' }, t('pr.case.q')),
      plain.cases.map((c, n) => h('label', null,
        h('input', { type: 'radio', name: 'case', checked: n === which, onchange: () => choose(n) }), box(), h('span', null, c.name || t('pr.case', { n: n + 1 }))))));
}

/** What is seen of an input, which itself covers its whole line. */
const box = () => h('i', { class: 'tick', 'aria-hidden': 'true' });

/** @param {Record} r @param {Hand} hand */
function bring({ plain }, { which, done, tick }) {
  const found = plain.cases[which];
  const papers = found?.bring ?? [];
  const count = h('p', { class: 'sub', 'aria-live': 'polite' });
  const say = () => (count.textContent = t('pr.ready', { n: [...done].filter((n) => n < papers.length).length, all: papers.length }));
  say();
  return h('section', { class: 'card bring' },
    h('h2', { id: 'bring', tabindex: -1 }, t('pr.bring')),
    papers.length ? count : h('p', { class: 'sub' }, t('pr.bring.none')),
    h('ol', null, papers.map((paper, n) => h('li', null,
      h('label', null,
        h('input', { type: 'checkbox', checked: done.has(n), onchange: (/** @type {Event} */ e) => {
          tick(n, /** @type {HTMLInputElement} */ (e.target).checked);
          say();
        } }), box(),
        h('span', null, paper.name, h('small', null, howMany(paper)))),
      paper.form_url && h('a', { class: 'form', href: paper.form_url, target: '_blank', rel: 'noopener noreferrer' }, paper.form ? t('pr.form', { name: paper.form }) : t('pr.form.plain')),
      paper.whole && h('details', { class: 'more' }, h('summary', null, t('pr.whole')), h('p', { lang: 'vi' }, paper.whole))))),
    found?.sets && h('p', { class: 'sub' }, t('pr.sets', { n: found.sets })));
}

/** @param {Paper} paper */
function howMany({ originals, copies, show }) {
  return [originals > 0 && t('pr.originals', { n: originals }), copies > 0 && t('pr.copies', { n: copies }), show && t('pr.show')]
    .filter((x) => x).join(' · ');
}

/** @param {string[]} modes */
const modesOf = (modes) => modes.map((m) => t(`pr.mode.${m}`)).join(', ');

/** @param {Record} r */
function facts({ plain, counters }) {
  /** @param {string} term @param {string} which @param {...(string | Node | false | undefined)} value */
  const row = (term, which, ...value) => h('div', null, h('dt', null, term, which && h('small', null, which)), h('dd', null, value));
  const { times, fees } = plain;
  return h('dl', { class: 'facts' },
    times.map((x) => row(t('pr.time'), times.length > 1 ? modesOf(x.modes) : '', x.text)),
    fees.map((x) => row(t('pr.fee'), fees.length > 1 ? modesOf(x.modes) : '', x.text || t('pr.province'),
      x.resolution && h('small', null, x.resolution), x.note && h('small', null, x.note))),
    counters.length > 0 && row(t('pr.where'), '', t('pr.counters', { area: ranges(counters) })));
}

/** Who takes it when nobody here does. @param {Record} r */
function offices(r) {
  if (r.services.length > 0) return null;
  return h('section', { class: 'card' }, h('h2', null, t('pr.where')),
    h('p', { class: 'sub' }, r.offices.length ? t('pr.elsewhere') : t('pr.nowhere')),
    r.offices.map((o) => h('address', null, h('b', null, named(o.name)), far(o),
      h('span', null, named(o.address)), h('span', null, named(o.hours)),
      o.phone && h('a', { href: `tel:${o.phone.replace(/[^+\d]/g, '')}` }, o.phone),
      o.email && h('a', { href: `mailto:${o.email}` }, o.email))));
}

/** @param {Office} o */
function far({ metres }) {
  if (!metres) return null;
  const km = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(metres / 1000);
  return h('span', null, metres < 1000 ? t('pr.metres', { n: metres }) : t('pr.km', { n: km }));
}

/** @param {Record} r */
function told(r) {
  const all = [named(r.late?.text), named(r.promise), r.own?.on_the_spot ? t('pr.spot') : ''].filter((x) => x);
  return all.length > 0 && h('ul', { class: 'notes' }, all.map((text) => h('li', null, text)));
}

/** Where it comes from, and of when. @param {Record} r */
function source(r) {
  const link = /^https:\/\//.test(r.source ?? '');
  return h('footer', { class: 'source' },
    r.sample && h('p', null, t('pr.sample.sub')),
    r.decision && h('p', null, t('pr.decision', { no: r.decision })),
    r.as_of && h('p', null, t('pr.as_of', { date: r.as_of })),
    r.source && h('p', null, link ? h('a', { href: r.source, rel: 'noopener noreferrer' }, t('pr.source')) : r.source));
}
