// What somebody is writing in a form of settings: it outlives a look at another part of
// the page, and in this tab a reload and an end of the session, for the same person.

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {{version: number, settings: Bag, base: Bag, dirty: boolean, before?: number}} Draft `base`: as it was read; `before`: the version that this page has replaced */

/** By the form's name, the branch and the person. @type {Map<string, Draft>} */
const drafts = new Map();
/** How long after the last letter a draft is kept, ms. */
const PAUSE = 400;

/** @param {import('/admin/admin.js').App} app @param {string} form */
export function draftOf(app, form) {
  const mine = ['motcua.draft', form, app.branch, app.me?.account?.id ?? app.me?.name ?? ''].join(' ');
  let timer = 0;

  function keep() {
    const draft = drafts.get(mine);
    try {
      if (draft?.dirty) sessionStorage.setItem(mine, JSON.stringify({ version: draft.version, settings: draft.settings }));
      else sessionStorage.removeItem(mine);
    } catch {
      // A full or forbidden storage loses nothing but the draft at a reload.
    }
  }

  return {
    /** @returns {Draft | undefined} */
    get: () => drafts.get(mine),
    /** @param {Draft} draft */
    set(draft) {
      window.clearTimeout(timer);
      drafts.set(mine, draft);
      keep();
    },
    /** Somebody has written. */
    soil() {
      const draft = drafts.get(mine);
      if (!draft) return;
      draft.dirty = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, PAUSE);
    },
    /**
     * The settings as read now, or what was written over that very version before.
     * @param {{version: number, settings: Bag}} read @param {number} [before]
     */
    begin(read, before) {
      const kept = drafts.has(mine) ? null : stored(mine);
      const again = kept?.version === read.version;
      this.set({ version: read.version, settings: again ? kept.settings : read.settings, base: structuredClone(read.settings), dirty: again, before });
    },
  };
}

/**
 * What was written over an older version, put over what somebody has saved meanwhile.
 * Part by part of the document: where both have changed the same one, there is no telling
 * what was meant.
 * @param {Draft} draft @param {{version: number, settings: Bag}} read
 * @returns {Draft | null} null when both have changed the same part
 */
export function over(draft, read) {
  const settings = structuredClone(read.settings);
  for (const part of new Set([...Object.keys(draft.settings), ...Object.keys(draft.base)])) {
    if (part === 'version' || same(draft.settings[part], draft.base[part])) continue;
    if (!same(read.settings[part], draft.base[part])) return null;
    settings[part] = draft.settings[part];
  }
  return { version: read.version, settings, base: structuredClone(read.settings), dirty: true };
}

/** Equal but for what is empty, which forms add and the server leaves out. @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(lean(a)) === JSON.stringify(lean(b));

/** @param {unknown} v @returns {unknown} undefined for what is empty */
function lean(v) {
  if (v === '' || v === null || v === false) return undefined;
  if (Array.isArray(v)) return v.length > 0 ? v.map((x) => lean(x) ?? null) : undefined;
  if (typeof v !== 'object') return v;
  const entries = Object.entries(/** @type {Bag} */ (v)).map(([key, x]) => [key, lean(x)]).filter(([, x]) => x !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))) : undefined;
}

/** @param {string} key @returns {{version: number, settings: Bag} | null} */
function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
