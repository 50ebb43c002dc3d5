// The code of a dossier: found in what a scanner read, and understood the way
// people type it. The two shapes are those of the receipts in use: three groups of
// figures before the province or ministry (until 2025), or up to three behind it.

const CODE = /(?:\d{3}\.\d{2}\.\d{2}\.[GH]\d{2}|[GH]\d{2}(?:\.\d{1,3}){1,3})-\d{6}-\d{4,8}/g;
const WHOLE = /^(?:\d{3}\.\d{2}\.\d{2}\.[GH]\d{2}|[GH]\d{2}(?:\.\d{1,3}){1,3})-\d{6}-\d{4,8}$/;
/** The longest code there is. */
export const LONGEST = 32;

/**
 * The one code in a text, whatever else stands there; two different ones are none,
 * and one that goes on in letters or figures was cut out of something longer. The
 * rest of the text is looked at by nobody.
 * @param {string} text
 * @returns {string} empty when there is none
 */
export function codeIn(text) {
  const upper = text.toUpperCase();
  let code = '';
  for (const found of upper.matchAll(CODE)) {
    const end = found.index + found[0].length;
    if (/[A-Z0-9]/.test((upper[found.index - 1] ?? '') + (upper[end] ?? ''))) continue;
    if (code && code !== found[0]) return '';
    code = found[0];
  }
  return code;
}

/**
 * The codes that somebody may mean: one when the signs between the groups are
 * there, whichever they are; without them those whose date can be, the groups
 * that the rules name first.
 * @param {string} typed
 * @param {string} today "2026-11-21"
 * @returns {string[]} empty when it is no code yet
 */
export function codesOf(typed, today) {
  const text = typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1').trim();
  if (WHOLE.test(text)) return [text];
  const groups = text.split(/[^GH0-9]+/).filter(Boolean);
  if (groups.length > 1) return joined(groups);
  return run(groups[0] ?? '', today);
}

/** Groups with a wrong sign between them. @param {string[]} groups */
function joined(groups) {
  const code = `${groups.slice(0, -2).join('.')}-${groups.slice(-2).join('-')}`;
  return WHOLE.test(code) ? [code] : [];
}

/** How the figures behind the province are grouped: as the rules say, and as receipts have them. */
const GROUPS = [[3, 2], [2, 2, 2], [3, 2, 2]];

/** Nothing between the groups at all. @param {string} text @param {string} today */
function run(text, today) {
  const old = /^(\d{3})(\d{2})(\d{2})([GH]\d{2})(\d{6})(\d{4,8})$/.exec(text);
  if (old) return [`${old.slice(1, 5).join('.')}-${old[5]}-${old[6]}`];
  const found = GROUPS.map((sizes) => split(text, sizes)).filter((x) => x !== null && canBe(x.date, today));
  return found.map((x) => x?.code ?? '');
}

/** @param {string} text @param {number[]} sizes */
function split(text, sizes) {
  const shape = new RegExp(`^([GH]\\d{2})${sizes.map((n) => `(\\d{${n}})`).join('')}(\\d{6})(\\d{4,8})$`);
  const parts = shape.exec(text)?.slice(1);
  if (!parts) return null;
  const [date, serial] = parts.slice(-2);
  return { code: `${parts.slice(0, -2).join('.')}-${date}-${serial}`, date };
}

/** A day that has been, and not before there were such codes. @param {string} date "261008" @param {string} today */
function canBe(date, today) {
  const day = `20${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day >= '2018-01-01' && day <= today;
}
