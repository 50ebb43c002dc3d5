// The voice of the hall: each call once, after a chime, in order, never over
// another and never cut off. What it says is voicewords.js, in which order
// voicequeue.js, how it sounds /web/speech.js and voicesound.js.
import { emergencyOf } from '/web/alarm.js';
import { loadLanguages } from '/web/i18n.js';
import { isScreen, onlyWhen, spoke, wasSpoken } from '/web/screen.js';
import { clip, length, plan, prepare } from '/web/speech.js';
import { hm } from '/web/time.js';
import { lateServices } from '/board/says.js';
import { chime, loudnessAt, loudspeaker } from '/board/voicesound.js';
import { voiceQueue } from '/board/voicequeue.js';
import { alarm, itemOf, OLD, SORRY, stillTrue, timely, youngCalls } from '/board/voicewords.js';
import { zoneOf } from '/board/zone.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallEvent} HallEvent */
/** @typedef {import('/web/types.js').VoiceSetting} VoiceSetting */
/** @typedef {import('/web/speech.js').Step} Step */
/** @typedef {import('/web/speech.js').Said} Said */
/** @typedef {import('/board/voicewords.js').Item} Item */
/** @typedef {import('/board/voicequeue.js').Entry} Entry */
/** @typedef {ReturnType<typeof loudspeaker>} Speaker */

/** The longest call, chime and all, seconds: what does not fit is left out from behind. */
const MOST = 12;
/** Between one reading and the next, and before the first, seconds. */
const GAP = 0.4, LEAD = 0.1;
/** While more than this waits, a call is said once and in Vietnamese alone; and in other languages too while less. */
const BUSY = 12, RUSH = 30;
/** An emergency is said again as long as it stands, ms. */
const ALARM = 45_000;
/** A clerk may take back what was pressed by mistake: so long nobody is told that a number was missed, ms. */
const UNDO = 6000;

/** What was spoken and what was not, and why; the newest last. @type {readonly Entry[]} */
export let log = [];

/**
 * @param {object} hall
 * @param {{state: HallState | null, now: () => number}} hall.live
 * @param {string} hall.zone '' for the whole hall
 * @param {() => boolean} hall.on is this the screen that speaks?
 * @param {Speaker} [hall.speaker]
 */
export function hallVoice({ live, zone, on, speaker = loudspeaker() }) {
  const queue = voiceQueue(), late = lateServices();
  log = queue.log;
  /** @type {Item | null} */
  let saying = null;
  let stopped = false, was = false, begun = false, languages = '';
  let alarmed = { id: '', turn: 0, at: 0 };
  /** Calls of the last seconds while another screen spoke. @type {Item[]} */
  let aside = [];
  /** Numbers that were missed a moment ago. @type {Item[]} */
  let missed = [];
  let sorry = -SORRY;

  const setting = () => live.state?.branch.board?.voice ?? {};
  const speaks = () => !stopped && on() && setting().on === true;
  const loud = () => loudnessAt(setting().hours ?? [], zone, hm(live.now()));

  /** @param {Item} item */
  function take(item) {
    if (wasSpoken(item.id)) return queue.skip(item, 'spoken');
    if (speaker.muted()) return queue.skip(item, 'muted');
    if (loud() === 0) return queue.skip(item, 'quiet');
    queue.add(item, live.now());
    void pump();
  }

  async function pump() {
    if (saying || stopped || !live.state) return;
    if (!speaks()) return queue.clear('elsewhere');
    const item = queue.next(live.state, emergencyOf(live.state) !== null);
    if (!item) return;
    saying = item;
    try {
      await say(item);
    } catch (e) {
      console.debug('not spoken', e);
      queue.skip(item, 'sound');
    }
    saying = null;
    void pump();
  }

  /** @param {Item} item */
  async function say(item) {
    const steps = await arrange(item, setting(), queue.seconds());
    if (steps.length === 0) return queue.skip(item, 'clips');
    const from = live.now();
    if (!(await speaker.play(steps, loud()))) return queue.skip(item, 'sound');
    queue.spoken(item, from, live.now());
    spoke(item.id);
  }

  /** Once a second: what the hour brings, and who speaks. */
  function tick() {
    const state = live.state, now = live.now();
    aside = aside.filter((x) => now - x.at <= OLD);
    if (!state) return;
    const mine = speaks();
    if (mine && !was) begin(state);
    was = mine;
    if (!mine) return;
    speaker.open();
    const standing = emergencyOf(state);
    if (standing && (standing.id !== alarmed.id || (now - alarmed.at >= ALARM && saying?.kind !== 'emergency'))) {
      alarmed = { id: standing.id, turn: standing.id === alarmed.id ? alarmed.turn + 1 : 1, at: now };
      take(alarm(standing, alarmed.turn, now));
    }
    if (standing) return;
    for (const item of missed.filter((x) => now - x.at >= UNDO && stillTrue(x, state))) take(item);
    missed = missed.filter((x) => now - x.at < UNDO);
    const slow = late(state, zoneOf(state.branch, zone).services).length > 0 && now - sorry >= SORRY;
    if (slow) sorry = now;
    for (const item of timely(state, slow, now)) if (!queue.knows(item.id)) take(item);
  }

  /** This screen speaks from now on. @param {HallState} state */
  function begin(state) {
    speaker.open();
    for (const item of aside.splice(0)) take(item);
    fetchClips(state, setting()).catch(() => {}); // each call tries again
    const also = (setting().also ?? []).join();
    if (also !== languages) void loadLanguages();
    languages = also;
  }

  const timer = setInterval(tick, 1000);
  tick();
  // A new build and an order to load anew wait for the end of the sentence.
  onlyWhen(() => saying === null);

  return {
    /**
     * A whole new state: calls that nobody heard of meanwhile are said now. A page
     * that was opened by hand does not know what was spoken before it came.
     * @param {HallState} state
     */
    snapshot(state) {
      const history = !begun && !isScreen;
      begun = true;
      if (stopped || setting().on !== true) return;
      for (const item of youngCalls(state, zone, live.now())) {
        if (queue.knows(item.id) || wasSpoken(item.id) || aside.some((x) => x.id === item.id)) continue;
        if (history) queue.pass(item.id);
        else if (speaks()) take(item);
        else aside.push(item);
      }
    },

    /** @param {HallEvent} event @param {HallState} state with the change in it */
    event(event, state) {
      if (stopped) return;
      if (event.kind === 'notice.changed') return tick();
      if (speaks() && !was) tick(); // chosen a moment ago: nothing waits for the second to pass
      const item = itemOf(event, state, zone);
      if (!item || setting().on !== true) return;
      if (speaks() && item.kind === 'missed') missed.push(item);
      else if (speaks()) take(item);
      else aside.push(item);
    },
    state: () => ({ muted: speaks() && speaker.muted(), queue: queue.size(), saying: saying?.id ?? null }),
    stop() {
      stopped = true;
      clearInterval(timer);
      speaker.close();
    },
  };
}

