// Practice: a hall of its own with the same services, marked everywhere, counted
// nowhere; with pretend citizens, and emptied at a touch.
import { get, post, remove } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { crowd } from '/admin/training_crowd.js';
import { style } from '/admin/style.js';

await style('/admin/start.css');

/** @typedef {{branch: string, on: boolean, made: boolean, waiting: number, busy: number}} Training */

/** How often the numbers are looked at, ms. */
const LOOK = 4000;

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/training`;
  const body = h('div', { class: 'part' }), el = h('div', { class: 'part train-part' }, h('p', { class: 'none' }, t('st.train.what')), body);
  const waiting = h('b'), busy = h('b'), fault = h('p', { class: 'fault', role: 'alert' });
  /** @type {Training | null} */
  let now = null;
  /** @type {ReturnType<typeof crowd> | null} */
  let people = null;
  let timer = 0, acting = false;

  /** @param {Training} next */
  function take(next) {
    const same = now?.on === next.on && now?.made === next.made;
    now = next;
    waiting.textContent = String(next.waiting);
    busy.textContent = String(next.busy);
    if (!same) draw();
  }

  async function load() {
    const answer = await get(path);
    if (answer.ok) take(answer.body);
    else fault.textContent = sentence(answer.code);
  }

  /** @param {() => Promise<import('/web/api.js').Answer>} what @param {string} told */
  async function act(what, told) {
    if (acting) return;
    acting = true;
    const answer = await what();
    acting = false;
    fault.textContent = answer.ok ? '' : sentence(answer.code);
    if (!answer.ok) return;
    take(answer.body);
    app.tell(told);
  }

  const begin = () => act(() => post(path), t('st.train.begun'));
  const reset = () => act(() => post(`${path}/reset`), t('st.train.emptied'));
  const end = () => act(() => remove(path), t('st.train.ended'));

  function draw() {
    people?.close();
    people = null;
    if (!now?.on) {
      return mount(body, h('section', null, h('h2', null, now?.made ? t('st.train.off') : t('st.train.none')),
        h('div', { class: 'acts' }, h('button', { type: 'button', class: 'go begin', onclick: () => void begin() }, t('st.train.begin'))), fault));
    }
    people = crowd(now.branch, () => void load());
    mount(body,
      h('section', null, h('h2', null, t('st.train.on')), h('p', { class: 'facts' }, h('span', null, waiting, ' ', t('st.train.waiting')), h('span', null, busy, ' ', t('st.train.busy')))),
      people.el, h('section', null, h('h2', null, t('st.train.pages')), h('p', { class: 'none' }, t('st.train.paper')), h('div', { class: 'pages' }, pages(now.branch))),
      h('section', null, h('h2', null, t('st.train.over')), h('div', { class: 'acts' },
        h('button', { type: 'button', class: 'reset', onclick: () => app.sure(t('st.train.reset.q'), t('st.train.reset'), t('st.train.keep'), () => void reset()) }, t('st.train.reset')),
        h('button', { type: 'button', onclick: () => void begin() }, t('st.train.renew')),
        h('button', { type: 'button', class: 'end', onclick: () => app.sure(t('st.train.end.q'), t('st.train.end'), t('st.train.keep'), () => void end()) }, t('st.train.end'))), fault));
  }

  /** A tablet's page takes a key, which administrators have made. @param {[string, string]} page @returns {[string, string][]} */
  const own = (page) => (app.may('manage') ? [page] : []);

  /** The pages of the hall for practice. @param {string} branch */
  function pages(branch) {
    const counter = app.state()?.branch.counters[0]?.id ?? '1', at = `?branch=${encodeURIComponent(branch)}`;
    /** @type {[string, string][]} */
    const list = [[`/kiosk/${at}`, t('st.page.kiosk')], [`/desk/${at}`, t('st.page.desk')], [`/board/${at}&sound=1`, t('st.page.board')],
      [`/counter/${counter}/${at}`, t('st.page.counter')], ...own([`/rate/${counter}/${at}`, t('st.page.rate')]), [`/lookup/${at}`, t('st.page.lookup')], [`/admin/${at}#/today`, t('st.page.today')], [`/admin/${at}#/devices`, t('st.page.devices')]];
    return list.map(([href, name]) => h('a', { href, target: '_blank', rel: 'noopener' }, name));
  }

  return {
    el,
    open() {
      window.clearInterval(timer);
      timer = window.setInterval(() => document.visibilityState === 'visible' && app.online() && void load(), LOOK);
      void load();
    },
    close() {
      window.clearInterval(timer);
      people?.close();
    },
  };
}
