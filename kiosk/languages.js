// Choosing among more than two languages: each by its own name, over whatever
// screen stands, within everybody's reach.
import { h, mount } from '/web/dom.js';
import { lang, languages, t } from '/web/i18n.js';
import { speak } from '/kiosk/modes.js';
import { readAloud } from '/kiosk/reader.js';
import { numbered } from '/kiosk/said.js';

/** @typedef {import('/web/i18n.js').Language} Language */

const dialog = h('dialog', { class: 'idle langs', 'aria-labelledby': 'langs-h' });

const close = () => dialog.close();

export function openLanguages() {
  if (!dialog.isConnected) document.body.append(dialog);
  const all = languages();
  mount(dialog,
    h('h2', { id: 'langs-h' }, t('k.lang.q')),
    h('div', { class: 'acts' }, all.map(choice)),
    h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn', onclick: close }, t('k.conf.no'))));
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector('[aria-pressed=true]'))?.focus();
  readAloud([{ key: 'k.lang.q' }, ...numbered([...all.map((x) => ({ label: { name: { vi: x.name, en: x.name } } })), { label: { key: 'k.conf.no' } }])]);
}

/** @param {Language} x */
function choice(x) {
  const pick = () => {
    close();
    speak(x.tag);
  };
  return h('button', { type: 'button', class: 'btn', lang: x.tag, 'aria-pressed': String(x.tag === lang.get()), onclick: pick }, x.name);
}
