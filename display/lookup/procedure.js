// A procedure as the API gives it. Nothing here runs.

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{n?: number, unit?: string}} Term */
/** @typedef {{name: string, whole?: string, originals: number, copies: number, show?: boolean, note?: boolean, form?: string, form_url?: string}} Paper */
/** @typedef {{name?: string, bring: Paper[], sets?: string}} Case */
/** @typedef {{modes: string[], text: string, term?: Term}} Time */
/** @typedef {{modes: string[], text?: string, note?: string, by_province?: boolean, resolution?: string, from?: string}} Fee */
/** @typedef {{name: Text, address?: Text, phone?: string, email?: string, hours?: Text, metres?: number}} Office */
/**
 * @typedef {object} Procedure
 * @property {string} code
 * @property {string} name
 * @property {string} field
 * @property {string[]} [levels]
 * @property {string} [decision]
 * @property {string} [effective]
 * @property {string} [kind]
 * @property {string[]} [subjects]
 * @property {{mode: string, time?: string, fee?: string, note?: string}[]} [channels]
 * @property {string} [agency]
 * @property {string} [authority]
 * @property {string} [reception]
 * @property {string} [steps]
 * @property {string} [requirements]
 * @property {string[]} [results]
 * @property {string} [legal_basis]
 * @property {string} [source]
 * @property {string} [as_of]
 * @property {boolean} [sample]
 * @property {boolean} [withdrawn]
 * @property {string[]} services
 * @property {string[]} [counters]
 * @property {{cases: Case[], times: Time[], fees: Fee[]}} plain
 * @property {{on_the_spot?: boolean}} [own]
 * @property {{from: string, text: Text}} [late]
 * @property {Text} [promise]
 * @property {{level: string, url?: string}} [online]
 * @property {Office[]} [offices]
 * @property {string} [changed]
 */

export {};
