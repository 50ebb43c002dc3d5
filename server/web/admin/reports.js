// Reports: one page from the figures of a span of days down to single events, on
// screen and on paper. The address says what it shows, so that it can be sent on.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { day } from '/web/time.js';
import { fitCharts } from '/admin/chart.js';
import { definitionList } from '/admin/reports_define.js';
import { exporter } from '/admin/reports_export.js';
import { headline, letterhead, sampleMark, signature, titleOf } from '/admin/reports_head.js';
import { comparison, dossiers, overrides } from '/admin/reports_more.js';
import { around, before, rangeKey, readRange, spanNames } from '/admin/reports_range.js';
import { officers, ratings } from '/admin/reports_ratings.js';
import { tables } from '/admin/reports_tables.js';
import { FILTERS, remember, tools } from '/admin/reports_tools.js';
import { search, tracer } from '/admin/reports_trace.js';
import { style } from '/admin/style.js';
import { counters, heat, pauses, trend, waits } from '/admin/reports_trend.js';

/** @typedef {import('/admin/reports_types.js').Report} Report */
/** @typedef {import('/admin/reports_types.js').Query} Query */
/** @typedef {import('/admin/reports_types.js').Scene} Scene */
/** @typedef {import('/admin/reports_types.js').Definition} Definition */
/** @typedef {import('/admin/reports_types.js').BranchInfo} BranchInfo */
/** @typedef {import('/admin/reports_tools.js').Wish} Wish */
/** @typedef {{report: Report, before: Report | null, compare: any, officers: any}} Loaded */

await Promise.all(['/admin/reports.css', '/admin/chart.css', '/admin/print.css'].map(style));

