// The parts that are fetched when somebody wants them: dossiers, what the hall
// publishes, the suggestion box, the slides.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */

export const slides = () => import('/lookup/slides.js');

/** @param {App} app @param {string} [code] */
export const dossier = (app, code) => void using(app, () => import('/lookup/dossier.js'), (x) => x.dossierView(app, code));
/** @param {App} app */
export const hall = (app) => void using(app, () => import('/lookup/hall.js'), (x) => x.hallView(app));
/** @param {App} app */
export const tell = (app) => void using(app, () => import('/lookup/tell.js'), (x) => x.tellView(app));

/**
 * @template T
 * @param {App} app
 * @param {() => Promise<T>} load
 * @param {(part: T) => () => View} open gives what draws the screen
 */
export async function using(app, load, open) {
  try {
    app.show(open(await load()));
  } catch {
    app.show(() => away(app, () => using(app, load, open)));
  }
}

/**
 * Something could not be fetched; the visitor tries again or goes on elsewhere.
 * @param {App} app
 * @param {() => void} again
 * @returns {View}
 */
export function away(app, again) {
  const retry = () => {
    app.back();
    again();
  };
  return {
    name: 'away',
    nodes: [h('div', { class: 'told' }, icon('offline'), h('h1', { tabindex: -1 }, t('l.away.h')), h('p', null, t('l.away.sub')),
      h('div', { class: 'acts' }, h('button', { type: 'button', class: 'btn go', onclick: retry }, icon('recall'), t('k.err.again'))))],
    read: () => [{ key: 'l.away.h' }, { key: 'l.away.sub' }],
  };
}