/**
 * Chime, sentence, the sentence again, other languages: as much as the setting
 * asks, as fits, and as the queue behind it leaves time for.
 * @param {Item} item @param {VoiceSetting} setting @param {number} behind speech that waits, seconds
 * @returns {Promise<Step[]>}
 */
export async function arrange(item, setting, behind) {
  const alarming = item.kind === 'emergency';
  const tags = item.english === false ? [] : [...(setting.english || alarming ? ['en'] : []), ...(setting.also ?? [])];
  const bell = (await clip('chime', 'vi').catch(() => null)) ?? chime();
  /** How long it takes with its chime, seconds. @param {Step[][]} parts */
  const span = (parts) => LEAD + bell.duration + parts.reduce((sum, x) => sum + length(x) + GAP, -GAP);
  const wanted = behind > RUSH && !alarming ? [] : tags;
  const [first, ...rest] = await Promise.all(['vi', ...wanted].map((tag) => reading(item, tag, setting)));
  const others = rest.filter((x) => x.length > 0);
  // The how-manieth call it is gives way to another language.
  const short = item.abroad && others.length > 0 && span([first, ...others]) > MOST ? await reading({ ...item, said: item.abroad }, 'vi', setting) : first;
  const parts = short.length > 0 ? [short] : [];
  for (const x of others) if (alarming || span([...parts, x]) <= MOST) parts.push(x);
  const twice = !setting.once && behind <= BUSY && short.length > 0 && ['call', 'recall'].includes(item.kind);
  if (twice && span([short, ...parts]) <= MOST) parts.unshift(short);
  if (parts.length === 0) return [];
  /** @type {Step[]} */
  const steps = [{ key: 'chime', at: LEAD, sound: bell }];
  let at = LEAD + bell.duration;
  for (const part of parts) {
    steps.push(...part.map((x) => ({ ...x, at: x.at + at })));
    at += length(part) + GAP;
  }
  return steps;
}

/**
 * One language. A call that lacks a piece says less, or nothing: half a number is worse than none.
 * @param {Item} item @param {string} tag @param {VoiceSetting} setting
 * @returns {Promise<Step[]>}
 */
async function reading(item, tag, setting) {
  for (const said of [(tag !== 'vi' && item.abroad) || item.said, item.instead ?? []]) {
    /** @type {string[]} */
    const lacks = [];
    const steps = await plan(said, how(tag, setting, lacks)).catch(() => []);
    // Of an emergency everything is said that can be.
    if (lacks.length === 0 || item.kind === 'emergency') return steps;
  }
  return [];
}

/** @param {string} tag @param {VoiceSetting} setting @param {string[]} [lacks] */
const how = (tag, setting, lacks) => ({ tag, south: setting.region === 'south', whole: setting.numbers === 'whole', lacks });

/** Fetches what calls are made of, before anybody is called. @param {HallState} state @param {VoiceSetting} setting */
async function fetchClips({ branch }, setting) {
  const digits = { number: branch.services.map((s) => s.prefix).join('') + '0123456789' };
  /** @type {Said[]} */
  const list = [
    ...branch.counters.filter((c) => /^[0-9A-Z]+$/.test(c.label)).map((c) => ({ key: 't.voice.call', args: { number: digits, counter: { counter: c.label } } })),
    { key: 't.voice.again', args: { n: 2 } }, { key: 't.voice.missed' }, { key: 't.voice.only' }, { key: 't.voice.emergency' },
  ];
  for (const tag of ['vi', ...(setting.english ? ['en'] : []), ...(setting.also ?? [])]) await prepare(list, how(tag, { ...setting, numbers: '' }));
}
