// The screens of the hall: what each is, how it is, and what can be asked of it from
// afar. A new one shows a code; whoever stands before it finds the same one here.
import { get, post, put, remove } from '/web/api.js';
import { h, keyed, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { moment } from '/admin/keys.js';
import { pairingCard } from '/admin/pairing.js';
import { roleWords, screenFields } from '/admin/screens_form.js';

/** @typedef {import('/admin/admin.js').App} App */
/** @typedef {import('/admin/pairing.js').Pairing} Pairing */
/**
 * @typedef {object} Screen
 * @property {string} id
 * @property {string} name
 * @property {string} page
 * @property {string} [layout]
 * @property {string} [zone]
 * @property {string} [counter]
 * @property {boolean} [sound]
 * @property {'live'|'starting'|'dead'} state
 * @property {string} [seen]
 * @property {string} [build]
 * @property {string} [address] where its last beat came from
 * @property {boolean} [old]
 * @property {string} [shows]
 * @property {number} [width]
 * @property {number} [height]
 * @property {'on'|'refused'} [audio]
 * @property {number} frame
 * @property {boolean} speaks
 */

/** How often the list is asked for, ms: it is looked at when something is wrong. */
const LOOK = 3000;
/** A page that drew nothing for so long stands still, ms. */
const STILL = 20_000;

/** @param {App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  /** @type {Pairing[]} */
  let waiting = [];
  /** @type {Screen[]} */
  let list = [];
  let look = 0, known = false;
  const cards = h('div', { class: 'pairings' }), nobody = h('p', { class: 'none' }, t('a.s.how', { address: `${location.origin}/screen/` }));
  const rows = h('tbody'), none = h('p', { class: 'none', hidden: true }, t('a.s.none'));
  const table = h('table', { class: 'screens', hidden: true },
    h('thead', null, h('tr', null, [t('a.s.col.name'), t('a.s.col.state'), t('a.s.col.glass')].map((x) => h('th', { scope: 'col' }, x)), h('td'))), rows);

  function draw() {
    const state = app.state();
    if (!state) return;
    keyed(cards, waiting, (p) => p.id, (p, old) => old ?? pairingCard(p, state.branch, approve));
    none.hidden = !known || list.length > 0;
    table.hidden = list.length === 0;
    keyed(rows, list, (s) => s.id, (s, old) => row(s, old));
  }

  /** @param {Screen} s @param {HTMLElement | undefined} old */
  function row(s, old) {
    const tr = old ?? h('tr', { 'data-screen': s.id });
    const state = app.state(), role = state ? roleWords(state.branch, s) : s.page;
    const print = JSON.stringify([s.name, role, how(s, app.now()), glass(s), origin(s), s.state]);
    if (tr.dataset.print === print) return tr;
    tr.dataset.print = print;
    const [word, ...more] = how(s, app.now());
    const held = tr.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.do : '';
    mount(tr,
      h('th', { scope: 'row' }, s.name, h('small', null, role)),
      h('td', null, h('span', { class: `state ${s.state === 'dead' ? 'bad' : s.state === 'starting' || more.some((m) => m.bad) ? 'warn' : 'good'}` }, word.text),
        more.map((m) => h('small', { class: m.bad ? 'bad' : null }, m.text))),
      h('td', { 'data-label': t('a.s.col.glass') }, glass(s), origin(s).map((x) => h('small', null, x))),
      h('td', { class: 'do' }, [
        act('blink', t('a.s.blink'), t('a.s.blink.of', { name: s.name }), () => void order(s, 'blink', t('a.s.blinks', { name: s.name }))),
        act('reload', t('a.s.reload'), t('a.s.reload.of', { name: s.name }), () => void order(s, 'reload', t('a.s.reloads', { name: s.name }))),
        act('change', t('a.s.change'), t('a.s.change.of', { name: s.name }), () => change(s)),
        act('remove', t('a.s.remove'), t('a.s.remove.yes', { name: s.name }), () => app.sure(t('a.s.remove.q', { name: s.name }), t('a.s.remove.yes', { name: s.name }), t('a.revoke.no'), () => void drop(s))),
      ]));
    if (held) /** @type {HTMLElement | null} */ (tr.querySelector(`[data-do=${held}]`))?.focus();
    return tr;
  }

  /** @param {Screen} s @param {'blink'|'reload'} what @param {string} said */
  async function order(s, what, said) {
    const answer = await post(`/api/v1/screens/${encodeURIComponent(s.id)}/${what}`);
    app.tell(answer.ok ? said : sentence(answer.code));
  }

  /** @param {Screen} s */
  function change(s) {
    const state = app.state();
    if (!state) return;
    const fields = screenFields(state.branch, s), name = h('input', { value: s.name, maxlength: 80, required: true });
    const fault = h('p', { class: 'fault', role: 'alert' });
    const box = h('dialog', { class: 'screen-role', 'aria-labelledby': 'screen-role', onclose: () => box.remove() },
      h('h2', { id: 'screen-role' }, t('a.s.change.of', { name: s.name })),
      h('form', { async onsubmit(/** @type {Event} */ e) {
        e.preventDefault();
        const answer = await put(`/api/v1/screens/${encodeURIComponent(s.id)}`, { name: name.value, ...fields.role() });
        if (!answer.ok) {
          fault.textContent = sentence(answer.code);
          return;
        }
        box.close();
        app.tell(t('a.s.changed', { name: name.value }));
        await refresh();
      } }, h('label', null, t('a.name'), name), fields.nodes, fault,
        h('div', { class: 'acts' }, h('button', { class: 'go' }, t('a.s.save')), h('button', { type: 'button', onclick: () => box.close() }, t('a.n.no')))));
    document.body.append(box);
    box.showModal();
  }

  /** @param {Screen} s */
  async function drop(s) {
    const answer = await remove(`/api/v1/keys/${encodeURIComponent(s.id)}`);
    app.tell(answer.ok ? t('a.s.removed', { name: s.name }) : sentence(answer.code));
    await refresh();
  }

  /** @param {Pairing} p @param {object} body */
  async function approve(p, body) {
    const answer = await post(`/api/v1/pairings/${encodeURIComponent(p.code)}/approve`, body);
    app.tell(answer.ok ? t('a.approved', { name: answer.body.name }) : sentence(answer.code));
    await refresh();
  }

  async function refresh() {
    const [asked, made] = await Promise.all([get('/api/v1/pairings'), get(`/api/v1/branches/${encodeURIComponent(app.branch)}/screens`)]);
    if (asked.ok) waiting = asked.body.pairings.filter((/** @type {Pairing} */ p) => p.kind === 'screen');
    if (made.ok) {
      known = true;
      list = made.body.screens.sort(byTrouble);
    }
    draw();
  }

  return {
    el: h('div', { class: 'part' }, h('section', null, h('h2', null, t('a.s.waiting')), nobody, cards), h('section', null, h('h2', null, t('a.nav.screens')), none, table)),
    draw,
    open() {
      window.clearInterval(look);
      look = window.setInterval(() => document.visibilityState === 'visible' && app.online() && void refresh(), LOOK);
      void refresh();
    },
    close: () => window.clearInterval(look),
  };
}

