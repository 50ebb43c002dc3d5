// Telex: letters that make accents of the letters before them ("dduwowngf" is
// "đường"). Only the last word of a text changes.

/** @type {Record<string, string>} the sign a tone key adds, as a combining mark */
const TONES = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323', z: '' };
const MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** @type {Record<string, string>} two letters that become one */
const PAIRS = { aa: 'â', ee: 'ê', oo: 'ô', aw: 'ă', ow: 'ơ', uw: 'ư', dd: 'đ' };

/**
 * @param {string} text
 * @param {string} key the letter typed after it
 * @returns {string}
 */
export function telex(text, key) {
  const at = text.lastIndexOf(' ') + 1, word = text.slice(at);
  return text.slice(0, at) + (/^[a-z]$/i.test(key) ? change(word, key) : word + key);
}

/** @param {string} word @param {string} key */
function change(word, key) {
  const low = key.toLowerCase();
  const { plain, tone } = apart(word);
  if (low in TONES && /[aeiouyăâêôơư]/i.test(plain)) {
    // The same tone twice is the letter itself, and so is "z" where there is none.
    if (tone === TONES[low]) return low === 'z' ? word + key : plain + key;
    return together(plain, TONES[low]);
  }
  if (low === 'w' && /uo[^aeiouy]*$/i.test(plain)) {
    return together(plain.replace(/uo([^aeiouy]*)$/i, (_, rest) => `ươ${rest}`), tone);
  }
  const pair = findPair(plain, low);
  return together(pair ?? plain + key, tone);
}

/**
 * The letter that the key changes stands last, or before the word's last consonants.
 * @param {string} plain
 * @param {string} key
 */
function findPair(plain, key) {
  for (let i = plain.length - 1; i >= 0; i--) {
    const made = PAIRS[plain[i].toLowerCase() + key];
    if (made) {
      if (key === 'd' && i !== 0) return null;
      const letter = plain[i] === plain[i].toLowerCase() ? made : made.toUpperCase();
      return plain.slice(0, i) + letter + plain.slice(i + 1);
    }
    if (key !== 'd' && /[aeiouyăâêôơư]/i.test(plain[i]) && key !== 'w') return null;
  }
  return null;
}

/** A word without its tone, and the tone. @param {string} word */
function apart(word) {
  const wide = word.normalize('NFD');
  return { plain: wide.replace(MARKS, '').normalize('NFC'), tone: wide.match(MARKS)?.[0] ?? '' };
}

/** The tone on the vowel where it is written ("hòa", "thuế", "quý"). @param {string} plain @param {string} tone */
function together(plain, tone) {
  if (!tone) return plain;
  const at = place(plain.toLowerCase());
  if (at < 0) return plain;
  return (plain.slice(0, at + 1) + tone + plain.slice(at + 1)).normalize('NFC');
}

/** @param {string} word in small letters, without tone */
function place(word) {
  const start = /^(qu|gi(?=[aeouyăâêôơư]))/.exec(word)?.[0].length ?? 0;
  const vowels = /[aeiouyăâêôơư]+/.exec(word.slice(start));
  if (!vowels) return start > 0 ? start - 1 : -1;
  const first = start + vowels.index, group = vowels[0], last = first + group.length - 1;
  for (let i = last; i >= first; i--) if (/[ăâêôơư]/.test(word[i])) return i;
  if (group.length === 1) return first;
  if (last < word.length - 1) return last;
  return group.length === 2 ? first : first + 1;
}
