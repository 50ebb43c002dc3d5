// Today: the hall as it is now. What needs somebody stands first, then the queues
// against what was promised, the counters, and the machines.
import { get } from '/web/api.js';
import { h, icon, keyed, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { dayDate, hm } from '/web/time.js';
import { style } from '/admin/style.js';
import { alertRow } from '/admin/today_alerts.js';
import { hallPages, helpCalls, seatedPeople } from '/admin/today_help.js';
import { counterCard, deviceRow, serviceRow } from '/admin/today_rows.js';
import { count } from '/admin/procedures_words.js';

/** @typedef {import('/admin/today_rows.js').Floor} Floor */

await Promise.all(['/admin/reports.css', '/admin/today.css'].map(style));

/** After an event of the hall it is asked for again, but not more often than so, ms. */
const LEAST = 2000;
/** What only the clock moves: waits grow, a pause gets long, ms. */
const CLOCK = 30_000;

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/floor`;
  /** @type {Floor | null} */
  let floor = null;
  let timer = 0, due = 0, last = -LEAST, busy = false, again = false, shut = false;
  const when = h('p', { class: 'when' }), fault = h('p', { class: 'fault', role: 'alert' });
  const sums = h('dl', { class: 'facts four' });
  const alerts = h('ul', { class: 'alerts' }), calm = h('p', { class: 'calm' }, icon('check'), t('rp.td.calm'));
  const help = helpCalls(app), seats = seatedPeople(app), told = h('span', { class: 'sr', role: 'status' });
  const services = h('tbody'), counters = h('ul', { class: 'counters' }), devices = h('tbody'), sound = h('p', { class: 'calm' }, icon('check'), t('rp.td.devices.ok'));
  const machines = h('table', { class: 'figures' }, h('thead', null, h('tr', null, [t('rp.td.device'), t('rp.td.state'), t('rp.td.since')].map((x) => h('th', { scope: 'col' }, x)))), devices);

  /** @param {Floor} f */
  function draw(f) {
    const state = app.state();
    if (!state) return;
    const b = state.branch, half = f.half;
    mount(when, h('b', null, dayDate(f.now)), half ? ` · ${named(half.name)} ${half.from} – ${half.to}` : app.state()?.branch.always ? '' : ` · ${t('rp.td.between')}`, ' · ', t('rp.td.at', { time: hm(f.now) }));
    const waiting = f.services.reduce((n, s) => n + s.waiting, 0), late = f.services.reduce((n, s) => n + s.late, 0);
    const serving = f.counters.filter((c) => c.state === 'serving' || c.state === 'calling').length, open = f.counters.filter((c) => c.state !== 'closed').length;
    mount(sums, sum(t('rp.td.waiting'), count(waiting), t('rp.td.late', { n: count(late) }), late > 0),
      sum(t('rp.td.longest'), longest(f), t('rp.unit.minutes')), sum(t('rp.td.counters'), `${serving}/${open}`, t('rp.td.counters.more', { n: f.counters.length })),
      sum(t('rp.td.served'), count(f.services.reduce((n, s) => n + s.served, 0)), t('rp.td.served.more')));
    const had = alerts.childElementCount;
    keyed(alerts, f.alerts, (a) => a.id, (a, old) => alertRow(a, b, old));
    if (f.alerts.length !== had) told.textContent = f.alerts.length > 0 ? t('rp.td.alerts.n', { n: f.alerts.length }) : t('rp.td.calm');
    calm.hidden = help.draw() + f.alerts.length > 0;
    keyed(services, f.services, (s) => s.id, (s, old) => serviceRow(s, b, f, old));
    keyed(counters, f.counters, (c) => c.id, (c, old) => counterCard(c, f.now, old));
    const troubled = f.devices.filter((d) => d.state !== 'ready' && d.state !== 'unknown');
    sound.hidden = troubled.length > 0;
    machines.hidden = troubled.length === 0;
    keyed(devices, troubled, (d) => d.id, (d, old) => deviceRow(d, b, old));
  }

  /** @param {Floor} f */
  function longest(f) {
    const most = Math.max(-1, ...f.services.map((s) => s.longest?.minutes ?? -1));
    return most < 0 ? '0' : count(most);
  }

  async function refresh() {
    if (shut) return;
    if (busy) return void (again = true);
    busy = true;
    window.clearTimeout(due);
    due = 0;
    last = performance.now();
    const answer = await get(path);
    busy = false;
    if (shut) return;
    if (answer.ok) {
      floor = /** @type {Floor} */ (answer.body);
      mount(fault);
      draw(floor);
      void seats.refresh();
    } else if (answer.status !== 0) mount(fault, sentence(answer.code)); // a lost line has its own strip
    if (again) {
      again = false;
      soon();
    }
  }

  /** As soon as it may be asked for again. */
  function soon() {
    if (due || shut) return;
    due = window.setTimeout(() => void refresh(), Math.max(50, last + LEAST - performance.now()));
  }

  return {
    el: h('div', { class: 'part rp today' },
      h('section', { class: 'now', 'aria-label': t('rp.td.now') }, hallPages(app), when, fault, sums),
      h('section', { class: 'alerting' }, h('h2', null, t('rp.td.alerts')), told, calm, help.el, alerts),
      h('section', null, h('h2', null, t('rp.td.services')), h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': t('rp.td.services') }, h('table', { class: 'figures queues' },
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('rp.by.service')), [t('rp.td.waiting'), t('rp.td.longest.min'), t('rp.td.next')].map((x) => h('th', { scope: 'col', class: 'n' }, x)), h('th', { scope: 'col' }, t('rp.td.ends')), h('th', { scope: 'col', class: 'n' }, t('rp.td.served')), h('th', { scope: 'col' }, t('rp.td.open')))), services))),
      h('section', null, h('h2', null, t('rp.td.counters.h')), counters),
      seats.el,
      h('section', null, h('h2', null, t('rp.td.devices')), sound, machines),
      h('p', { class: 'to-reports' }, h('a', { href: '#/reports/day/' }, t('rp.td.report'), icon('arrow-right')))),
    draw: () => (floor ? draw(floor) : soon()),
    event: soon,
    open() {
      shut = false;
      window.clearInterval(timer);
      timer = window.setInterval(() => document.visibilityState === 'visible' && app.online() && soon(), CLOCK);
      void refresh();
    },
    close() {
      shut = true;
      window.clearInterval(timer);
      window.clearTimeout(due);
      due = 0;
    },
  };
}

/** @param {string} name @param {string} n @param {string} more @param {boolean} [bad] */
const sum = (name, n, more, bad) => h('div', null, h('dt', null, name), h('dd', null, h('p', { class: 'big num' }, n), h('p', { class: bad ? 'more bad' : 'more' }, more)));
