// The hall's people: who may log in, as what, and who sits where. Keys of machines are
// with the devices.
import { get, post, remove } from '/web/api.js';
import { h, keyed } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { dayDate, hm } from '/web/time.js';
import { counterLabel } from '/admin/devices.js';
import { editPerson, rolesOf } from '/admin/people_form.js';
import { showOnce } from '/admin/people_once.js';
import { style } from '/admin/style.js';

await style('/admin/people.css');

/** @typedef {import('/web/types.js').Text} Text */
/**
 * An account as the server tells of it.
 * @typedef {object} Person
 * @property {string} id
 * @property {string} login
 * @property {string} name
 * @property {Text} [title]
 * @property {string} [photo]
 * @property {string} role
 * @property {string} [branch]
 * @property {string[]} [services]
 * @property {boolean} [off]
 * @property {boolean} [renew]
 * @property {boolean} [factor]
 * @property {string} [seen]
 * @property {string} [locked_until]
 */
/** @typedef {{account: string, counter: string, since: string}} Seat */

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  /** @type {Person[]} */
  let people = [];
  /** @type {Seat[]} */
  let seats = [];
  const rows = h('tbody'), none = h('p', { class: 'none' }, t('pe.none')), fault = h('p', { class: 'fault', role: 'alert' });
  const table = h('table', { class: 'people' }, h('thead', null, h('tr', null,
    [t('pe.name'), t('pe.role'), t('pe.state'), t('pe.seat')].map((x) => h('th', { scope: 'col' }, x)), h('td'))), rows);
  const branchPath = `/api/v1/branches/${encodeURIComponent(app.branch)}`;

  async function load() {
    const [all, sitting] = await Promise.all([get('/api/v1/accounts'), get(`${branchPath}/seats`)]);
    fault.textContent = all.ok ? '' : sentence(all.code);
    if (all.ok) people = all.body.accounts;
    if (sitting.ok) seats = sitting.body.seats;
    draw();
  }

  function draw() {
    none.hidden = people.length > 0;
    table.hidden = people.length === 0;
    keyed(rows, people, (p) => p.id, (p, old) => {
      const tr = row(p);
      old?.replaceWith(tr);
      return tr;
    });
  }

  /** @param {Person} p */
  function row(p) {
    const seat = seats.find((s) => s.account === p.id), state = app.state();
    return h('tr', { 'data-login': p.login, class: p.off ? 'off' : null },
      h('th', { scope: 'row' }, p.photo && h('img', { src: `/media/${encodeURIComponent(p.photo)}`, alt: '' }), p.name, h('small', null, [p.login, p.title && named(p.title)].filter(Boolean).join(' · '))),
      h('td', { 'data-label': t('pe.role') }, rolesOf(p.role).name(), h('small', null, skills(p))),
      h('td', { 'data-label': t('pe.state') }, stateOf(p)),
      h('td', { 'data-label': t('pe.seat') }, seat && state ? t('pe.seat.at', { counter: counterLabel(state, seat.counter), since: hm(Date.parse(seat.since)) }) : ''),
      h('td', { class: 'do' }, h('button', { type: 'button', 'aria-label': t('pe.edit.of', { name: p.name }), onclick: () => edit(p) }, t('pe.edit')), more(p)));
  }

  /** What is done more seldom, under one button. @param {Person} p */
  function more(p) {
    const act = (/** @type {string} */ label, /** @type {() => void} */ go) => h('button', { type: 'button', onclick: go }, label);
    return h('details', { class: 'more-acts' }, h('summary', null, t('pe.more'), h('span', { class: 'sr' }, p.name)),
      h('div', null,
        act(t('pe.password'), () => app.sure(t('pe.password.q', { name: p.name }), t('pe.password.yes', { name: p.name }), t('pe.no'), () => void password(p))),
        locked(p) && act(t('pe.unlock'), () => void say(post(`/api/v1/accounts/${p.id}/unlock`), t('pe.unlocked', { name: p.name }))),
        act(t('pe.logout'), () => void say(post(`/api/v1/accounts/${p.id}/logout`), t('pe.loggedout', { name: p.name }))),
        p.factor && act(t('pe.factor.end'), () => app.sure(t('pe.factor.q', { name: p.name }), t('pe.factor.yes', { name: p.name }), t('pe.no'),
          () => void say(remove(`/api/v1/accounts/${p.id}/factor`), t('pe.factor.ended', { name: p.name }))))));
  }

  /** @param {Promise<import('/web/api.js').Answer>} asked @param {string} done */
  async function say(asked, done) {
    const answer = await asked;
    app.tell(answer.ok ? done : sentence(answer.code));
    await load();
  }

  /** @param {Person} p */
  async function password(p) {
    const answer = await post(`/api/v1/accounts/${p.id}/password`);
    if (answer.ok) showOnce(p, answer.body.password);
    else app.tell(sentence(answer.code));
    await load();
  }

  /** @param {Person | null} p */
  function edit(p) {
    const state = app.state();
    if (state) editPerson(app, state, p, (saved, secret) => {
      if (secret) showOnce(saved, secret);
      else app.tell(t('pe.saved', { name: saved.name }));
      void load();
    });
  }

  /** @param {Person} p */
  function skills(p) {
    const state = app.state();
    if (p.role !== 'clerk' || !state) return rolesOf(p.role).where(p.branch);
    if (!p.services?.length) return t('pe.skills.all');
    return p.services.map((id) => named(state.branch.services.find((s) => s.id === id)?.short ?? { vi: id })).join(', ');
  }

  return {
    el: h('div', { class: 'part people-part' },
      h('section', null, h('p', { class: 'hint' }, t('pe.hint')), fault,
        h('p', null, h('button', { type: 'button', class: 'go', onclick: () => edit(null) }, t('pe.add'))), none, table),
      h('section', null, h('h2', null, t('pe.roles')), h('dl', { class: 'roles' }, ['clerk', 'guide', 'head', 'reader', 'admin'].map((r) => [h('dt', null, rolesOf(r).name()), h('dd', null, rolesOf(r).what())]).flat()))),
    open: () => void load(),
    event(e) {
      if (e.kind === 'counter.seated') void load();
    },
  };
}

/** @param {Person} p */
const locked = (p) => Boolean(p.locked_until && Date.parse(p.locked_until) > Date.now());

/** How an account stands, in words; colour only underlines them. @param {Person} p */
function stateOf(p) {
  if (p.off) return h('span', { class: 'state' }, t('pe.off'));
  if (locked(p)) return h('span', { class: 'state bad' }, t('pe.locked', { time: hm(Date.parse(p.locked_until ?? '')) }));
  const last = p.seen ? t('pe.seen', { when: dayDate(Date.parse(p.seen)) }) : t('pe.never');
  return [h('span', { class: p.renew ? 'state warn' : 'state good' }, p.renew ? t('pe.renew') : t('pe.good')), h('small', null, p.factor ? t('pe.factor.has', { last }) : last)];
}
