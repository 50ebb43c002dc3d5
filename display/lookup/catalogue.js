// What there is to look up: fields and life events, fetched once and again
// whenever the hall says that it has changed.
import { get } from '/web/api.js';
import { signal } from '/web/dom.js';
import { branch } from '/web/page.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {{name: string, count: number, services: string[]}} Field */
/** @typedef {{id: string, name: Text, icon: string, count: number}} LifeEvent */
/** @typedef {{edition: number, updated: string, total: number, sample: boolean, fields: Field[], events: LifeEvent[]}} Catalogue */

/** Counts the catalogues fetched; watch it to draw anew. */
export const catalogueChanged = signal(0);

/** How long until it is asked again when it could not be had, ms. */
const PAUSE = 2000;

/** @type {Catalogue} */
let held = { edition: -1, updated: '', total: 0, sample: false, fields: [], events: [] };
let print = '';
let turn = 0;

export const catalogue = () => held;

/** The branch as the API wants it in an address. */
export const here = () => `branch=${encodeURIComponent(branch())}`;

/** Fetches it; tells the watchers when it is another one. */
export async function loadCatalogue() {
  const mine = ++turn;
  const answer = await get(`/api/v1/catalogue?${here()}`);
  if (mine !== turn) return;
  if (!answer.ok) {
    setTimeout(() => mine === turn && void loadCatalogue(), PAUSE);
    return;
  }
  const now = JSON.stringify(answer.body);
  if (now === print) return;
  print = now;
  held = answer.body;
  catalogueChanged.set(catalogueChanged.get() + 1);
}
