// The hall's own notices: where complaints go, how officers behave, special days,
// what the post charges, how many dossiers there are.
import { h, icon } from '/web/dom.js';
import { locale, named, t } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { day, weekday } from '/web/time.js';
import { date, hour, name, words } from '/kiosk/said.js';
import { leaf, ready, start } from '/lookup/leaf.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {import('/web/types.js').Hall} Hall */
/** @typedef {import('/web/types.js').Contact} Contact */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').Special} Special */
/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {import('/web/speech.js').Said} Said */

/**
 * A screen's update: it is drawn anew when the hall has changed what it publishes.
 * @param {App} app
 */
export function follow(app) {
  const { version } = app.state().branch;
  return () => void (app.state().branch.version !== version && app.redraw());
}

/** @param {Hall | undefined} hall */
export const hasComplaints = (hall) => Boolean(hall?.portal || hall?.complaints?.phone || hall?.complaints?.address?.vi || hall?.complaints?.email);

/** Where phản ánh, kiến nghị go. @param {App} app @returns {View} */
export function complaintsView(app) {
  const { complaints = {}, portal } = app.state().branch.hall ?? {};
  return {
    name: 'complaints', title: t('l.hall.complaints'), update: follow(app),
    read: () => [{ key: 'l.hall.complaints' }, ...contactWords(complaints), ...(portal ? [{ key: 'l.portal.formal' }, { key: 'l.portal.scan' }] : [])],
    nodes: [h('div', { class: 'twofold' }, contact(complaints), portal && formal(portal))],
  };
}