/** A year of a large hall takes its time, ms. */
const PATIENCE = 60_000;
/** What the width of A4 gives a chart, px: letters stay readable. */
const PAPER = 690;

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const today = () => day(app.now() || Date.now());
  /** @type {Wish} */
  let wish = readAddress(today(), app.branch);
  /** @type {BranchInfo[]} */
  let branches = [];
  /** @type {Definition[]} */
  let defs = [];
  /** @type {Loaded | null} */
  let loaded = null;
  /** @type {Map<string, Map<string, string>>} */
  const seen = new Map();
  let asked = 0, ready = false, whoseNames = '';
  const bar = tools(() => wish, today, go), taking = exporter(query, app.reader, () => void load());
  const wait = h('p', { class: 'loading', role: 'status' }), body = h('div', { class: 'sheet' });

  /** @returns {Query} */
  function query() {
    return { branches: wish.branch ? [wish.branch] : [], ...wish.range, filters: wish.filters };
  }

  /** @param {Wish} next */
  function go(next) {
    wish = next;
    const to = address(wish);
    if (location.hash !== to) history.pushState(null, '', to);
    void load();
  }

  function moved() {
    if (!location.hash.startsWith('#/reports')) return;
    const next = readAddress(today(), app.branch);
    if (address(next) === address(wish)) return;
    wish = next;
    void load();
  }

  /** What does not change with the days. */
  async function prepare() {
    const [told, halls] = await Promise.all([get('/api/v1/reports/definitions', PATIENCE), get('/api/v1/reports/branches', PATIENCE)]);
    if (told.ok) defs = told.body.definitions ?? [];
    if (halls.ok) branches = halls.body.branches ?? [];
    ready = told.ok && halls.ok;
  }

  async function load() {
    const turn = ++asked, now = query(), against = before(wish.span, wish.range, today());
    bar.draw(branches, seen, app.state()?.branch);
    body.setAttribute('aria-busy', 'true');
    wait.textContent = t('rp.loading');
    if (!ready) await prepare();
    const one = wish.branch || (branches.length === 1 ? branches[0].id : '');
    const [report, was, compare, list] = await Promise.all([ask(`/api/v1/reports?${search(now)}`), ask(`/api/v1/reports?${search({ ...now, ...against })}`),
      branches.length > 1 ? ask(`/api/v1/reports/compare?${search({ ...now, branches: [], filters: {} })}`) : null,
      one ? ask(`/api/v1/reports/officers?${search({ ...now, branches: [one] })}`) : null]);
    if (turn !== asked) return;
    body.removeAttribute('aria-busy');
    wait.textContent = '';
    if (!report.ok) {
      loaded = null;
      return void mount(body, h('p', { class: 'fault', role: 'alert' }, sentence(report.code)), h('button', { type: 'button', class: 'plain', onclick: () => void load() }, t('rp.again')));
    }
    loaded = { report: report.body, before: was.ok ? was.body : null, compare: compare?.ok ? compare.body : null, officers: list?.ok ? list.body : null };
    if (wish.branch !== whoseNames) seen.clear();
    whoseNames = wish.branch;
    if (one) remember(seen, loaded.report.by); // over several halls an id is a hall's and its own
    bar.draw(branches, seen, app.state()?.branch);
    draw();
  }

  /** @param {Loaded} of @returns {Scene} */
  function sceneOf(of) {
    /** @type {Scene} */
    const scene = { report: of.report, before: of.before, span: wish.span, range: wish.range, against: before(wish.span, wish.range, today()), query: query(), branch: app.state()?.branch ?? null, reader: app.reader,
      define: (id) => defs.find((d) => d.id === id),
      trace: (figure, title, narrow) => void follow.list(figure, title, { ...scene.query, ...narrow, filters: { ...scene.query.filters, ...narrow?.filters } }),
      visit: (id, branch) => void follow.one(id, branch || wish.branch || app.branch) };
    const follow = tracer(scene);
    return scene;
  }

  function draw() {
    if (!loaded) return;
    const scene = sceneOf(loaded), { report } = loaded, hall = branches.find((b) => b.id === wish.branch)?.name ?? '';
    const whose = wish.branch ? hall || named(app.state()?.branch.name) : t('rp.all.branches');
    const letter = branches.find((b) => b.id === (wish.branch || app.branch))?.letterhead ?? {};
    const head = [letterhead(letter, hall || named(app.state()?.branch.name), day(report.made)), h('p', { class: 'paper-title' }, t('rp.paper'))];
    mount(body, head, report.sample ? sampleMark() : null, titleOf(scene, whose), filterWords(),
      report.total.taken === 0 ? h('p', { class: 'none empty' }, t('rp.empty.more')) : [headline(scene), trend(scene), h('div', { class: 'two' }, h('div', { class: 'half' }, waits(scene), pauses(scene)), counters(scene)), heat(scene),
        tables(scene), ratings(scene), loaded.officers ? officers(scene, loaded.officers, wish.range.to.slice(0, 7), () => void load()) : null, overrides(scene), dossiers(scene)],
      loaded.compare ? comparison(scene, loaded.compare.branches ?? [], report.ranked) : null, signature(letter), definitionList(defs));
  }

  /** What it is narrowed to, in words: it must stand on the paper too. */
  function filterWords() {
    const list = FILTERS.filter((f) => wish.filters[f]).map((f) => seen.get(f)?.get(wish.filters[f] ?? '') ?? wish.filters[f] ?? '');
    return list.length > 0 ? h('p', { class: 'narrowed' }, t('rp.narrowed', { what: list.join(' · ') })) : null;
  }

  const onPaper = () => {
    for (const d of body.querySelectorAll('.defs details')) d.setAttribute('open', '');
    fitCharts(body, PAPER);
  };
  const offPaper = () => fitCharts(body, 0);
  const all = /** @type {const} */ ([['hashchange', moved], ['popstate', moved], ['beforeprint', onPaper], ['afterprint', offPaper]]);
  for (const [name, fn] of all) window.addEventListener(name, fn);
  let namesKnown = false;

  return {
    el: h('div', { class: 'part rp' }, h('div', { class: 'desk' }, bar.el, taking.el, wait), body),
    draw(state) {
      // Names of the hall come with its state, once; figures stay until somebody asks again.
      if (!namesKnown) bar.draw(branches, seen, state.branch);
      if (!namesKnown && loaded) draw();
      namesKnown = true;
    },
    open: () => void (loaded ?? load()),
    close() {
      asked++;
      taking.close();
      for (const [name, fn] of all) window.removeEventListener(name, fn);
    },
  };
}

/** Asks; while the server works out others' figures, again when it says. @param {string} path @returns {Promise<import('/web/api.js').Answer>} */
async function ask(path, tries = 8) {
  const answer = await get(path, PATIENCE);
  if (answer.code !== 'figures_busy' || tries === 0) return answer;
  await new Promise((done) => setTimeout(done, 1000 * (answer.after || 1)));
  return ask(path, tries - 1);
}

/** The address of what is shown: "#/reports/month/2026-11-01..2026-11-30?service=ho-tich". @param {Wish} w */
function address(w) {
  const p = new URLSearchParams({ branch: w.branch });
  for (const f of FILTERS) if (w.filters[f]) p.set(f, w.filters[f] ?? '');
  return `#/reports/${w.span}/${rangeKey(w.range)}?${p}`;
}

/** @param {string} today @param {string} branch @returns {Wish} */
function readAddress(today, branch) {
  const [path, rest = ''] = location.hash.replace(/^#\/?/, '').split('?'), [, span = 'month', key = ''] = path.split('/'), p = new URLSearchParams(rest);
  const s = /** @type {Wish['span']} */ (Object.hasOwn(spanNames, span) ? span : 'month'), told = readRange(key);
  const range = s === 'range' ? told ?? around('month', today) : around(s, told?.from ?? today);
  return { span: s, range, branch: p.get('branch') ?? branch, filters: Object.fromEntries(FILTERS.map((f) => [f, p.get(f) ?? undefined])) };
}
