// One more question before a number is given: a wrong touch costs everybody time.
import { h, icon } from '/web/dom.js';
import { t, named } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { ranges, aboutWhen } from '/web/labels.js';
import { head } from '/kiosk/head.js';
import { confirmInfo } from '/kiosk/words.js';
import { modesRow } from '/kiosk/modes.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').Service} Service */

/**
 * @param {App} app
 * @param {Service} service
 * @returns {View}
 */
export function confirmView(app, service) {
  const { branch } = app.state();
  const top = head(branch, t('k.conf.q', { field: named(service.name) }));
  const when = h('p');
  const area = areaOf(branch, service.id);
  const body = h('main', { class: 'body' },
    h('section', { class: 'card' },
      h('span', { class: 'tab num', 'aria-hidden': 'true' }, service.prefix),
      h('div', { class: 't' }, h('strong', null, named(service.name)), when, area && h('p', null, t('k.conf.area', { area })))),
    h('div', { class: 'acts sure' },
      h('button', { type: 'button', class: 'btn', onclick: app.home }, icon('arrow-left'), t('k.conf.no')),
      h('button', { type: 'button', class: 'btn go', onclick: () => app.take(service, null) }, t('k.conf.yes'))));
  return {
    name: 'confirm', nodes: [top.el, body, modesRow()], back: app.home,
    update() {
      const f = app.state().figures.get(service.id);
      say(top.sub, confirmInfo(f));
      say(when, f?.estimate ? t('k.conf.when', { time: hm(aboutWhen(f.estimate, app.now())) }) : '');
    },
  };
}

/** @param {HTMLElement} el @param {string} text */
function say(el, text) {
  el.hidden = !text;
  if (el.textContent !== text) el.textContent = text;
}

/**
 * The counters that serve it, as people read them.
 * @param {import('/web/types.js').Branch} branch
 * @param {string} service
 */
export function areaOf(branch, service) {
  return ranges(branch.counters.filter((c) => c.services.includes(service)).map((c) => c.label));
}
