// Booking a later half-day on one's own phone: a code that works once. It is
// made when somebody asks for it, so that none is made for nobody.
import { h, icon } from '/web/dom.js';
import { newKey, post } from '/web/api.js';
import { hm } from '/web/time.js';
import { branch } from '/web/page.js';
import { numbered, words } from '/kiosk/said.js';
import { foot } from '/kiosk/foot.js';
import { busyView } from '/kiosk/notice.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {{pass: string, url: string, until: string}} Pass */

/** Asks for a pass and shows it. @param {App} app */
export async function book(app, key = newKey()) {
  app.show(() => busyView(app, 'k.book.busy'));
  const answer = await post(`/api/v1/branches/${encodeURIComponent(branch())}/passes`, {}, { key });
  if (answer.ok) return app.show(() => bookView(app, answer.body));
  app.failed(answer, () => book(app, key));
}

/**
 * @param {App} app
 * @param {Pass} pass
 * @returns {View}
 */
function bookView(app, pass) {
  /** @type {Said} */
  const heading = { key: 'k.book.h' };
  /** @type {Said[]} */
  const lines = [{ key: 'k.book.sub' }, { key: 'k.book.until', args: { time: { time: hm(pass.until) } } }];
  return {
    name: 'book', keeps: true, back: app.home, say: words(heading), read: () => [heading, ...lines, ...numbered([{ label: { key: 'k.err.home' } }])],
    nodes: [
      h('main', { class: 'full scanme' },
        h('div', { class: 'drum', 'aria-hidden': 'true' }),
        h('div', { class: 'words' },
          h('h1', { tabindex: -1 }, words(heading)),
          h('img', { class: 'qr', src: `/api/v1/passes/${encodeURIComponent(pass.pass)}/link.svg`, alt: words({ key: 'k.book.alt' }) }),
          lines.map((line) => h('p', null, words(line)))),
        h('div', { class: 'acts' },
          h('button', { type: 'button', class: 'btn go', onclick: app.home }, icon('home'), words({ key: 'k.err.home' })))),
      foot(app),
    ],
    update() {
      if (app.now() > Date.parse(pass.until)) app.home();
    },
  };
}
