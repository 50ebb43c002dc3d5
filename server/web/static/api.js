// Requests to the server. A command is safe to send twice: its key is made once
// for each gesture and stays the same however often the network fails.

/**
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {number} status 0 when the server was not reached
 * @property {string} code of the problem; "network" when not reached, "" when ok
 * @property {any} body
 * @property {number} [after] seconds until it may be tried again, when the server says so
 */

/** After so long without a touch or a key, ms, requests say that nobody sits here. */
const ALONE = 60_000;
let touched = performance.now();
for (const kind of ['pointerdown', 'keydown', 'wheel']) {
  addEventListener(kind, () => { touched = performance.now(); }, { capture: true, passive: true });
}

const TOTAL = 10_000;
const ATTEMPT = 5_000;

/**
 * A new idempotency key. Not crypto.randomUUID: on a plain http network browsers leave it out.
 * @returns {string} 24 characters, 120 random bits
 */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (b) => 'abcdefghijklmnopqrstuvwxyz234567'[b & 31]).join('');
}

/**
 * Sends a command; on a lost connection again with the same key, for up to ten seconds.
 * @param {string} path
 * @param {object} [body]
 * @param {{key?: string, total?: number}} [options] `key`: of the gesture, made here when missing; `total`: how long to try, ms
 * @returns {Promise<Answer>}
 */
export async function post(path, body = {}, { key = newKey(), total = TOTAL } = {}) {
  const end = performance.now() + total;
  const init = {
    method: 'POST', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
  };
  for (let wait = 200; ; wait = Math.min(wait * 2, 1600)) {
    const answer = await request(path, init);
    // A kiosk's agent says server_away for what the browser would see as a broken line.
    const unsure = answer.status === 0 || answer.code === 'store_unavailable' || answer.code === 'server_away';
    if (!unsure || performance.now() + wait > end) return answer;
    await new Promise((done) => setTimeout(done, wait * (0.5 + Math.random() / 2)));
  }
}

/**
 * Reads, once.
 * @param {string} path
 * @param {number} [patience] ms, for what takes longer
 * @returns {Promise<Answer>}
 */
export function get(path, patience = ATTEMPT) {
  return request(path, { headers: { Accept: 'application/json' }, cache: 'no-store' }, patience);
}

/**
 * Puts something in place of what stands there, once: doing it again changes nothing.
 * @param {string} path
 * @param {object} body
 * @returns {Promise<Answer>}
 */
export function put(path, body) {
  return request(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
}

/**
 * Sends a file as it is. A large one takes as long as the network needs: there is no
 * time-out but the server's own.
 * @param {string} path
 * @param {File} file
 * @param {'POST'|'PUT'} method
 * @returns {Promise<Answer>}
 */
export function sendFile(path, file, method) {
  /** @type {Record<string, string>} */
  const headers = { 'Content-Type': 'application/octet-stream' };
  if (method === 'POST') headers['Idempotency-Key'] = newKey();
  return request(path, { method, body: file, headers }, 0);
}

/**
 * Takes something away, once: asking again for what is gone says that it is gone.
 * @param {string} path
 * @returns {Promise<Answer>}
 */
export function remove(path) {
  return request(path, { method: 'DELETE', headers: { Accept: 'application/json' } });
}

/**
 * @param {string} path
 * @param {RequestInit} init
 * @param {number} patience ms; 0 for no end
 * @returns {Promise<Answer>}
 */
async function request(path, init, patience = ATTEMPT) {
  const stop = new AbortController();
  const timer = patience > 0 ? setTimeout(() => stop.abort(), patience) : 0;
  // What a page asks by itself keeps no session open that its owner has left.
  const headers = performance.now() - touched > ALONE ? { ...init.headers, 'Motcua-Unattended': '1' } : init.headers;
  try {
    const r = await fetch(path, { ...init, headers, signal: stop.signal, credentials: 'same-origin' });
    const text = await r.text();
    const body = parse(text);
    if (r.ok && r.status !== 204 && body === undefined) return { ok: false, status: r.status, code: 'bad_answer', body: null };
    return { ok: r.ok, status: r.status, code: r.ok ? '' : String(body?.code ?? `http_${r.status}`), body: body ?? null, after: Number(r.headers.get('Retry-After')) || 0 };
  } catch {
    return { ok: false, status: 0, code: 'network', body: null };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} text @returns {any} undefined when it is not JSON */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