/**
 * @param {string} what @param {string} words @param {string} name @param {() => void} fn
 * @returns {HTMLElement}
 */
const act = (what, words, name, fn) => h('button', { type: 'button', 'data-do': what, 'aria-label': name, onclick: fn }, words);

const rank = { dead: 0, starting: 1, live: 2 };

/** What needs somebody comes first. @param {Screen} a @param {Screen} b */
const byTrouble = (a, b) => rank[a.state] - rank[b.state] || a.name.localeCompare(b.name, 'vi', { numeric: true });

/**
 * How a screen is: one word, and what else there is to say.
 * @param {Screen} s @param {number} now @returns {{text: string, bad?: boolean}[]}
 */
function how(s, now) {
  if (s.state === 'dead') return [{ text: t('a.s.dead') }, { text: s.seen ? t('a.s.since', { time: moment(s.seen, now) }) : t('a.s.never') }];
  if (s.state === 'starting') return [{ text: t('a.s.starting') }];
  return [
    { text: t('a.s.live') },
    ...(s.frame > STILL ? [{ text: t('a.s.still'), bad: true }] : []),
    ...(s.audio === 'refused' ? [{ text: t('a.s.refused'), bad: true }] : []),
    ...(s.old ? [{ text: t('a.s.old') }] : []),
    ...(s.speaks ? [{ text: t('a.s.speaks') }] : s.sound && s.audio === 'on' ? [{ text: t('a.s.ready') }] : []),
  ];
}

/** @param {Screen} s */
const glass = (s) => (s.width && s.height ? `${s.width} × ${s.height}` : '–');

/** Where it stands in the network, and the build of its pages. @param {Screen} s */
const origin = (s) => [s.address && t('a.keys.from', { address: s.address }), s.build && t('a.keys.page', { build: s.build })].filter(Boolean);
