// The hall's settings as the assistant changes them: read whole, changed by one step,
// and saved whole; what the server does not take is said in its words.
import { get, post, put } from '/web/api.js';
import { sentence } from '/web/errors.js';
import { named } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** @param {string} branch */
export function hallSettings(branch) {
  const path = `/api/v1/branches/${encodeURIComponent(branch)}/settings`;
  /** @type {{version: number, settings: Bag} | null} */
  let held = null;

  return {
    /** What is in force, as a copy that a step may change. @returns {Promise<Bag | null>} */
    async read() {
      const answer = await get(path);
      if (!answer.ok) return null;
      held = answer.body;
      return structuredClone(answer.body.settings);
    },
    /** Saves; gives a sentence when it was not taken, empty when it was. @param {Bag} fresh @returns {Promise<string>} */
    async save(fresh) {
      if (!held) return sentence('network');
      const body = { version: held.version, settings: fresh };
      const answer = await put(path, body);
      if (answer.ok) return '';
      if (answer.code !== 'settings_invalid') return sentence(answer.code);
      const look = await post(`${path}/preview`, body);
      const problems = look.ok ? look.body.problems ?? [] : [];
      if (problems.length === 0) return sentence(answer.code);
      return problems.map((/** @type {any} */ p) => `${named(p.name)}: ${named(p.what)}`).join(' · ');
    },
  };
}
