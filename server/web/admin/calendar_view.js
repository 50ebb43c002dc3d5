// A month, and one day of it: what the rules that give the numbers make of the draft.
import { post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { day as dayOf, hm, weekday } from '/web/time.js';
import { closedWords } from '/kiosk/closed.js';
import { words } from '/kiosk/said.js';
import { closedHall } from '/kiosk/words.js';
import { longDay } from '/admin/calendar_days.js';
import { WEEK } from '/admin/calendar_hours.js';
import { readDate } from '/admin/procedures_words.js';
import { serviceName } from '/admin/queues_edit.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{id: string, name: Text, take: string, from: string, cut_off: string, to: string, quota: number}} Half */
/** @typedef {{day: string, like: number, made_up: boolean, holiday: boolean, name: Text, halves: Half[]}} Day */
/** @typedef {Day & {golden: string[], no_slip: string[]}} MonthDay */
/** @typedef {{id: string, halves: Half[], reason: string, promise: Text, due: string|null, golden: boolean, no_slip: boolean, counters: string[]}} Served */
/** @typedef {{from: string, until: string, at: string, figures: import('/web/types.js').Figure[]}} Spell */
/** @typedef {Day & {next: string, season: number, services: Served[], spells: Spell[], month: MonthDay[]}} Preview */

/** How long after the last change the day is asked for again, ms. */
const PAUSE = 500;

/** @param {import('/admin/admin.js').App} app */
export function calendarView(app) {
  /** @type {Bag | null} */
  let draft = null;
  let chosen = '', timer = 0, turn = 0;
  const pick = h('input', { inputmode: 'numeric', autocomplete: 'off', maxlength: 10, placeholder: '24/11/2026', onchange: () => {
    const day = readDate(pick.value);
    if (day) go(day);
    else fault.textContent = t('cal.view.noday');
  } });
  const title = h('h2', { 'aria-live': 'polite' }), table = h('div', { class: 'month' }), detail = h('div', { class: 'day' }), fault = h('p', { class: 'fault', role: 'status' });
  const el = h('aside', { class: 'calendar-view', 'aria-label': t('cal.view') },
    h('div', { class: 'head' },
      h('button', { type: 'button', 'aria-label': t('cal.view.before'), onclick: () => go(neighbour(-1)) }, '‹'), title,
      h('button', { type: 'button', 'aria-label': t('cal.view.after'), onclick: () => go(neighbour(1)) }, '›')),
    table, legend(), h('label', { class: 'pick' }, t('cal.view.pick'), pick), fault, detail);

  /** The first day of the month before or after. @param {-1 | 1} way */
  function neighbour(way) {
    const [y, m] = chosen.split('-').map(Number);
    return new Date(Date.UTC(y, m - 1 + way, 1)).toISOString().slice(0, 10);
  }

  /** @param {string} day */
  function go(day) {
    chosen = day;
    void load();
  }

  async function load() {
    const mine = ++turn;
    if (!draft) return;
    chosen ||= dayOf(app.now());
    pick.value = chosen.split('-').reverse().join('/');
    const answer = await post(`/api/v1/branches/${encodeURIComponent(app.branch)}/calendar/preview`, { day: chosen, settings: draft }, { total: 0 });
    if (mine !== turn) return;
    // While something is written that cannot be, the last good picture stays.
    fault.textContent = answer.ok ? '' : answer.code === 'settings_invalid' ? t('cal.view.invalid') : sentence(answer.code);
    el.classList.toggle('stale', !answer.ok);
    if (answer.ok) draw(answer.body);
  }

  /** @param {Preview} p */
  function draw(p) {
    const [y, m] = p.day.split('-');
    title.textContent = t('cal.view.month', { m: Number(m), y });
    drawMonth(table, p, go);
    mount(detail, dayDetail(p, /** @type {Bag} */ (draft)));
  }

  return {
    el,
    /** The draft that it shows; changed in place by the form. @param {Bag} set */
    of(set) {
      draft = set;
      void load();
    },
    /** Something has changed. */
    soon() {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void load(), PAUSE);
    },
    close() {
      window.clearTimeout(timer);
      turn += 1;
    },
  };
}

/** Marks of a day; the words for them stand in the legend and in each day's label. @param {MonthDay} d @returns {[string, string][]} */
function marks(d) {
  /** @type {[string, string][]} */
  const list = [];
  if (d.holiday) list.push(['L', named(d.name) || t('cal.mark.holiday')]);
  if (d.made_up) list.push(['B', t('cal.mark.makeup')]);
  if (d.halves.length === 1 && d.halves[0].id !== 'day') list.push(['½', named(d.halves[0].name)]);
  if (d.golden.length > 0) list.push(['★', t('cal.mark.golden')]);
  if (d.no_slip.length > 0) list.push(['◆', t('cal.mark.noslip')]);
  return list;
}

const legend = () => h('ul', { class: 'legend' },
  [['L', t('cal.mark.holiday')], ['B', t('cal.mark.makeup')], ['½', t('cal.mark.half')], ['★', t('cal.mark.golden')], ['◆', t('cal.mark.noslip')]].map(([mark, name]) =>
    h('li', null, h('b', { 'aria-hidden': 'true' }, mark), ' ', name)));

