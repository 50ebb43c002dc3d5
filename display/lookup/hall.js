// "Thông tin niêm yết": what the law and the hall want everybody to be able to
// read. A part that the hall has nothing to say of is not there.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { tell } from '/lookup/later.js';
import { changesView, feeFieldsView } from '/lookup/fees.js';
import { complaintsView, conductView, countsView, daysView, follow, hasComplaints, specials, tariffView } from '/lookup/notices.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {{received: number, resolved: number, pending: number, overdue: number, updated_at: string, now: number}} Counts this month's, `now` when they were asked for */
/** @typedef {{name: string, image: string, title: Said, open: () => void}} Part */
/** @typedef {{changes: boolean, counts: Counts | null}} Known what had to be asked for */

/**
 * @param {App} app
 * @returns {() => View}
 */
export function hallView(app) {
  const known = /** @type {Known} */ ({ changes: false, counts: null });
  void learn(app, known);
  return () => tilesView(app, known);
}

/** Is there anything in the parts that the server holds? @param {App} app @param {Known} known */
async function learn(app, known) {
  const here = `/api/v1/branches/${encodeURIComponent(branch())}`;
  const [changes, counts] = await Promise.all([
    app.state().branch.lookup ? app.get('/api/v1/catalogue/changes?limit=1') : null,
    app.get(`${here}/dossiers/counts?period=month`),
  ]);
  const before = JSON.stringify(known);
  known.changes = Boolean(changes?.ok && changes.body.items.length > 0);
  if (counts.ok && counts.body.received + counts.body.resolved + counts.body.pending > 0) known.counts = { ...counts.body, now: Date.parse(counts.body.updated_at) || app.now() };
  if (JSON.stringify(known) !== before && document.getElementById('stage')?.dataset.screen === 'hall') app.redraw();
}

/** @param {App} app @param {Known} known @returns {Part[]} */
function parts(app, known) {
  const state = app.state(), { hall, lookup, box, services } = state.branch;
  const show = (/** @type {() => View} */ make) => () => app.show(make);
  /** @type {(Part | false | undefined | null)[]} */
  const all = [
    lookup && { name: 'fees', image: 'list', title: { key: 'l.hall.fees' }, open: () => app.show(feeFieldsView(app)) },
    known.changes && { name: 'changes', image: 'recall', title: { key: 'l.hall.changes' }, open: () => app.show(changesView(app)) },
    hasComplaints(hall) && { name: 'complaints', image: 'megaphone', title: { key: 'l.hall.complaints' }, open: show(() => complaintsView(app)) },
    box && { name: 'box', image: 'hand-heart', title: { key: 'l.tell.box' }, open: () => tell(app) },
    (hall?.conduct?.length ?? 0) > 0 && { name: 'conduct', image: 'user-check', title: { key: 'l.hall.conduct' }, open: () => app.show(conductView(app)) },
    specials(services).length > 0 && { name: 'days', image: 'calendar', title: { key: 'l.hall.days' }, open: () => app.show(daysView(app)) },
    (hall?.tariff?.rows?.length ?? 0) > 0 && { name: 'tariff', image: 'transfer', title: { key: 'l.hall.tariff' }, open: () => app.show(tariffView(app)) },
    known.counts && { name: 'counts', image: 'file', title: { key: 'l.hall.counts' }, open: show(() => countsView(/** @type {Counts} */ (known.counts))) },
  ];
  return all.filter((x) => x !== false && x !== undefined && x !== null);
}

/** @param {App} app @param {Known} known @returns {View} */
function tilesView(app, known) {
  const shown = parts(app, known);
  return {
    name: 'hall', title: t('l.hall'), update: follow(app), fresh: () => void learn(app, known),
    read: () => [{ key: 'l.hall' }, ...shown.map(({ title }, i) => /** @type {Said} */ ({ key: 'k.say.plain', args: { n: i + 1, name: title } }))],
    nodes: [shown.length === 0 ? h('p', { class: 'hint' }, t('l.hall.none'))
      : h('div', { class: 'notices', style: { '--count': shown.length } }, shown.map(({ name, image, title, open }) =>
        h('button', { type: 'button', class: 'notice', 'data-part': name, onclick: open }, icon(image), h('strong', null, t('key' in title ? title.key : '')))))],
  };
}
