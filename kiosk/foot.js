// The bottom bar, in the same place on every screen: language, display options,
// reading aloud, and a person who helps.
import { h, icon, mount, set } from '/web/dom.js';
import { t, lang, languages, nextLanguage } from '/web/i18n.js';
import { languageChoice } from '/kiosk/later.js';
import { on, speak, toggle } from '/kiosk/modes.js';
import { louder, loudness, reading, toggleReading } from '/kiosk/reader.js';

/** @typedef {import('/kiosk/modes.js').Mode} Mode */

const bar = h('footer', { class: 'modes' });

/** @type {import('/kiosk/kiosk.js').App | null} */
let owner = null;

/**
 * The bar. It is one element that all screens share, so nothing of it is built
 * again with each of them; who pressed a key by keyboard stays on that key.
 * @param {import('/kiosk/kiosk.js').App | null} app null before the hall is known: nobody could be called yet
 */
export function foot(app) {
  owner = app ?? null;
  draw();
  return bar;
}

function draw() {
  mount(bar,
    language(),
    mode('text-size', t('k.acc.text'), 'text'),
    mode('contrast', t('k.acc.contrast'), 'contrast'),
    mode('reach-low', t('k.acc.reach'), 'reach'),
    cell('volume', t('k.acc.read'), 'read', toggleReading, { 'aria-pressed': String(reading.get()) }),
    reading.get() && cell('volume', t('k.read.volume', { n: loudness.get() }), 'volume', louder),
    owner && cell('bell', t('k.help'), 'help', () => owner?.help()));
  set(bar, { 'aria-label': t('k.acc'), style: { '--keys': bar.childElementCount } });
}

reading.on(draw);
loudness.on(draw);

/** How many other languages the key names; all of them would not fit. */
const NAMED = 2;

/** The key of the other language, or the way to the others. */
function language() {
  if (languages().length > 2) return others();
  const next = lang.get() === 'vi' ? 'en' : 'vi';
  return cell('language', t('k.acc.lang'), 'lang', () => speak(next), { lang: next });
}

/** Who reads no Vietnamese finds the own language by its name. */
function others() {
  const rest = languages().filter((x) => x.tag !== lang.get());
  const shown = rest.slice(0, NAMED).flatMap((x, i) => [i > 0 && '\u00a0· ', h('b', { lang: x.tag }, x.short)]);
  return cell('language', h('b', null, shown, rest.length > NAMED && ' …'), 'lang', choose);
}

/** Asks which; where the question cannot be had, the key goes round. */
function choose() {
  languageChoice().then((x) => x.openLanguages(), () => speak(nextLanguage().tag));
}

/** @param {string} name @param {string} label @param {Mode} which */
function mode(name, label, which) {
  return cell(name, label, which, () => toggle(which), { 'aria-pressed': String(on(which)) });
}

/**
 * @param {string} name of the icon
 * @param {import('/web/dom.js').Child} label
 * @param {string} key what it is called on the page
 * @param {() => void} press
 * @param {object} [props]
 */
function cell(name, label, key, press, props) {
  const pressed = () => {
    const focused = document.activeElement?.getAttribute('data-mode') === key;
    press();
    if (focused) /** @type {HTMLElement | null} */ (bar.querySelector(`[data-mode="${key}"]`))?.focus();
  };
  return h('button', { type: 'button', 'data-mode': key, onclick: pressed, ...props }, icon(name), h('span', null, label));
}