/** @param {HTMLElement} table @param {Preview} p @param {(day: string) => void} go */
function drawMonth(table, p, go) {
  const focused = table.contains(document.activeElement);
  const blank = WEEK.indexOf(new Date(p.month[0].day).getUTCDay());
  /** @type {(MonthDay | null)[]} */
  const cells = [...Array(blank).fill(null), ...p.month];
  while (cells.length % 7 !== 0) cells.push(null);
  const rows = Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
  const short = [t('cal.short.1'), t('cal.short.2'), t('cal.short.3'), t('cal.short.4'), t('cal.short.5'), t('cal.short.6'), t('cal.short.0')];
  mount(table, h('table', null,
    h('thead', null, h('tr', null, WEEK.map((d, i) => h('th', { scope: 'col', abbr: weekday(d) }, short[i])))),
    h('tbody', null, rows.map((row) => h('tr', null, row.map((d) => {
      if (!d) return h('td');
      const off = d.halves.length === 0, said = marks(d);
      return h('td', { class: off ? 'off' : null }, h('button', {
        type: 'button', 'aria-current': d.day === p.day ? 'date' : null, onclick: () => go(d.day),
      }, h('span', { class: 'num' }, Number(d.day.slice(8))), h('span', { class: 'sr' }, [' ', longDay(d.day), off ? t('cal.off') : t('cal.worked'), ...said.map(([, name]) => name)].join(', ')),
      h('small', { 'aria-hidden': 'true' }, said.map(([mark]) => mark).join(''))));
    }))))));
  if (focused) /** @type {HTMLElement | null} */ (table.querySelector('[aria-current]'))?.focus();
}

/** @param {Preview} p @param {Bag} set @returns {Node[]} */
function dayDetail(p, set) {
  const season = p.season >= 0 ? set.calendar.seasons[p.season] : null;
  const facts = [
    p.holiday && t('cal.is.holiday', { name: named(p.name) }),
    p.made_up && t('cal.is.makeup', { day: weekday(p.like) }),
    p.halves.length === 0 && !p.holiday && t('cal.is.off'),
    ...p.halves.map((x) => t('cal.is.half', { half: named(x.name), from: x.from, to: x.to })),
    season && t('cal.is.season'),
    p.halves.length === 0 && (p.next ? t('cal.is.next', { day: longDay(p.next) }) : t('cal.is.never')),
  ].filter(Boolean);
  return [h('h3', null, longDay(p.day)), h('ul', { class: 'facts' }, facts.map((x) => h('li', null, String(x)))),
    ...(p.halves.length > 0 ? [servedTable(p, set)] : []),
    h('h4', null, t('cal.kiosk')), h('ol', { class: 'spells' }, p.spells.map((s) => h('li', null, h('b', { class: 'num' }, `${s.from} – ${s.until}`), spellWords(s, p, set))))];
}

/** @param {Preview} p @param {Bag} set */
function servedTable(p, set) {
  const names = new Map(set.services.map((/** @type {Bag} */ s) => [s.id, s]));
  return h('table', { class: 'served' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('cal.limit.queue')), h('th', { scope: 'col' }, t('cal.gives')), h('th', { scope: 'col' }, t('cal.promised')))),
    h('tbody', null, p.services.map((s) => {
      const service = names.get(s.id);
      return h('tr', null,
        h('th', { scope: 'row' }, `${service?.prefix ?? ''} · ${service ? serviceName(service) : s.id}`, s.golden && h('small', null, `★ ${t('cal.mark.golden')}`), s.no_slip && h('small', null, `◆ ${t('cal.mark.noslip')}`)),
        h('td', null, s.halves.length === 0 ? why(s.reason) : s.halves.map((x) => h('div', { class: 'num' }, x.quota > 0 ? t('cal.gives.some', { from: x.take, to: x.cut_off, n: x.quota }) : `${x.take} – ${x.cut_off}`)),
          s.halves.length > 0 && h('small', null, s.counters.length > 0 ? t('q.service.at', { counters: s.counters.join(', ') }) : t('q.service.nowhere'))),
        h('td', null, named(s.promise) || t('cal.promised.none'), s.due && h('small', null, t('cal.due', { when: `${hm(s.due)}, ${longDay(dayOf(s.due))}` }))));
    })));
}

/** Why a queue does not open all day. @param {string} reason */
const why = (reason) => (reason === 'closed' ? t('cal.why.closed') : t('cal.why.today'));

/** What a kiosk says in a part of the day: which queues give numbers, or its closed screen. @param {Spell} s @param {Preview} p @param {Bag} set */
function spellWords(s, p, set) {
  const letters = (/** @type {boolean} */ open) => s.figures.filter((f) => f.open === open).map((f) => set.services.find((/** @type {Bag} */ x) => x.id === f.id)?.prefix ?? f.id).join(', ');
  const state = /** @type {any} */ ({ branch: { halves: p.halves }, figures: new Map(s.figures.map((f) => [f.id, f])) });
  const closed = closedHall(state);
  if (!closed) return h('p', null, t('cal.kiosk.gives', { letters: letters(true) }), letters(false) && h('small', null, t('cal.kiosk.rest', { letters: letters(false) })));
  const said = closedWords(closed, state, Date.parse(s.at));
  return h('p', null, h('q', null, words(said.heading)), h('small', null, said.lines.map(words).filter(Boolean).join(' ')));
}
