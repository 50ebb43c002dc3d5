// What is read aloud of a procedure, in the order it is looked at: its name, the
// question or the papers, how long, how much, where, who waits.
import { feeShort, promiseText, timeShort, where } from '/lookup/facts.js';
import { paperMeta } from '/lookup/sections.js';
import { servicesOf, metaOf } from '/lookup/take.js';

/** @typedef {import('/web/speech.js').Said} Said */

/**
 * @param {import('/lookup/app.js').App} app
 * @param {import('/lookup/record.js').Open} open
 * @returns {Said[]}
 */
export function recordSaid(app, { p, chosen }) {
  const cases = p.plain.cases;
  /** @type {Said[]} */
  const list = [text(p.name)];
  if (chosen < 0) return [...list, { key: 'l.case.q' }, ...cases.map((c, i) => /** @type {Said} */ ({ key: 'k.say.plain', args: { n: i + 1, name: text(c.name ?? '') } }))];
  list.push({ key: 'l.proc.bring' });
  cases[chosen]?.bring.filter((x) => !x.note).forEach((x) => list.push(text([x.name, paperMeta(x)].filter(Boolean).join(', '))));
  list.push({ key: 'l.proc.time' }, text(timeShort(p)), { key: 'l.proc.fee' }, text(feeShort(p)), { key: 'l.proc.where' }, text(where(p)));
  const told = promiseText(app, p);
  if (told) list.push(text(told));
  for (const s of servicesOf(app, p)) list.push({ name: s.name }, text(metaOf(app, s)));
  return list;
}

/** @param {string} x @returns {Said} */
const text = (x) => ({ name: { vi: x, en: x } });
