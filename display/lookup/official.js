// The official text of a procedure, as the decision published it.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { day } from '/web/time.js';
import { modesText } from '/lookup/facts.js';
import { flow } from '/lookup/flow.js';

/** @typedef {import('/lookup/procedure.js').Procedure} Procedure */

/** @param {Procedure} p @param {{page: number}} read how far @returns {import('/lookup/app.js').View} */
export function officialView(p, read) {
  const body = flow(parts(p), read.page, (n) => void (read.page = n));
  return {
    name: 'official', nav: p.field, title: t('l.official'), keeps: true,
    lead: [h('p', { class: 'count' }, p.name.length > 160 ? `${p.name.slice(0, 160)}…` : p.name)], nodes: [body.el], layout: body.layout,
    read: () => [{ key: 'l.official' }, text(p.name), ...parts(p).map((x) => text(x.textContent ?? ''))],
  };
}

/** @param {string} x @returns {import('/web/speech.js').Said} */
const text = (x) => ({ name: { vi: x, en: x } });

/** @param {Procedure} p @returns {HTMLElement[]} */
function parts(p) {
  const rules = [...new Set(p.plain.cases.flatMap((c) => c.bring).map((x) => x.whole || x.name))];
  const lines = (/** @type {string | undefined} */ s) => (s ?? '').split('\n').map((x) => x.trim()).filter(Boolean);
  return [
    part(t('l.proc.steps'), lines(p.steps)),
    part(t('l.proc.papers'), rules),
    part(t('l.proc.filing'), (p.channels ?? []).map((c) => [modesText([c.mode]), c.time, c.fee, c.note].filter(Boolean).join(' · '))),
    part(t('l.proc.rules'), lines(p.requirements)),
    part(t('l.proc.results'), p.results ?? []),
    part(t('l.proc.who'), p.subjects ?? []),
    part(t('l.proc.agency'), [p.agency ?? '', p.authority && p.authority !== p.agency ? p.authority : '', p.reception ?? '']),
    part(t('l.proc.law'), lines(p.legal_basis)),
    part(t('l.proc.decision'), [p.decision ?? '', p.effective ? t('l.proc.since', { day: vnDay(p.effective) }) : '']),
    part(t('l.proc.source'), [p.source ?? '', p.as_of ? t('l.proc.asof', { day: vnDay(p.as_of) }) : '', p.changed ? t('l.proc.changed', { day: vnDay(day(p.changed)) }) : '']),
  ].filter((x) => x instanceof HTMLElement);
}

/** @param {string} heading @param {string[]} lines */
function part(heading, lines) {
  const said = lines.filter(Boolean);
  return said.length > 0 ? h('section', { class: 'official-part' }, h('h2', null, heading), said.map((x) => h('p', null, x))) : null;
}

/** "2026-07-01" or "2026-07" as people write it. @param {string} iso */
const vnDay = (iso) => iso.split('-').reverse().join('/');
