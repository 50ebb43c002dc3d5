// The hall as the server sees it, kept up to date over /live: a snapshot, then
// numbered events. A page draws what stands here and holds no truth of its own.
import { socket, liveURL, serverClock } from '/web/socket.js';
import { kept } from '/web/screen_role.js';
import { showTrouble } from '/web/trouble.js';

// A browser that was set up as a screen of the hall says how it is on every page of it.
if (kept()) void import('/web/screen.js');

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallEvent} HallEvent */
/** @typedef {import('/web/types.js').SnapshotState} SnapshotState */
/** @typedef {import('/web/types.js').Figures} Figures */

/**
 * @typedef {object} Options
 * @property {string} branch
 * @property {string} view
 * @property {string} [counter]
 * @property {string} [key] screens without a session
 */
/**
 * @typedef {object} Handlers
 * @property {(state: HallState) => void} [snapshot] the whole state is new
 * @property {(event: HallEvent, state: HallState) => void} [event] one change, already applied
 * @property {(state: HallState) => void} [figures] waiting and estimates moved
 * @property {(now: number) => void} [tick]
 * @property {(online: boolean) => void} [online]
 */
/**
 * @typedef {object} Live
 * @property {HallState | null} state null until the first snapshot; kept while offline
 * @property {boolean} online
 * @property {number} since when the line was last made or lost, server time in ms
 * @property {() => number} now the server's time in ms
 * @property {() => void} close
 */

/**
 * @param {Options} options
 * @param {Handlers} [on]
 * @returns {Live}
 */
export function connect(options, on = {}) {
  const clock = serverClock();
  let epoch = '', seq = 0, asked = false, begun = performance.now();

  /** @type {Live} */
  const live = { state: null, online: false, since: clock.now(), now: clock.now, close: () => line.close() };

  /** A whole new snapshot: forget where we were. */
  const refresh = () => {
    epoch = '';
    line.restart();
  };

  const line = socket({
    url: () => liveURL({
      branch: options.branch, view: options.view, counter: options.counter, key: options.key,
      epoch, seq: epoch ? seq : undefined,
    }),
    online(online) {
      asked = false;
      live.online = online;
      live.since = clock.now();
      if (online && (options.view === 'desk' || options.view === 'floor')) void import('/web/ended.js').then((x) => x.resumed());
      on.online?.(online);
    },
    // Nobody may be sent on by a kiosk that can give no number. The server answers
    // a resume from where we are with its time.
    probe: () => (options.view === 'kiosk' && epoch ? { type: 'resume', epoch, seq } : null),
    // A server that came up without its old sessions refuses the socket. In the
    // demo, fetching the page sets a fresh cookie; elsewhere it does no harm.
    failed(failures) {
      if (failures % 2 === 0) void renew(options.branch);
    },
    message(m) {
      // Figures tell when they were made: after a cut the last ones come again, however old.
      if (m.now && m.type !== 'figures') clock.set(m.now);
      switch (m.type) {
        case 'snapshot':
          ({ epoch, seq } = m);
          asked = false;
          live.state = hold(m.state);
          showTrouble(m.state.trouble);
          if (m.state.branch.training) void import('/web/training.js').then((x) => x.showTraining());
          return on.snapshot?.(live.state);
        case 'event':
          return numbered(m.seq, m.event);
        case 'figures':
          if (!live.state) return;
          live.state.figures = figuresById(m);
          return on.figures?.(live.state);
        case 'tick':
          showTrouble(m.trouble);
          return on.tick?.(clock.now());
      }
    },
  });

  /** @param {number} n @param {HallEvent} event */
  function numbered(n, event) {
    if (!live.state || n <= seq) return;
    if (n > seq + 1) return missed();
    seq = n;
    asked = false;
    apply(live.state, event);
    on.event?.(event, live.state);
    // Hours, promises and special days are of the day; the settings are of the branch.
    if (event.kind === 'settings.changed' || event.kind === 'day.opened' || reseated(event)) refresh();
    // Whether there is anything to look up stands in the snapshot alone.
    if (event.kind === 'catalogue.changed' && Boolean(live.state.branch.lookup) === (event.note === 'empty')) refresh();
  }

  /**
   * Whom a counter's display names, and whom the settings name once nobody sits there,
   * stands in the snapshot alone.
   * @param {HallEvent} event
   */
  function reseated({ kind, counter }) {
    if (kind !== 'counter.seated' || !counter) return false;
    return options.view === 'counter' ? counter.id === options.counter : !counter.clerk;
  }

  /** An event is missing: ask for it once, and for everything if that does not help. */
  function missed() {
    if (asked) {
      if (performance.now() - begun > 3000) refresh();
      return;
    }
    asked = true;
    begun = performance.now();
    line.send({ type: 'resume', epoch, seq });
  }

  return live;
}

