// Reads sentences aloud by joining clips: /web/speech/{lang}/clips.json says
// which piece of a sentence is in which file (docs/speech.md). Load this module
// when somebody wants to hear, not before. A name or a text that no clip says is
// read by the server's speech program, where it has one; else it is left out.
import { newKey } from '/web/api.js';
import { namedIn, spokenLang, template } from '/web/i18n.js';
import { ranges } from '/web/labels.js';

/** @typedef {import('/web/types.js').Text} Text */
/**
 * What can be read: a key of the tables with what fills its places, or a name.
 * @typedef {{key: string, args?: Record<string, Value>} | {name: Text}} Said
 */
/**
 * A whole number, an hour "08:05", the number on a ticket (read digit by digit),
 * a counter's label (read whole), another sentence, or several of these.
 * @typedef {number | {time: string} | {number: string} | {counter: string} | Said | Value[]} Value
 */
/** @typedef {Record<string, {file: string}>} Index */
/** @typedef {{key: string, at: number, sound: AudioBuffer}} Step `at` in seconds */
/**
 * How it is said; in the language shown, digit by digit and as the North says numbers when nothing is asked for.
 * @typedef {object} How
 * @property {string} [tag] the language
 * @property {boolean} [south]
 * @property {boolean} [whole] numbers on tickets as numbers: "A mười hai"
 * @property {string[]} [lacks] is told each piece that cannot be said
 */

/** Seconds between two pieces of a sentence, and between two sentences. */
const JOIN = 0.02, PAUSE = 0.25;
const RATE = 48_000;
/** Low, middle and high. */
const VOLUMES = [0.35, 0.65, 1];

/** @type {AudioContext | undefined} */
let context;
let volume = VOLUMES[1];
/** What is being read, or about to be. @type {{end: () => void, out?: GainNode} | null} */
let current = null;

/** Is something being read, or about to be? */
export const speaking = () => current !== null;

/** @param {1 | 2 | 3} step of the loudness; 2 is what everybody starts with */
export function setVolume(step) {
  volume = VOLUMES[step - 1];
  if (current?.out) current.out.gain.value = volume;
}

/** Falls silent. */
export const stop = () => current?.end();

/**
 * Reads a list in the language shown. What was being read stops. Settles when it
 * is read, stopped, or cannot be heard: a browser may refuse sound until its
 * page has been touched.
 * @param {Said[]} list
 * @returns {Promise<void>}
 */
export function speak(list) {
  stop();
  return new Promise((done) => {
    const mine = current = {
      end() {
        if (current === mine) current = null;
        done();
      },
    };
    play(list, mine).catch((e) => {
      console.debug('not read aloud', e);
      mine.end();
    });
  });
}

/** @param {Said[]} list @param {{end: () => void, out?: GainNode}} mine */
async function play(list, mine) {
  const [steps, heard] = await Promise.all([plan(list), awake()]);
  const ctx = context;
  if (current !== mine) return;
  if (!heard || !ctx || steps.length === 0) return mine.end();
  const out = mine.out = new GainNode(ctx, { gain: volume });
  out.connect(ctx.destination);
  const start = ctx.currentTime + 0.05;
  const sources = schedule(ctx, steps, out, start);
  const { end } = mine;
  // A sound card that goes away must not leave the page waiting.
  const late = setTimeout(() => mine.end(), (length(steps) + 3) * 1000);
  mine.end = () => {
    clearTimeout(late);
    out.gain.setTargetAtTime(0, ctx.currentTime, 0.01); // cut off at once it would click
    for (const source of sources) source.stop(ctx.currentTime + 0.05);
    setTimeout(() => out.disconnect(), 100);
    end();
  };
  sources[sources.length - 1].onended = () => mine.end();
}

/** Is there an open way to the loudspeaker? A page that nobody has touched may have none. */
async function awake() {
  context ??= new AudioContext();
  if (context.state !== 'running') await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 500))]);
  return context.state === 'running';
}

/**
 * The same as one piece of sound, as it would be heard at full loudness.
 * @param {Said[]} list @param {How} [how]
 * @returns {Promise<AudioBuffer | null>} null when there is nothing to hear
 */
