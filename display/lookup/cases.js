// "Trường hợp nào?": the papers depend on it, so it is asked before them.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { on } from '/kiosk/modes.js';
import { held, pages } from '/lookup/pages.js';

/** Choices on a page: more cannot be taken in. */
const MOST = 6;
/** Letters on a line, and a line's height in units. */
const WIDE = 64, TALL = 40, LINE = 36;

/**
 * @param {import('/lookup/procedure.js').Case[]} cases
 * @param {(i: number) => void} choose
 */
export function casesView(cases, choose) {
  const names = cases.map((x, i) => x.name || t('l.case.n', { n: i + 1 })), shown = names.map((x) => parted(x, names));
  const list = pages({
    least: Math.max(84, 12 + LINE * linesOf(shown)), high: 124, most: MOST, label: t('l.case.q'), load: held(cases),
    row: (_, i) => h('button', { type: 'button', class: 'row choice', onclick: () => choose(i) },
      h('span', { class: 'num letter' }, String(i + 1)), h('span', { class: 'name' }, h('span', { class: 'title' }, shown[i])), icon('chevron-right')),
  });
  return { el: h('div', { class: 'asking' }, h('h2', null, t('l.case.q')), list.el), layout: list.layout };
}

/** Lines of the longest name, three at most. @param {(Node | string)[][]} shown */
function linesOf(shown) {
  const room = (document.documentElement.dataset.shape === 'wide' ? WIDE : TALL) * (on('text') ? 0.78 : 1);
  return Math.min(3, Math.ceil(Math.max(...shown.map((parts) => parts.reduce((n, x) => n + (x instanceof Node ? x.textContent ?? '' : x).length, 0))) / room));
}

/** A beginning shared with another case is worth setting apart from here on, and cut from there on; letters. */
const SHARED = 24, TOO_LONG = 60, BEGINNING = 30;
/** What a case has of its own may be too little to tell it by; letters. */
const OWN = 12;

/** What a case has in common with another stands back; what is its own is seen. @param {string} name @param {string[]} all */
function parted(name, all) {
  const shared = Math.min(...all.filter((x) => x !== name).map((x) => common(name, x)).filter((n) => n >= SHARED));
  if (shared === Infinity || name.length - shared < OWN) return [name];
  const head = shared > TOO_LONG ? `${name.slice(0, BEGINNING).replace(/[\s,;:]+\S*$/, '')}…` : name.slice(0, shared);
  return [h('i', null, head), ` ${name.slice(shared).trim()}`];
}

/** Letters of the whole words that two names begin with. @param {string} a @param {string} b */
function common(a, b) {
  let at = 0, end = 0;
  while (at < a.length && a[at] === b[at]) if (a[at++] === ' ') end = at;
  return end;
}