/**
 * Fetches the page anew; if the server answers and still knows no session, the
 * only way on is to log in.
 * @param {string} branch
 */
async function renew(branch) {
  try {
    await fetch(location.pathname, { cache: 'no-store' });
    const answer = await fetch(`/api/v1/branches/${encodeURIComponent(branch)}`);
    // A screen on a wall has no keyboard: its own page knows its key.
    if (answer.status === 401 && kept()) location.assign('/screen/');
    else if (answer.status === 401) (await import('/web/ended.js')).logInAgain();
  } catch {
    // The server is away: the next try will tell.
  }
}

/**
 * @param {SnapshotState} s
 * @returns {HallState}
 */
function hold(s) {
  return {
    branch: s.branch, day: s.day, open: s.open, booked: Boolean(s.booked),
    visits: new Map((s.visits ?? []).map((v) => [v.id, v])),
    counters: new Map((s.counters ?? []).map((c) => [c.id, c])),
    figures: figuresById(s.figures),
    devices: new Map((s.devices ?? []).map((d) => [d.id, d])),
    notices: new Map((s.notices ?? []).map((n) => [n.id, n])),
    papers: new Map((s.visits ?? []).flatMap((v) => (v.print ? [[v.id, { state: v.print, reason: v.print_reason ?? '' }]] : []))),
  };
}

/** @param {Figures | null} f */
function figuresById(f) {
  return new Map((f?.services ?? []).map((s) => [s.id, s]));
}

/**
 * One event changes what it carries, by id, and nothing else.
 * @param {HallState} state
 * @param {HallEvent} event
 */
export function apply(state, event) {
  if (event.kind === 'day.opened') {
    state.visits.clear();
    state.papers.clear();
    for (const id of state.counters.keys()) state.counters.set(id, { id, state: 'closed' });
    state.day = event.day ?? state.day;
    state.open = true;
  }
  if (event.kind === 'day.closed') state.open = false;
  if (event.notice) {
    if (event.note === 'ended') state.notices.delete(event.notice.id);
    else state.notices.set(event.notice.id, event.notice);
  }
  if (event.kind === 'booking.made') state.booked = true;
  applyDevice(state, event);
  if (event.visit) state.visits.set(event.visit.id, event.visit);
  if (event.counter) state.counters.set(event.counter.id, event.counter);
  if (event.counter?.clerk) {
    const of = event.counter, named = state.branch.counters.find((c) => c.id === of.id);
    if (named) named.clerk = of.clerk;
  }
}

/** @param {HallState} state @param {HallEvent} event */
function applyDevice(state, { kind, device, visit, note = '' }) {
  if (kind === 'device.changed' && device && note !== 'print' && !note.startsWith('list:')) {
    if (note === 'removed') state.devices.delete(device.id);
    else state.devices.set(device.id, device);
  }
  if (!visit) return;
  if (kind === 'ticket.printed') state.papers.set(visit.id, { state: 'printed', reason: '' });
  if (kind === 'ticket.print_failed') state.papers.set(visit.id, { state: note === 'unknown' ? 'unknown' : 'failed', reason: note });
}