export async function compose(list, how) {
  return render(await plan(list, how));
}

/** @param {Step[]} steps @returns {Promise<AudioBuffer | null>} */
export async function render(steps) {
  if (steps.length === 0) return null;
  const ctx = new OfflineAudioContext(1, Math.ceil(length(steps) * RATE), RATE);
  schedule(ctx, steps, ctx.destination, 0);
  return ctx.startRendering();
}

/** @param {BaseAudioContext} ctx @param {Step[]} steps @param {AudioNode} out @param {number} start */
export function schedule(ctx, steps, out, start) {
  return steps.map(({ at, sound }) => {
    const source = new AudioBufferSourceNode(ctx, { buffer: sound });
    source.connect(out);
    source.start(start + at);
    return source;
  });
}

/** @param {Step[]} steps @returns {number} seconds */
export function length(steps) {
  const last = steps[steps.length - 1];
  return last ? last.at + last.sound.duration : 0;
}

/**
 * Which clip is heard when.
 * @param {Said[]} list @param {How} [how]
 * @returns {Promise<Step[]>}
 */
export async function plan(list, how = {}) {
  const language = how.tag ?? spokenLang(), index = await indexOf(language);
  const keys = pieces(list, index, language, how);
  const sounds = await Promise.all(keys.map((key) => key && (free(key) ? freeSound(key) : soundOf(language, index[key].file))));
  /** @type {Step[]} */
  const steps = [];
  let at = 0;
  keys.forEach((key, i) => {
    const sound = sounds[i];
    if (sound) {
      steps.push({ key, at, sound });
      at += sound.duration + JOIN;
    } else if (key) {
      how.lacks?.push(key);
    } else if (steps.length > 0) {
      at += PAUSE - JOIN;
    }
  });
  return steps;
}

/** Fetches what a list needs, to be read when the server may be away. @param {Said[]} list @param {How} [how] */
export async function prepare(list, how = {}) {
  const language = how.tag ?? spokenLang(), index = await indexOf(language);
  await Promise.all(pieces(list, index, language, how).map((key) => key && (free(key) ? freeBytes(key) : bytesOf(language, index[key].file))));
}

/** @type {Map<string, Promise<any>>} what has been fetched; sound packed as it came */
const fetched = new Map();

/** @template T @param {string} path @param {(r: Response) => Promise<T>} read @returns {Promise<T>} */
function get(path, read) {
  let answer = fetched.get(path);
  if (!answer) {
    answer = fetch(path).then((r) => (r.ok ? read(r) : Promise.reject(new Error(`${path}: ${r.status}`))));
    fetched.set(path, answer);
    answer.catch(() => fetched.delete(path)); // the next one may succeed
  }
  return answer;
}

/** @param {string} language @returns {Promise<Index>} */
const indexOf = (language) => get(`/web/speech/${language}/clips.json`, (r) => r.json());

/** @param {string} language @param {string} file @returns {Promise<ArrayBuffer>} */
const bytesOf = (language, file) => get(`/web/speech/${language}/${file}`, (r) => r.arrayBuffer());

/** A sound of its own, no piece of a sentence; null when there is none. @param {string} key @param {string} language */
export async function clip(key, language) {
  const entry = (await indexOf(language))[key];
  return entry ? soundOf(language, entry.file) : null;
}

/** Clips that were heard last, unpacked: digits come again and again. @type {Map<string, Promise<AudioBuffer | null>>} */
const unpacked = new Map();
const UNPACKED = 80; // some ten megabytes

/** @param {string} language @param {string} file @returns {Promise<AudioBuffer | null>} */
function soundOf(language, file) {
  const name = `${language}/${file}`, sound = unpacked.get(name) ?? decoded(file, bytesOf(language, file));
  unpacked.delete(name);
  unpacked.set(name, sound);
  if (unpacked.size > UNPACKED) unpacked.delete(unpacked.keys().next().value ?? '');
  void sound.then((x) => x || unpacked.delete(name)); // the next one may succeed
  return sound;
}

/** @param {string} what @param {Promise<ArrayBuffer>} bytes @returns {Promise<AudioBuffer | null>} */
async function decoded(what, bytes) {
  try {
    return await new OfflineAudioContext(1, 1, RATE).decodeAudioData((await bytes).slice(0));
  } catch (e) {
    console.debug('no sound', what, e);
    return null;
  }
}

