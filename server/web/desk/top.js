// The header and the strip under it: which counter, whether the line stands,
// what time it is at the server, and what is wrong.
import { h, icon, set } from '/web/dom.js';
import { emergencyStrip } from '/web/emergency.js';
import { lang, t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { deadScreens, deviceLine, printerTroubles } from '/web/devices.js';
import { counterName } from '/desk/words.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').CounterName} CounterName */

/** The news are one line, px. */
const LINE = 50;

/**
 * @param {() => void} leave to another counter
 * @param {import('/desk/ringing.js').Bell} bell
 * @param {Element} alerts what the floor asks for, under the other news
 * @param {HTMLElement | null} account the person's own button, where one has logged in
 */
export function header(leave, bell, alerts, account) {
  const label = h('span'), name = h('span', { class: 'name' }), where = h('h1', null, label, name);
  const link = h('span', { class: 'link', role: 'status' }), clerk = h('span', { class: 'clerk' });
  const clock = h('span', { class: 'clock num' });
  const mute = h('button', { type: 'button', class: 'mute', onclick() {
    bell.turn();
    quiet();
  } });
  const quiet = () => {
    const name = bell.on() ? t('d.sound.off') : t('d.sound.on');
    set(mute, { 'aria-label': name, title: name });
    mute.replaceChildren(icon(bell.on() ? 'volume' : 'volume-off'));
  };
  quiet();
  const change = h('button', { type: 'button', onclick: leave }, t('d.change'));
  const el = h('header', { class: 'top' }, icon('landmark'), where,
    h('div', { class: 'right' }, link, account ?? clerk, mute, change,
      h('button', { type: 'button', class: 'lang', lang: lang.get() === 'vi' ? 'en' : 'vi', onclick: () => lang.set(lang.get() === 'vi' ? 'en' : 'vi') }, t('d.lang')),
      clock));
  const strip = h('p', { class: 'strip', role: 'status', hidden: true }), alarm = emergencyStrip();
  const news = h('div', { class: 'news' }, alarm.el, strip, alerts);

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
    clerk.hidden = !counter?.clerk || account !== null;
    change.hidden = !counter;
    put(clock, hm(now));
    const doubt = state?.branch.trusted === true;
    const wrong = state ? [...printerTroubles(state).map(deviceLine), ...deadScreens(state)] : [];
    if (doubt) wrong.push(t('d.trust'));
    put(strip, online ? wrong.join(' · ') : early ? '' : t('d.off'));
    strip.className = online ? 'strip warn' : 'strip off';
    strip.hidden = strip.textContent === '';
    alarm.draw(state);
    // The card of the present visit gives as much room as the news take: the big
    // button stays where it is.
    const high = news.offsetHeight;
    news.classList.toggle('some', high > 0);
    news.classList.toggle('more', high > LINE);
  }
  return { el, news, draw };
}

/**
 * Sets a text only when it is another one: live regions speak at each change.
 * @param {Element} el @param {string} text
 */
export function put(el, text) {
  if (el.textContent !== text) el.textContent = text;
}
