// The list of the page's parts, in groups. A part is shown to whoever has one of its
// rights; the server checks each request all the same.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';

/**
 * @typedef {object} Me who this browser speaks for
 * @property {string} role
 * @property {string} name
 * @property {string[]} [counters]
 * @property {string} [branch] the only one; all when empty
 * @property {string} [due] what must be done before anything else
 * @property {string[]} [rights] as the server names them; missing where a key has logged in
 * @property {{id: string, login: string} | null} [account] of a person
 */
/**
 * One part of the page.
 * @typedef {object} Entry
 * @property {string} name in the address
 * @property {() => string} title
 * @property {string[]} needs one of these rights
 * @property {string} [module] when its name is another
 */
/** @typedef {{title: () => string, entries: Entry[]}} Group */

const MANAGE = ['manage'];
/** How soon a server that is away is asked again, ms. */
const AGAIN = 1000;

/** @type {Group[]} */
const groups = [
  { title: () => t('a.group.day'), entries: [
    { name: 'today', title: () => t('rp.nav.today'), needs: ['figures', 'floor'] },
  ] },
  { title: () => t('a.group.queues'), entries: [
    { name: 'queues', title: () => t('a.nav.queues'), needs: MANAGE },
    { name: 'priority', title: () => t('a.nav.priority'), needs: MANAGE },
    { name: 'procedures', title: () => t('a.nav.procedures'), needs: MANAGE },
    { name: 'dossiers', title: () => t('a.nav.dossiers'), needs: MANAGE },
    { name: 'calendar', title: () => t('a.nav.calendar'), needs: MANAGE },
  ] },
  { title: () => t('a.group.screens'), entries: [
    { name: 'screens', title: () => t('a.nav.screens'), needs: MANAGE },
    { name: 'devices', title: () => t('a.title'), needs: ['manage', 'notices'], module: 'machines' },
  ] },
  { title: () => t('a.group.people'), entries: [
    { name: 'people', title: () => t('a.nav.people'), needs: MANAGE },
  ] },
  { title: () => t('a.group.figures'), entries: [
    { name: 'reports', title: () => t('rp.nav.reports'), needs: ['figures'] },
    { name: 'ratings', title: () => t('a.nav.ratings'), needs: MANAGE },
    { name: 'box', title: () => t('a.nav.box'), needs: ['hear'] },
    { name: 'audit', title: () => t('a.nav.audit'), needs: ['audit'] },
  ] },
  { title: () => t('a.group.settings'), entries: [
    { name: 'hall', title: () => t('a.nav.hall'), needs: MANAGE },
    { name: 'settings', title: () => t('a.nav.settings'), needs: MANAGE },
    { name: 'start', title: () => t('a.nav.start'), needs: MANAGE },
    { name: 'training', title: () => t('a.nav.training'), needs: ['training'] },
  ] },
];

/** Tells whether there is such a part, for whomever. @param {string} name */
export const isPart = (name) => groups.some((g) => g.entries.some((e) => e.name === name));

/** What the keys may see that are no administrator's. @type {Record<string, string[]>} */
const byKey = { reader: ['figures', 'audit'] };

/** Who this browser speaks for: a person, or the key it has logged in with. @returns {Promise<Me | null>} */
export async function whoami() {
  let first = await get('/api/v1/me');
  while (first.status === 0) { // the server is away, as it is for a moment after an update
    await new Promise((done) => setTimeout(done, AGAIN));
    first = await get('/api/v1/me');
  }
  if (first.status === 401) return null;
  if (first.ok && (first.body.account || first.body.role === 'admin' || first.body.role === 'reader')) return first.body;
  // A browser may hold the session of a kiosk or a desk as well.
  for (const role of ['admin', 'reader']) {
    const answer = await get(`/api/v1/me?role=${role}`);
    if (answer.ok) return answer.body;
  }
  return null;
}

/** @param {Me | null} me @param {string} right */
export function may(me, right) {
  if (!me) return false;
  return me.rights ? me.rights.includes(right) : me.role === 'admin' || (byKey[me.role] ?? []).includes(right);
}

/** A hall for practice is not set up, and has none of its own. */
const NOT_IN_PRACTICE = ['start', 'training'];

/** The parts somebody sees. @param {Me | null} me @param {boolean} practice @returns {Group[]} */
export const groupsFor = (me, practice) => groups
  .map((g) => ({ ...g, entries: g.entries.filter((e) => e.needs.some((right) => may(me, right)) && !(practice && NOT_IN_PRACTICE.includes(e.name))) }))
  .filter((g) => g.entries.length > 0);

/**
 * The list itself. On a narrow screen it opens from a button that names the part.
 * @param {Group[]} list
 * @param {Record<string, Node>} beside what stands beside a part's name
 */
export function nav(list, beside) {
  const links = list.flatMap((g) => g.entries).map((e) => h('a', { href: `#/${e.name}` }, e.title(), beside[e.name]));
  const body = h('div', { class: 'list' });
  let at = 0;
  mount(body, list.map((g) => h('div', { role: 'group', 'aria-label': g.title() },
    h('p', { 'aria-hidden': true }, g.title()), links.slice(at, at += g.entries.length))));
  const here = h('span');
  const open = h('button', { type: 'button', class: 'open', 'aria-expanded': 'false', onclick: () => show(open.getAttribute('aria-expanded') !== 'true') }, h('span', { class: 'sr' }, t('a.nav.open')), here);
  const el = h('nav', { 'aria-label': t('a.nav') }, open, body);

  /** @param {boolean} on */
  function show(on) {
    open.setAttribute('aria-expanded', String(on));
    el.classList.toggle('shown', on);
  }

  return {
    el,
    /** Marks the part that is open. @param {string} name @param {string} title */
    mark(name, title) {
      show(false);
      here.textContent = title;
      for (const a of links) {
        if (a.hash !== `#/${name}`) a.removeAttribute('aria-current');
        else {
          a.setAttribute('aria-current', 'page');
          // The list alone: the page stays where it is.
          if (a.offsetTop + a.offsetHeight > el.clientHeight) el.scrollTop = a.offsetTop - el.clientHeight / 2;
        }
      }
    },
  };
}