/** What begins the key of a text without clips; its language and the text follow. */
const FREE = '\u0001';
/** The most of such a text that is asked for at once, in characters. */
const BREATH = 300;

/** @param {string} key */
const free = (key) => key.startsWith(FREE);

/** @param {string} key */
const freeSound = (key) => decoded('text', freeBytes(key));

/** Sound of the server's speech program; it is not kept, and may be much. @param {string} key @returns {Promise<ArrayBuffer>} */
async function freeBytes(key) {
  const [lang, text] = key.slice(FREE.length).split('\n');
  const r = await fetch('/api/v1/speech', {
    method: 'POST', body: JSON.stringify({ lang, text }), credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey() },
  });
  if (!r.ok) throw new Error(`speech: ${r.status}`);
  return r.arrayBuffer();
}

/** A text in breaths, as keys. @param {string} text @param {string} lang */
function freeKeys(text, lang) {
  /** @type {string[]} */
  const breaths = [];
  for (const part of text.split(SENTENCE).flatMap((s) => s.match(new RegExp(`.{1,${BREATH}}(?:\\s|$)|.{1,${BREATH}}`, 'g')) ?? [])) {
    if (part.trim()) breaths.push(FREE + lang + '\n' + part.trim());
  }
  return breaths.flatMap((key, i) => (i > 0 ? ['', key] : [key]));
}

// From here on sentences are cut as server/web/speech cuts them (split.go).

