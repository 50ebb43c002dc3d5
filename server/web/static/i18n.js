// Every sentence a person sees: Vietnamese, English, and what a hall has added
// (docs/languages.md). The tables lie in /web/i18n/{screen}.{tag}.json; a key
// missing in one falls back to Vietnamese.
import { signal } from '/web/dom.js';

/** @typedef {string} Lang the tag of a language: 'vi', 'en', 'tyz' */
/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{tag: Lang, name: string, short: string, voice: boolean}} Language `name` is in the language itself; without a `voice` Vietnamese is read aloud */

/** What has been loaded. @type {Record<Lang, Record<string, string>>} */
const tables = {};
/** Names from the settings in languages that the settings do not know, by the Vietnamese. @type {Record<Lang, Record<string, string>>} */
const names = {};
/** @type {Record<Lang, Promise<void>>} */
const loads = {};

/** @type {Language[]} */
let list = [
  { tag: 'vi', name: 'Tiếng Việt', short: 'Tiếng Việt', voice: true },
  { tag: 'en', name: 'English', short: 'English', voice: true },
];
/** @type {string[]} what the page shows */
let screens = [];

/** The language shown now; watch it to draw again. Change it with chooseLang. */
export const lang = signal(/** @type {Lang} */ ('vi'));
lang.on((l) => (document.documentElement.lang = l));

/** All there are, Vietnamese first, English second. */
export const languages = () => list;

/** The one after the one shown, for a button that goes round. @returns {Language} */
export const nextLanguage = () => list[(list.findIndex((x) => x.tag === lang.get()) + 1) % list.length];

/** Has the language shown clips of its own? The voice speaks it, or Vietnamese. @returns {Lang} */
export const spokenLang = () => (list.find((x) => x.tag === lang.get())?.voice === false ? 'vi' : lang.get());

/** How numbers are written. Browsers do not know every language; those of the hall write like Vietnamese. */
export const locale = () => (lang.get() === 'en' ? 'en' : 'vi');

let address = '';

/**
 * Loads the tables of one or more screens in Vietnamese and English: that switch
 * is then instant and works while the server is away. Keeps trying: a screen may
 * start before its server does.
 * @param {...string} wanted
 */
export async function loadTexts(...wanted) {
  await Promise.all([loadLanguage('vi', ...wanted), loadLanguage('en', ...wanted), loadList()]);
}

/**
 * Loads the tables of one language alone.
 * @param {Lang} tag
 * @param {...string} wanted
 */
export function loadLanguage(tag, ...wanted) {
  screens = wanted;
  return load(tag);
}

/** Loads every language there is, for a screen that must go on without its server. */
export async function loadLanguages() {
  await loadList();
  await Promise.all(list.map((x) => load(x.tag)));
}

async function loadList() {
  list = await table('/web/languages.json');
}

/** @type {Lang} the one asked for last */
let wish = 'vi';

/**
 * Shows another language; one whose texts are not here yet as soon as they are.
 * A language that the hall does not have changes nothing.
 * @param {Lang} tag
 */
export async function chooseLang(tag) {
  if (!list.some((x) => x.tag === tag)) return;
  wish = tag;
  if (!tables[tag]) await load(tag);
  if (wish === tag) lang.set(tag);
}

/** @param {Lang} tag @returns {Promise<void>} */
function load(tag) {
  loads[tag] ??= fetchTexts(tag);
  return loads[tag];
}

/** @param {Lang} tag */
async function fetchTexts(tag) {
  const known = tag === 'vi' || tag === 'en'; // to the settings
  const [own, ...texts] = await Promise.all([known ? {} : table(path('names', tag)), ...screens.map((screen) => table(path(screen, tag)))]);
  names[tag] = own;
  tables[tag] = Object.assign({}, ...texts);
}

/** @param {string} screen @param {Lang} tag */
const path = (screen, tag) => `/web/i18n/${screen}.${tag}.json`;

/** @param {string} path @returns {Promise<any>} */
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
  let s = tables[lang.get()]?.[key] ?? tables.vi?.[key] ?? key;
  if (address) s = s.replaceAll('ông/bà', address).replaceAll('Ông/bà', address[0].toUpperCase() + address.slice(1));
  return args ? s.replace(/\{(\w+)\}/g, (whole, name) => String(args[name] ?? whole)) : s;
}

/**
 * The text of a key as it stands in the table, its {name} places open; empty when there is none.
 * @param {string} key
 * @param {Lang} [tag]
 */
export const template = (key, tag = lang.get()) => tables[tag]?.[key] ?? tables.vi?.[key] ?? '';

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
 * @returns {string}
 */
export const named = (text) => namedIn(lang.get(), text);

/**
 * The same in a language that need not be the one shown.
 * @param {Lang} tag
 * @param {Text | null | undefined} text
 * @returns {string}
 */
export function namedIn(tag, text) {
  return (tag === 'en' && text?.en) || names[tag]?.[text?.vi ?? ''] || text?.vi || '';
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
