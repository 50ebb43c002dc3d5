// Taking the list home: on the phone, by a code to scan, or on paper from the
// ticket printer. Where this hall has no way to do it, there is no key.
import { h, icon, mount } from '/web/dom.js';
import { lang, t } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { here } from '/lookup/catalogue.js';
import { readAloud } from '/kiosk/reader.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/record.js').Open} Open */

/** How long the key says what went wrong, ms. */
const TOLD = 15_000;

/** What has turned out not to be had here; asked again with the page. */
const missing = { phone: false, print: false };

/** @param {Open} open */
const link = ({ p, chosen }) => `/api/v1/procedures/${encodeURIComponent(p.code)}/link.svg?${here()}${chosen >= 0 ? `&case=${chosen + 1}` : ''}`;

/** @param {Open} open */
export function phoneKey(open) {
  const key = h('button', { type: 'button', class: 'btn', 'data-act': 'phone', hidden: missing.phone, onclick: show }, icon('qr'), h('span', null, t('l.phone')));
  // Known before anybody presses it.
  if (!missing.phone) {
    const probe = new Image();
    probe.onerror = () => {
      missing.phone = true;
      key.hidden = true;
    };
    probe.src = link(open);
  }
  function show() {
    dialog(t('l.phone.h'), [h('img', { class: 'qr', src: link(open), alt: t('l.phone.alt', { name: open.p.name }) }), h('p', null, t('l.phone.sub'))]);
    readAloud([{ key: 'l.phone.h' }, { key: 'l.phone.sub' }]);
  }
  return key;
}

/** @param {App} app @param {Open} open */
export function printKey(app, open) {
  const words = h('span', null, t('l.print'));
  const key = h('button', { type: 'button', class: 'btn', 'data-act': 'print', hidden: missing.print || !app.takes(), onclick: () => void print() }, icon('printer'), words);
  async function print() {
    key.disabled = true;
    words.textContent = t('l.print.busy');
    const answer = await app.post(`/api/v1/branches/${encodeURIComponent(branch())}/prints/checklist`, { procedure: open.p.code, case: Math.max(0, open.chosen) + 1, lang: lang.get() });
    if (answer.ok) {
      words.textContent = t('l.print.done');
      readAloud([{ key: 'l.print.done' }]);
      return;
    }
    key.disabled = false;
    refused(answer);
    if (answer.status === 404 || answer.code === 'no_printer') {
      missing.print = true;
      key.hidden = true;
    }
  }
  /** What went wrong stands on the key for a while. @param {import('/web/api.js').Answer} answer */
  function refused({ status, code }) {
    const why = status === 0 ? 'l.away.h' : code === 'printer_not_ready' ? 'e.printer_not_ready' : '';
    words.textContent = why ? t(why) : t('l.print');
    if (!why) return;
    readAloud([{ key: why }]);
    setTimeout(() => {
      if (!key.disabled) words.textContent = t('l.print');
    }, TOLD);
  }
  return key;
}

/** @param {string} heading @param {Node[]} body */
function dialog(heading, body) {
  const el = h('dialog', { class: 'sheet', 'aria-labelledby': 'sheet-h' });
  const close = () => {
    el.close();
    el.remove();
  };
  el.addEventListener('close', () => el.remove());
  mount(el, h('h2', { id: 'sheet-h' }, heading), body, h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn go', autofocus: true, onclick: close }, t('l.close'))));
  document.body.append(el);
  el.showModal();
}