const SENTENCE = /\n|\s·\s|(?<=[.!?…:;])\s+/;
const PLACE = /\{(\w+)\}/;
const EDGES = /^[\s.,:;!?…“”"'()–—-]+|[\s.,:;!?…“”"'()–—-]+$/g;
/** What stands in a shown text like a value: A012, 08:05, 24/11, 2,5, 12. */
const VALUE = /\b([A-Z]{1,2}\d{2,4}|\d{1,2}:\d{2}|\d{1,2}\/\d{1,2}|\d+(?:[.,]\d+)?)\b/;

/**
 * The keys of the clips in order; an empty one is the end of a sentence.
 * @param {Said[]} list
 * @param {Index} index
 * @param {string} [tag] the language
 * @param {How} [how] the rest of it
 * @returns {string[]}
 */
export function pieces(list, index, tag = spokenLang(), how = {}) {
  /** Did a piece of what is being cut have no clip? */
  let gap = false;

  /** @param {Said} x @returns {string[]} */
  const said = (x) => ('key' in x ? sentences(template(x.key, tag), x.args ?? {}) : spokenName(x.name));

  /** A name is said by clips alone, or read whole: two voices in one name confuse. @param {Text} name @returns {string[]} */
  function spokenName(name) {
    const text = namedIn(tag, name);
    gap = false;
    const lacked = how.lacks?.length ?? 0, keys = sentences(text, null);
    if (gap && how.lacks) how.lacks.length = lacked; // it is read by the program
    return gap ? freeKeys(text, tag !== 'vi' && text !== name.vi ? 'en' : 'vi') : keys;
  }

  /** @param {string} text @param {Record<string, Value> | null} args null: the text is shown as it stands @returns {string[]} */
  function sentences(text, args) {
    const all = text.split(SENTENCE).map((s) => {
      const asks = s.trim().endsWith('?');
      const parts = args ? s.split(PLACE) : [s];
      return parts.flatMap((part, i) =>
        i % 2 === 1 ? value(args?.[part]) : words(part, i < parts.length - 1 ? ',' : asks ? '?' : ''));
    });
    return all.filter((keys) => keys.length > 0).flatMap((keys, i) => (i > 0 ? ['', ...keys] : keys));
  }

  /** @param {string} text @param {string} mark of its tone @returns {string[]} */
  function words(text, mark) {
    const clean = text.replace(EDGES, '').split(/\s+/).join(' ');
    if (!clean) return [];
    const key = [mark, '', ',', '?'].map((m) => clean + m).find((k) => index[k]);
    if (key) return [key];
    const parts = text.split(VALUE);
    if (parts.length > 1) return parts.flatMap((part, i) => (i % 2 === 1 ? written(part) : words(part, i < parts.length - 1 ? ',' : mark)));
    gap = true;
    how.lacks?.push(clean);
    console.debug('no clip', clean);
    return [];
  }

  /** @param {Value | undefined} v @returns {string[]} */
  function value(v) {
    if (v === undefined) return [];
    if (typeof v === 'number') return whole(v);
    if (Array.isArray(v)) {
      const labels = v.flatMap((x) => (typeof x === 'object' && 'counter' in x ? [x.counter] : []));
      return labels.length > 0 ? counter(ranges(labels)) : v.flatMap(value);
    }
    if ('time' in v) return clock(v.time);
    if ('number' in v) return ticket(v.number);
    if ('counter' in v) return counter(v.counter);
    return said(v);
  }

  /** @param {string} text a value as it is shown @returns {string[]} */
  function written(text) {
    if (/^[A-Z]/.test(text)) return value({ number: text });
    if (text.includes(':')) return clock(text);
    const [day, month] = text.split('/');
    if (month) return [`${Number(day)}/`, `/${Number(month)}`].filter((k) => index[k]);
    return whole(Number(text.replace(',', '.')));
  }

  /** Labels of counters: "03", "01 – 03, 07", or a name. @param {string} label @returns {string[]} */
  function counter(label) {
    if (/[^\d\s–,A-Z]/.test(label)) return words(label, '');
    return (label.match(/\d+|[A-Z–]/g) ?? []).flatMap((x) => (/\d/.test(x) ? whole(Number(x)) : known(x)));
  }

  /** What stands on the paper: A012. @param {string} number @returns {string[]} */
  function ticket(number) {
    const parts = how.whole ? number.match(/[A-Z]|\d+/g) : number.match(/[A-Z]|\d/g);
    return (parts ?? []).flatMap((x) => (x.length > 1 ? whole(Number(x)) : known(x)));
  }

  /** The clip of a value, in the words of the region. @param {string} key @returns {string[]} */
  function known(key) {
    const own = how.south && index['south ' + key] ? 'south ' + key : key;
    if (index[own]) return [own];
    how.lacks?.push(key);
    return [];
  }

  /** @param {string} time "08:05" @returns {string[]} */
  function clock(time) {
    const [h, m] = time.split(':').map(Number);
    const keys = m === 0 ? [`${h}:00`] : [`${h}:`, `:${String(m).padStart(2, '0')}`];
    return keys.flatMap(known);
  }

  /** @param {number} n @returns {string[]} */
  function whole(n) {
    if (!Number.isInteger(n) && Number.isFinite(n)) {
      const [before, after] = String(n).split('.');
      return [...whole(Number(before)), ...known('.'), ...[...after].flatMap(known)];
    }
    if (index[String(n)]) return known(String(n));
    if (!(n > 0 && n < 1e9)) return [...String(n)].flatMap(known);
    const millions = Math.floor(n / 1e6), thousands = Math.floor(n / 1000) % 1000, rest = n % 1000;
    return [
      ...(millions ? [...group(millions, false), ...known('*1000000')] : []),
      ...(thousands > 0 && thousands < 10 && !millions ? known(String(thousands * 1000)) : []),
      ...(thousands > 9 || (thousands && millions) ? [...group(thousands, millions > 0), ...known('*1000')] : []),
      ...(rest ? group(rest, n >= 1000) : []),
    ];
  }

  /** One to 999. @param {number} n @param {boolean} inner a greater group stands before it @returns {string[]} */
  function group(n, inner) {
    const hundreds = n - (n % 100), rest = n % 100;
    if (!hundreds && !inner) return known(String(rest));
    // Vietnamese names the hundreds that are none and joins a unit alone; English joins whatever follows.
    const and = index['&'] && rest && (rest < 10 || !index['0&']) ? known('&') : [];
    return [
      ...(hundreds ? known(String(hundreds)) : index['0&'] ? known('0&') : []), ...and, ...(rest ? known(String(rest)) : []),
    ];
  }

  return list.flatMap((x, i) => (i > 0 ? ['', ...said(x)] : said(x)));
}
