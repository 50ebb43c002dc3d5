// One procedure: what to bring, how long, how much, where; and the ways on from
// there. Who has several cases before them is asked first which is theirs.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { casesView } from '/lookup/cases.js';
import { factsOf, headingRoom, promiseOf, badges } from '/lookup/facts.js';
import { flow } from '/lookup/flow.js';
import { load } from '/lookup/open.js';
import { officialView } from '/lookup/official.js';
import { sections } from '/lookup/sections.js';
import { takeKey } from '/lookup/take.js';
import { phoneKey, printKey } from '/lookup/carry.js';
import { recordSaid } from '/lookup/spoken.js';
import { on } from '/kiosk/modes.js';
import { toggleReading, repeat } from '/kiosk/reader.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {import('/lookup/procedure.js').Procedure} Procedure */

/** The procedure just fetched: its first question, where there is one. @param {Procedure} p @returns {Open} */
export const opened = (p) => ({ p, chosen: p.plain.cases.length > 1 ? -1 : 0, page: 0 });

/** @typedef {{p: Procedure, chosen: number, page: number}} Open `chosen`: the case, -1 while it is asked */

/** @param {App} app @param {Open} open @returns {View} */
export function recordView(app, open) {
  const { p } = open;
  const cases = p.plain.cases;
  const asking = open.chosen < 0, large = on('text'); // large letters need the room above the papers
  const body = asking ? casesView(cases, (i) => choose(app, open, i)) : flow([...sections(open, () => ask(app, open)), large && promiseOf(app, p)].filter((x) => x instanceof HTMLElement), open.page, (n) => void (open.page = n));
  const take = takeKey(app, p);
  return {
    name: 'record', nav: p.field, title: shown(p.name), keeps: true,
    lead: [h('div', { class: 'known' }, factsOf(p), badges(p)), large ? null : promiseOf(app, p)].filter((x) => x !== null),
    nodes: asking ? [body.el] : [body.el, h('div', { class: 'acts do' },
      take.el,
      phoneKey(open), printKey(app, open),
      h('button', { type: 'button', class: 'btn', 'data-act': 'official', onclick: () => showOfficial(app, p) }, icon('file'), h('span', null, t('l.official'))),
      h('button', { type: 'button', class: 'btn short', 'data-act': 'read', onclick: () => (app.reads() ? repeat() : toggleReading()) }, icon('volume'), h('span', null, t('k.acc.read'))))],
    layout: body.layout,
    update: take.update,
    back: !asking && cases.length > 1 ? () => ask(app, open) : undefined,
    fresh: () => void again(app, open),
    read: () => recordSaid(app, open),
  };
}

/** @param {App} app @param {Procedure} p */
function showOfficial(app, p) {
  const read = { page: 0 };
  app.show(() => officialView(p, read));
}

/** Names of the longest kind are cut in the heading. @param {string} name */
const shown = (name) => (name.length > headingRoom() ? `${name.slice(0, headingRoom()).replace(/\s+\S*$/, '')}…` : name);

/** @param {App} app @param {Open} open @param {number} i */
function choose(app, open, i) {
  open.chosen = i;
  open.page = 0;
  app.redraw();
}

/** The question again. @param {App} app @param {Open} open */
function ask(app, open) {
  open.chosen = -1;
  app.redraw();
}

/** A new catalogue: what is read stays where it was unless it has changed. @param {App} app @param {Open} open */
async function again(app, open) {
  const p = await load(app, open.p.code);
  if (!p || JSON.stringify(p) === JSON.stringify(open.p)) return;
  open.p = p;
  const count = p.plain.cases.length;
  if (open.chosen >= count) open.chosen = count > 1 ? -1 : 0;
  if (open.chosen < 0 && count === 1) open.chosen = 0;
  if (document.getElementById('stage')?.dataset.screen === 'record') app.redraw();
}