/** A formal complaint carries a name and a phone number: it is made at the portal, and nothing of it stays here. @param {string} portal */
export function formal(portal) {
  return h('section', { class: 'portal' },
    h('img', { class: 'qr', src: `/api/v1/branches/${encodeURIComponent(branch())}/portal.svg`, alt: t('l.portal.alt') }),
    h('div', null, h('h2', null, t('l.portal.scan')), h('p', null, t('l.portal.formal')), h('p', { class: 'address' }, portal.replace(/^https:\/\//, ''))));
}

/** @param {Contact} c @returns {Said[]} */
const contactWords = (c) => [c.name, c.address, c.phone ? { vi: c.phone } : undefined, c.hours].flatMap((x) => (x?.vi ? [name(x)] : []));

/** @param {Contact} c */
function contact(c) {
  /** @type {[string, string, string][]} */
  const all = [
    ['landmark', t('l.contact.address'), named(c.address)], ['phone', t('l.contact.phone'), c.phone ?? ''],
    ['file', t('l.contact.email'), c.email ?? ''], ['clock', t('l.contact.hours'), named(c.hours)],
  ];
  const lines = all.filter(([, , value]) => value);
  if (lines.length === 0 && !c.name?.vi) return null;
  return h('section', { class: 'contact' }, c.name?.vi && h('h2', null, named(c.name)),
    h('dl', null, lines.map(([image, label, value]) => h('div', null, h('dt', null, icon(image), label), h('dd', null, value)))));
}

/** How officers behave. @param {App} app @returns {() => View} */
export function conductView(app) {
  const place = start();
  return () => {
    const rules = app.state().branch.hall?.conduct ?? [];
    const { el, layout } = leaf({
      place, load: ready(rules), empty: t('l.hall.none'), label: t('l.hall.conduct'),
      row: (/** @type {Text} */ rule, n) => h('div', { class: 'item rule' }, h('span', { class: 'num' }, n), h('p', null, named(rule))),
    });
    return {
      name: 'conduct', title: t('l.hall.conduct'), layout, update: follow(app), nodes: [el],
      read: () => [{ key: 'l.hall.conduct' }, ...rules.map(name)],
    };
  };
}

/** @typedef {{kind: 'golden' | 'no_slip', service: Service, special: Special}} SpecialDay */

/** Golden days and days without slips, of every service that has them. @param {Service[]} services @returns {SpecialDay[]} */
export function specials(services) {
  /** @type {SpecialDay[]} */
  const all = [];
  for (const service of services) if (service.golden) all.push({ kind: 'golden', service, special: service.golden });
  for (const service of services) if (service.no_slip) all.push({ kind: 'no_slip', service, special: service.no_slip });
  return all;
}

/** @param {App} app @returns {() => View} */
export function daysView(app) {
  const place = start();
  return () => {
    const all = specials(app.state().branch.services);
    const { el, layout } = leaf({
      place, load: ready(all), empty: t('l.hall.none'), label: t('l.hall.days'),
      row: (/** @type {SpecialDay} */ { kind, service, special }) => h('div', { class: `item day ${kind}` },
        h('span', { class: 'kind' }, kind === 'golden' ? t('l.days.golden') : t('l.days.noslip')),
        h('p', null, h('strong', null, named(service.name)), h('small', null, kind === 'golden' ? t('l.days.goldensub') : t('l.days.noslipsub'))),
        h('p', null, h('b', null, onDays(special)), nextDay(special))),
    });
    return {
      name: 'days', title: t('l.hall.days'), nodes: [el], layout, update: follow(app),
      read: () => all.flatMap(({ service, special }) => [name(service.name), name({ vi: onDays(special) })]),
    };
  };
}

/** "Thứ Ba và Thứ Năm hằng tuần" @param {Special} special */
function onDays({ weekdays }) {
  const days = [...weekdays].sort((a, b) => (a || 7) - (b || 7)).map(weekday);
  const last = days.pop() ?? '';
  return t('l.days.every', { days: days.length > 0 ? t('l.and', { some: days.join(', '), last }) : last });
}

/** @param {Special} special */
function nextDay({ today, next }) {
  if (today) return h('span', { class: 'today' }, icon('check'), t('l.days.today'));
  return next ? h('small', null, t('l.days.next', { day: words(date(`${next}T12:00:00+07:00`)) })) : null;
}

/** What the public post charges. @param {App} app @returns {() => View} */
export function tariffView(app) {
  const place = start();
  return () => {
    const { rows = [], basis } = app.state().branch.hall?.tariff ?? {};
    const { el, layout } = leaf({
      place, load: ready(rows), empty: t('l.hall.none'), label: t('l.hall.tariff'),
      row: (/** @type {{name: Text, price: Text}} */ x) => h('div', { class: 'item price' }, h('strong', null, named(x.name)), h('b', null, named(x.price))),
    });
    return {
      name: 'tariff', title: t('l.hall.tariff'), layout, update: follow(app),
      lead: basis ? [h('p', { class: 'count' }, t('l.fees.basis', { basis }))] : [],
      nodes: [el],
      read: () => [{ key: 'l.hall.tariff' }, ...rows.flatMap((x) => [name(x.name), name(x.price)])],
    };
  };
}

/** How many dossiers came and went. @param {import("/lookup/hall.js").Counts} counts @returns {View} */
export function countsView(counts) {
  const at = counts.updated_at;
  const figure = (/** @type {string} */ label, /** @type {number} */ n, /** @type {string} */ kind) =>
    h('div', { class: kind }, h('dt', null, label), h('dd', { class: 'num' }, n.toLocaleString(locale())));
  return {
    name: 'counts', title: t('l.counts.month', { month: monthOf(counts.now) }),
    lead: at ? [h('p', { class: 'count' }, words({ key: 'l.file.stale', args: { time: { key: 'l.file.moment', args: { time: hour(at), day: date(at) } } } }))] : [],
    read: () => [{ key: 'l.counts.received', args: { n: counts.received } }, { key: 'l.counts.resolved', args: { n: counts.resolved } }, { key: 'l.counts.pending', args: { n: counts.pending } }],
    nodes: [h('dl', { class: 'figures' },
      figure(t('l.counts.in'), counts.received, 'in'), figure(t('l.counts.out'), counts.resolved, 'out'), figure(t('l.counts.left'), counts.pending, 'left'))],
  };
}

/** "11/2026" @param {number} now */
const monthOf = (now) => day(now).slice(0, 7).split('-').reverse().join('/');
