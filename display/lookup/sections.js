// What a citizen reads of a procedure: papers, times, fees, forms, where else to
// go. Plain words first; the official text has a screen of its own.
import { h, icon } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { feeText, headingRoom, modesText, timeText } from '/lookup/facts.js';

/** @typedef {import('/lookup/procedure.js').Procedure} Procedure */
/** @typedef {import('/lookup/procedure.js').Paper} Paper */
/** @typedef {import('/lookup/procedure.js').Fee} Fee */
/** @typedef {import('/lookup/record.js').Open} Open */

/**
 * @param {Open} open
 * @param {() => void} ask which case it is, again
 * @returns {HTMLElement[]}
 */
export function sections({ p, chosen }, ask) {
  const which = p.plain.cases[chosen];
  return [
    p.services.length === 0 && offices(p),
    which && papers(which, p.plain.cases.length > 1 ? ask : null),
    p.plain.times.length > 1 && times(p),
    fees(p),
    which && forms(p, which.bring, p.plain.cases.indexOf(which) + 1),
    which && notes(which.bring.filter((x) => x.note)),
    p.name.length > headingRoom() && h('section', null, h('h2', null, t('l.proc.name')), h('p', { class: 'whole' }, p.name)),
  ].filter((x) => x instanceof HTMLElement);
}

/** Remarks on a screen: who wants them all reads the official text. */
const REMARKS = 5;

/** @param {import('/lookup/procedure.js').Case} which @param {(() => void) | null} ask */
function papers(which, ask) {
  const bring = which.bring.filter((x) => !x.note);
  return h('section', { class: 'papers' },
    h('div', { class: 'case' },
      h('div', null, h('h2', null, t('l.proc.bring'), which.sets ? h('small', null, t('l.sets', { n: which.sets })) : null),
        ask && h('p', null, caseText(which.name ?? ''))),
      ask && h('button', { type: 'button', class: 'btn', onclick: ask }, t('l.case.other'))),
    bring.length > 0
      ? h('ol', null, bring.map((x, i) => h('li', null, h('b', { class: 'num' }, String(i + 1)), h('span', null, x.name), h('small', null, paperMeta(x)))))
      : h('p', null, t('l.bring.none')));
}

/** Remarks on the papers: nothing to bring, so no number. @param {Paper[]} list */
function notes(list) {
  if (list.length === 0) return null;
  const shown = list.length > REMARKS + 1 ? list.slice(0, REMARKS) : list;
  return h('section', { class: 'notes' }, h('h2', null, t('l.proc.notes')),
    h('ul', null, shown.map((x) => h('li', null, x.name))),
    shown.length < list.length && h('p', null, t('l.notes.more', { n: list.length - shown.length })));
}

/** Many cases begin with the word already. @param {string} name */
const caseText = (name) => (/^trường hợp/i.test(name) ? name : t('l.case', { name: name.replace(/^đối với (?:các )?(?:trường hợp )?/i, '') }));

/** "1 bản · có mẫu". @param {Paper} x */
export function paperMeta(x) {
  const parts = [];
  if (x.show) parts.push(t('l.paper.show'));
  else if (x.originals > 0 && x.copies > 0) parts.push(t('l.paper.both', { n: x.originals, m: x.copies }));
  else if (x.originals > 0) parts.push(x.form || x.form_url ? t('l.paper.n', { n: x.originals }) : x.originals === 1 ? t('l.paper.original') : t('l.paper.originals', { n: x.originals }));
  else if (x.copies > 0) parts.push(x.copies === 1 ? t('l.paper.copy') : t('l.paper.copies', { n: x.copies }));
  if (x.form || x.form_url) parts.push(t('l.paper.form'));
  return parts.join(' · ');
}

/** @param {Procedure} p */
function times(p) {
  return h('section', null, h('h2', null, t('l.proc.time')),
    h('ul', { class: 'lines' }, p.plain.times.map((x) => h('li', null, h('span', null, modesText(x.modes)), h('b', null, timeText(x))))));
}

/** Fees with their notes; nothing where the four facts have said it all. @param {Procedure} p */
function fees(p) {
  const list = p.plain.fees;
  if (list.length === 0 || (list.length === 1 && !list[0].note && !list[0].resolution && feeText(list[0]).length < 40)) return null;
  return h('section', null, h('h2', null, t('l.proc.fee')),
    h('ul', { class: 'lines fees' }, list.map((f) => h('li', null, h('span', null, modesText(f.modes)), h('div', null, h('b', null, feeText(f)), feeNote(f))))));
}

/** @param {Fee} f */
function feeNote(f) {
  const notes = [];
  if (f.resolution) notes.push(t('l.fee.resolution', { name: f.resolution }));
  if (f.note && f.note !== feeText(f)) notes.push(f.note);
  return notes.length > 0 ? h('p', null, notes.join(' ')) : null;
}

/** Forms with a code to scan, those that have an address. @param {Procedure} p @param {Paper[]} bring @param {number} number of the case */
function forms(p, bring, number) {
  const list = bring.flatMap((x, i) => (x.form_url ? [{ x, n: i + 1 }] : []));
  if (list.length === 0) return null;
  return h('section', { class: 'forms' }, h('h2', null, t('l.proc.forms')),
    h('ul', null, list.map(({ x, n }) => h('li', null,
      qr(`/api/v1/procedures/${encodeURIComponent(p.code)}/forms/${n}.svg?case=${number}`, t('l.form.alt', { name: x.form || x.name })),
      h('div', null, h('b', null, x.form || x.name), h('p', null, t('l.form.scan')))))));
}

/** A code to scan; where there is none, nothing. @param {string} src @param {string} alt */
function qr(src, alt) {
  const img = h('img', { class: 'qr', src, alt });
  img.addEventListener('error', () => img.remove());
  return img;
}

/** Where it is done when it is not done here. @param {Procedure} p */
function offices(p) {
  const list = p.offices ?? [];
  return h('section', { class: 'offices' }, h('h2', null, t('l.nothere.h')),
    list.length === 0 && h('p', null, p.agency ? t('l.nothere.agency', { agency: p.agency }) : t('l.nothere.ask')),
    h('ul', null, list.slice(0, 3).map((o) => h('li', null,
      h('b', null, named(o.name)), o.metres ? h('small', null, t('l.office.far', { km: (o.metres / 1000).toLocaleString('vi', { maximumFractionDigits: 1 }) })) : null,
      line('home', named(o.address)), line('phone', o.phone), line('clock', named(o.hours))))));
}

/** @param {string} image @param {string | undefined} text */
const line = (image, text) => (text ? h('p', null, icon(image), h('span', null, text)) : null);
