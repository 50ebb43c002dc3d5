// The header and the strip under it: which counter, whether the line stands,
// what time it is at the server, and what is wrong.
import { h, icon } from '/web/dom.js';
import { lang, t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { deviceLine, printerTroubles } from '/web/devices.js';
import { counterName } from '/desk/words.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').CounterName} CounterName */

/**
 * @param {() => void} leave to another counter
 */
export function header(leave) {
  const label = h('span'), name = h('span', { class: 'name' }), where = h('h1', null, label, name);
  const link = h('span', { class: 'link', role: 'status' }), clerk = h('span', { class: 'clerk' });
  const clock = h('span', { class: 'clock num' });
  const change = h('button', { type: 'button', onclick: leave }, t('d.change'));
  const el = h('header', { class: 'top' }, icon('landmark'), where,
    h('div', { class: 'right' }, link, clerk, change,
      h('button', { type: 'button', class: 'lang', lang: lang.get() === 'vi' ? 'en' : 'vi', onclick: () => lang.set(lang.get() === 'vi' ? 'en' : 'vi') }, t('d.lang')),
      clock));
  const strip = h('p', { class: 'strip', role: 'status', hidden: true });

  /**
   * @param {HallState | null} state @param {CounterName | null} counter @param {boolean} online @param {number} now
   */
  function draw(state, counter, online, now) {
    put(label, counter ? t('d.counter', { label: counter.label }) : t('d.title'));
    put(name, counter && state ? ` · ${counterName(state, counter)}` : '');
    // In the first moments of a page nothing is lost yet.
    const early = !state && performance.now() < 3000;
    put(link, online ? t('d.on') : early ? t('d.connecting') : t('d.lost'));
    link.classList.toggle('off', !online);
    put(clerk, counter?.clerk ?? '');
    clerk.hidden = !counter?.clerk;
    change.hidden = !counter;
    put(clock, hm(now));
    const doubt = state?.branch.trusted === true;
    const news = state ? printerTroubles(state).map(deviceLine) : [];
    if (doubt) news.push(t('d.trust'));
    put(strip, online ? news.join(' · ') : early ? '' : t('d.off'));
    strip.className = online ? 'strip warn' : 'strip off';
    strip.hidden = strip.textContent === '';
  }
  return { el, strip, draw };
}

/**
 * Sets a text only when it is another one: live regions speak at each change.
 * @param {Element} el @param {string} text
 */
export function put(el, text) {
  if (el.textContent !== text) el.textContent = text;
}
