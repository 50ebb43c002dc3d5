// How the screen is shown: language, large text, high contrast, lower screen.
// Each lasts for one person only; reset() is called when a session ends.
import { signal } from '/web/dom.js';
import { chooseLang, lang } from '/web/i18n.js';
import { query } from '/web/page.js';
import { reading } from '/kiosk/reader.js';

/** @typedef {'text' | 'contrast' | 'reach'} Mode */

/** @type {Record<Mode, string>} what each sets on <html> */
const VALUES = { text: 'large', contrast: 'high', reach: 'low' };

/** Counts changes of any mode; watch it to lay out again. */
export const changed = signal(0);

const root = document.documentElement;

/** How much larger everything is on smaller glass; 1 at 32 inches. @type {(k: number, large: boolean) => number} */
let growth = (k) => k;

/** A page that holds more than the kiosk grows less, as far as its letters and keys keep their millimetres. @param {(k: number, large: boolean) => number} rule */
export const setGrowth = (rule) => {
  growth = rule;
  fit();
};
const again = () => changed.set(changed.get() + 1);

/** @param {Mode} mode */
export const on = (mode) => root.dataset[mode] === VALUES[mode];

/** @param {Mode} mode */
export function toggle(mode) {
  if (on(mode)) delete root.dataset[mode];
  else root.dataset[mode] = VALUES[mode];
  fit();
  again();
}

/** @param {import('/web/i18n.js').Lang} next */
export function speak(next) {
  void chooseLang(next);
}

lang.on(again);

/** Is anything not as a new visitor finds it? */
export const any = () => lang.get() !== 'vi' || assisted();

/** Has this person asked for help with seeing or reaching? They get more time. */
export const assisted = () => on('text') || on('contrast') || on('reach') || reading.get();

/** Back to how every session starts. */
export function reset() {
  const other = lang.get() !== 'vi';
  speak('vi'); // another language that is still on its way must not come for the next visitor
  if (!other && !assisted()) return;
  reading.set(false);
  for (const mode of Object.keys(VALUES)) delete root.dataset[mode];
  fit();
  again();
}

/** Heights above the floor nobody has to reach beyond, mm: EN 301 549 8.3, and the same over an obstacle. */
const REACH = 1220, LOW = 1118;

/** The hall's kiosks, until its settings are known: 32 inches, the picture's lower edge at 800 mm. */
let screen = { diagonal: 32, base: 800 };

/**
 * What the hall's settings say of the kiosks; the page's own address (?diag= and
 * ?base=) says it for one machine.
 * @param {{diagonal?: number, base?: number} | undefined} kiosk inches, and mm from the floor to the picture
 */
export function setScreen(kiosk) {
  const next = { diagonal: kiosk?.diagonal || 32, base: kiosk?.base || 800 };
  if (next.diagonal === screen.diagonal && next.base === screen.base) return;
  screen = next;
  fit();
  again();
}

/**
 * Sizes the page: millimetres stay the same on every screen. A window that is
 * smaller than the screen (a developer's) shows everything smaller.
 */
export function fit() {
  const wide = innerWidth > innerHeight;
  const scale = wide ? Math.min(innerWidth / 1920, innerHeight / 1080) : Math.min(innerWidth / 1080, innerHeight / 1920);
  const k = Math.min(1.5, Math.max(0.8, 32 / diagonal()));
  root.style.setProperty('--k', String(Math.round(growth(k, on('text')) * scale * 1000) / 1000));
  root.dataset.shape = wide ? 'wide' : 'tall';
  // Two columns need 28 inches: below, words of the right size no longer fit side by side.
  root.dataset.size = k > 1.14 ? 'big' : 'full';
  line();
}

/** Nothing above --line can be touched: the reach of a seated person, or a lower one on request. */
function line() {
  const floor = Number(query('base')) || screen.base;
  const pixel = (diagonal() * 25.4) / Math.hypot(innerWidth, innerHeight);
  const at = (/** @type {number} */ height) => innerHeight - (height - floor) / pixel;
  // The lower screen must be seen to move, and leave room for what is touched.
  const y = on('reach') ? Math.min(0.6 * innerHeight, Math.max(at(LOW), innerHeight / 3)) : at(REACH);
  root.style.setProperty('--line', `${Math.max(0, Math.ceil(y))}px`);
}

const diagonal = () => Number(query('diag')) || screen.diagonal;
