// Every sentence a person sees, in Vietnamese and English. The tables lie in
// /web/i18n/{screen}.{lang}.json; a key missing in one falls back to Vietnamese.
import { signal } from '/web/dom.js';

/** @typedef {'vi' | 'en'} Lang */
/** @typedef {import('/web/types.js').Text} Text */

/** @type {Record<Lang, Record<string, string>>} */
const tables = { vi: {}, en: {} };

/** The language shown now; watch it to draw again. */
export const lang = signal(/** @type {Lang} */ ('vi'));
lang.on((l) => (document.documentElement.lang = l));

let address = '';

/**
 * Loads the tables of one or more screens, both languages: the switch is then
 * instant and works while the server is away. Keeps trying: a screen may start
 * before its server does.
 * @param {...string} screens
 */
export async function loadTexts(...screens) {
  /** @type {Lang[]} */
  const langs = ['vi', 'en'];
  await Promise.all(screens.flatMap((screen) => langs.map(async (l) => {
    Object.assign(tables[l], await table(`/web/i18n/${screen}.${l}.json`));
  })));
}

/** @param {string} path @returns {Promise<Record<string, string>>} */
async function table(path) {
  for (;;) {
    try {
      const r = await fetch(path);
      if (r.ok) return await r.json();
    } catch {
      // Not reachable yet.
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}

/**
 * How this hall addresses people; "ông/bà" unless its settings say otherwise.
 * @param {string | undefined} word
 */
export function setAddress(word) {
  address = word && word !== 'ông/bà' ? word : '';
}

/**
 * The sentence of a key. Write keys as literals: a test looks for each in the tables.
 * @param {string} key
 * @param {Record<string, string | number>} [args] fill {name} places
 * @returns {string}
 */
export function t(key, args) {
  let s = tables[lang.get()][key] ?? tables.vi[key] ?? key;
  if (address) s = s.replaceAll('ông/bà', address).replaceAll('Ông/bà', address[0].toUpperCase() + address.slice(1));
  return args ? s.replace(/\{(\w+)\}/g, (whole, name) => String(args[name] ?? whole)) : s;
}

/**
 * The text of a key as it stands in the table, its {name} places open; empty when there is none.
 * @param {string} key
 */
export const template = (key) => tables[lang.get()][key] ?? tables.vi[key] ?? '';

/**
 * A sentence with elements in its {name} places: rich(t('k.home.sub'), {n: h('b', null, '23')}).
 * @param {string} sentence
 * @param {Record<string, Node | string | number>} places
 * @returns {(Node | string)[]}
 */
export function rich(sentence, places) {
  return sentence.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const value = name === undefined ? undefined : places[name];
    return value === undefined ? part : value instanceof Node ? value : String(value);
  });
}

/**
 * A name from the settings in the language shown.
 * @param {Text | null | undefined} text
 */
export function named(text) {
  return (lang.get() === 'en' && text?.en) || text?.vi || '';
}

/**
 * Fills the elements marked data-t="key" (text) and data-t-label="key" (aria-label).
 * @param {ParentNode} [root]
 */
export function translate(root = document) {
  for (const el of root.querySelectorAll('[data-t]')) el.textContent = t(el.getAttribute('data-t') ?? '');
  for (const el of root.querySelectorAll('[data-t-label]')) {
    el.setAttribute('aria-label', t(el.getAttribute('data-t-label') ?? ''));
  }
}
