// What a browser on a wall opens first, each time it gets power. With a key it goes
// to the page of its role; without one it shows a code until somebody says what it is.
import { newKey } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { chooseLang, loadTexts, t } from '/web/i18n.js';
import { branch, query } from '/web/page.js';
import { addressOf, forget, keep, kept } from '/web/screen_role.js';

/** @typedef {{id: string, code: string, secret: string}} Pairing */

/** How often it asks whether somebody has approved it, and tries a server that is away, ms. */
const ASK = 2000;
/** A server that lets nobody in now is asked again after so long, ms. */
const LATER = 20_000;
/** The picture moves a little, so that a code nobody answers burns nothing into the panel. */
const SHIFT = 300_000;
const CORNERS = [[0, 0], [12, 8], [-12, 8], [-12, -8], [12, -8]];

await loadTexts('common', 'screen');
await chooseLang(query('lang') || 'vi');
document.title = t('s.title');

const title = h('h1'), code = h('p', { class: 'code num' }), how = h('p', { class: 'how' }), foot = h('p', { class: 'foot' });
const main = h('main', { 'aria-live': 'polite' }, title, code, how, foot);
mount(document.body, main);
show(t('s.starting'));

/** @param {string} head @param {string} [shown] @param {string} [words] */
function show(head, shown = '', words = '') {
  const size = shown ? t('s.size', { address: location.host, size: sizeOf() }) : '';
  for (const [el, text] of /** @type {[Element, string][]} */ ([[title, head], [code, shown], [how, words], [foot, size]])) {
    if (el.textContent !== text) el.textContent = text;
  }
}

const sizeOf = () => `${Math.round(innerWidth * devicePixelRatio)} × ${Math.round(innerHeight * devicePixelRatio)}`;
const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * @param {string} method @param {string} path @param {string} secret @param {object} [body]
 * @returns {Promise<{status: number, body: any}>} status 0 when the server was not reached
 */
async function ask(method, path, secret, body) {
  try {
    const answer = await fetch(path, {
      method, cache: 'no-store', credentials: 'same-origin', ...(body && { body: JSON.stringify(body) }),
      headers: { 'Content-Type': 'application/json', ...(secret && { Authorization: `Bearer ${secret}` }), ...(method === 'POST' && { 'Idempotency-Key': newKey() }) },
    });
    return { status: answer.status, body: answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null };
  } catch {
    return { status: 0, body: null };
  }
}

/** Goes to the page of its role; returns when its key is good no more. @param {string} key */
async function begin(key) {
  for (;;) {
    const { status, body } = await ask('PUT', '/api/v1/screens/session', key, {});
    if (status === 200) {
      keep({ ...body.role, key });
      location.replace(addressOf(body.role));
      return pause(60_000);
    }
    if (status === 401 || status === 403) return forget();
    show(t('s.away'));
    await pause(status === 429 ? LATER : ASK);
  }
}

/** Shows a code until it is approved. @returns {Promise<string>} the key */
async function pair() {
  for (;;) {
    const made = await ask('POST', '/api/v1/pairings', '', { name: t('s.name', { size: sizeOf() }), kind: 'screen', branch: branch() });
    if (made.status !== 201 && made.status !== 200) {
      show(made.status === 429 ? t('s.busy') : t('s.away'));
      await pause(made.status === 429 ? LATER : ASK);
      continue;
    }
    const key = await wait(made.body);
    if (key) return key;
  }
}

/** @param {Pairing} p @returns {Promise<string>} empty when its time is over */
async function wait(p) {
  for (;;) {
    show(t('s.code'), p.code, t('s.how'));
    const { status, body } = await ask('GET', `/api/v1/pairings/${encodeURIComponent(p.id)}`, p.secret);
    if (status === 404) return '';
    if (status === 200 && body.state === 'approved') return body.key;
    if (status !== 200) show(t('s.away'), p.code);
    await pause(status === 429 ? LATER : ASK);
  }
}

let corner = 0;
setInterval(() => {
  const [x, y] = CORNERS[(corner = (corner + 1) % CORNERS.length)];
  main.style.setProperty('transform', `translate(${x}px, ${y}px)`);
}, SHIFT);

const role = kept();
if (role?.key) await begin(role.key);
for (;;) await begin(await pair());
