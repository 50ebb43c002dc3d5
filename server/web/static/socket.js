// One websocket that keeps coming back. It knows nothing of what is said over
// it; live.js and the phone page do.

/** No word for so long (the server ticks every 10 s): the line is dead. */
const SILENCE = 25_000;
/** A server that does not even answer the handshake: try another time. */
const HANDSHAKE = 4_000;
/** Who must know sooner asks after so long a silence, and gives the answer so long. */
const QUIET = 4_000, ANSWER = 3_500;
/** How often the line is looked at. */
const LOOK = 500;
/** Longest pause between two tries: however long the server was away, a screen is right within 2 s. */
const LONGEST = 1_000;
/** The server's word for "the session has ended": docs/protocol.md. */
const ENDED = 4010;

/**
 * @typedef {object} SocketHandlers
 * @property {() => string} url asked at each attempt: it may say where to resume
 * @property {(message: any) => void} message
 * @property {(online: boolean) => void} online
 * @property {(failures: number) => void} [failed] an attempt did not get through; 0: the session has ended
 * @property {() => object | null} [probe] a message the server answers: with it a dead line is known within ten seconds
 */
/**
 * @typedef {object} Socket
 * @property {(message: object) => void} send dropped while offline: the next snapshot tells all
 * @property {() => void} restart closes and comes back at once
 * @property {() => void} close for good
 */

/**
 * Waits 0.25 s, 0.5 s, 1 s, each time a random part of it, so that three
 * hundred screens do not return in one instant.
 * @param {number} failures
 * @returns {number} milliseconds
 */
export function backoff(failures) {
  if (failures === 0) return Math.random() * 100;
  return Math.random() * Math.min(LONGEST, 250 * 2 ** Math.min(failures, 10));
}

/**
 * @param {SocketHandlers} on
 * @returns {Socket}
 */
export function socket(on) {
  /** @type {WebSocket | null} */
  let ws = null;
  let failures = 0, heard = 0, asked = 0, closed = false, online = false, timer = 0;

  const tell = (/** @type {boolean} */ now) => {
    if (now !== online) on.online((online = now));
  };

  const open = () => {
    const mine = (ws = new WebSocket(on.url()));
    heard = performance.now();
    asked = 0;
    mine.onmessage = (e) => {
      if (mine !== ws) return;
      heard = performance.now();
      asked = 0;
      failures = 0;
      tell(true);
      on.message(JSON.parse(e.data));
    };
    mine.onclose = (e) => {
      if (mine !== ws) return;
      if (e.code === ENDED) on.failed?.(0);
      again();
    };
  };

  const again = (wait = backoff(failures)) => {
    drop();
    if (closed) return;
    tell(false);
    if (failures > 0) on.failed?.(failures);
    failures++;
    timer = window.setTimeout(open, wait);
  };

  const drop = () => {
    window.clearTimeout(timer);
    const old = ws;
    ws = null;
    old?.close();
  };

  const watch = window.setInterval(() => {
    if (!ws) return;
    const now = performance.now();
    // Whoever has waited in silence for so long waits no more: the line may be back.
    if (now - heard > (ws.readyState === WebSocket.CONNECTING ? HANDSHAKE : SILENCE)) again(backoff(0));
    else if (asked && now - asked > ANSWER) again();
    else if (ws.readyState === WebSocket.OPEN && !asked && now - heard > QUIET) ask(ws, now);
  }, LOOK);

  // The answer counts, not the silence: a page that stood still for a while has
  // its messages yet to read.
  const ask = (/** @type {WebSocket} */ line, /** @type {number} */ now) => {
    const message = on.probe?.();
    if (!message) return;
    asked = now;
    line.send(JSON.stringify(message));
  };

  // A phone that was asleep, a cable that is back: do not wait for the timer.
  const awake = () => {
    if (closed || document.hidden || (ws && performance.now() - heard < 12_000)) return;
    drop();
    open();
  };
  document.addEventListener('visibilitychange', awake);
  window.addEventListener('online', awake);

  open();
  return {
    send(message) {
      if (ws?.readyState === WebSocket.OPEN) ws.send(JSON.stringify(message));
    },
    restart() {
      if (closed) return;
      drop();
      failures = 0;
      timer = window.setTimeout(open, Math.random() * 200);
    },
    close() {
      closed = true;
      window.clearInterval(watch);
      document.removeEventListener('visibilitychange', awake);
      window.removeEventListener('online', awake);
      drop();
      tell(false);
    },
  };
}

/**
 * The address of /live on the page's own server.
 * @param {Record<string, string | number | undefined>} params empty ones are left out
 */
export function liveURL(params) {
  const query = new URLSearchParams();
  for (const [k, v] of Object.entries(params)) if (v !== undefined && v !== '') query.set(k, String(v));
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/live?${query}`;
}

/**
 * The server's clock. Screens show its time: a kiosk's own clock may be years off.
 * It runs on the monotonic clock, so a correction of the PC's clock moves nothing.
 */
export function serverClock() {
  let offset = Date.now() - performance.now();
  return {
    /** @param {string} now as the server wrote it */
    set(now) {
      const at = Date.parse(now);
      if (!Number.isNaN(at)) offset = at - performance.now();
    },
    /** @returns {number} milliseconds since 1970 */
    now: () => offset + performance.now(),
  };
}
