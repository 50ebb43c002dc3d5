// A change of the settings in words: the server names the place, here stand the values.
import { named, t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').Text} Text */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {{path: string, name: Text, before: string, after: string}} Change empty for what was, or is, not there */
/** @typedef {{place: string, before: string, after: string, note?: string}} Line `note`: it came or went as a whole */

/** The longest value that is written out. */
const LONGEST = 160;

/** Words of the document that stand for something people have a name for. @type {Record<string, () => string>} */
const WORDS = {
  half_days: () => t('q.unit.half_days'), working_days: () => t('q.unit.working_days'), calendar_days: () => t('q.unit.calendar_days'), this_week: () => t('q.unit.this_week'),
  interleave: () => t('q.mode.interleave'), strict: () => t('q.mode.strict'), headstart: () => t('q.mode.headstart'),
  arrival: () => t('q.merge.arrival'), listed: () => t('q.merge.listed'), weighted: () => t('q.merge.weighted'),
  post: () => t('q.kind.post'), online_help: () => t('q.kind.online_help'), results: () => t('q.kind.results'),
};

/** Weekdays, Sunday first as in the document. */
export const weekdays = () => [t('q.day.0'), t('q.day.1'), t('q.day.2'), t('q.day.3'), t('q.day.4'), t('q.day.5'), t('q.day.6')];

/** The names that ids in a document have for people. @param {Bag} set @returns {[string, string][]} */
function idNames(set) {
  /** @type {[string, string][]} */
  const list = [];
  for (const s of set.services ?? []) list.push([s.id, named(s.short?.vi ? s.short : s.name) || s.id]);
  for (const x of [...set.calendar?.halves ?? [], ...set.priorities ?? [], ...set.groups ?? [], ...set.board?.zones ?? []]) list.push([x.id, named(x.name) || x.id]);
  return list;
}

/**
 * The changes as lines: what is new or gone as a whole is one line.
 * @param {Change[]} changes @param {Bag[]} sets documents that know the names of what is listed; the last counts most
 * @returns {Line[]}
 */
export function changeLines(changes, sets) {
  const names = new Map(sets.flatMap(idNames));
  const counters = new Map(sets.flatMap((set) => set.counters ?? []).map((/** @type {Bag} */ c) => [c.id, t('a.h.zone.counter', { label: c.label })]));
  /** Members that came or went, by their path. @type {Map<string, 'new'|'gone'>} */
  const whole = new Map();
  for (const c of changes) {
    const member = /^(.*\])\.id$/.exec(c.path)?.[1];
    if (member && (!c.before || !c.after)) whole.set(member, c.before ? 'gone' : 'new');
  }
  return changes.flatMap((c) => {
    const member = [...whole.keys()].find((path) => c.path.startsWith(`${path}.`));
    if (!member) return [line(c, names, counters)];
    if (c.path !== `${member}.id`) return [];
    const place = named(c.name).replace(/, [^,]*$/, ''); // "Hàng chờ “Thuế”, mã": without what is said of its id
    return [{ place, before: '', after: '', note: whole.get(member) === 'new' ? t('q.review.new') : t('q.review.gone') }];
  });
}

/** Lists whose members have ids: a change of the list itself is one of their order. */
const ORDERED = new Set(['services', 'counters', 'groups', 'priorities', 'rating.levels', 'rating.reasons', 'board.zones', 'hall.offices', 'calendar.halves']);

/** @param {Change} c @param {Map<string, string>} names @param {Map<string, string>} counters @returns {Line} */
function line(c, names, counters) {
  const key = /(\w+)(\[[^\]]*\])?$/.exec(c.path)?.[1] ?? '', of = key === 'counters' ? counters : names;
  const say = (/** @type {string} */ v) => clip(words(parsed(v), key, of).replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, '$3/$2/$1')); // days as people write them
  const place = named(c.name) || c.path;
  return { place: ORDERED.has(c.path) ? t('q.review.order', { list: place }) : place, before: say(c.before), after: say(c.after) };
}

/** Text stands as it is, anything else as JSON. @param {string} v @returns {unknown} */
function parsed(v) {
  if (!/^(\[|\{|true$|false$|-?\d+(\.\d+)?$)/.test(v ?? '')) return v;
  try {
    return JSON.parse(v);
  } catch {
    return v;
  }
}

/** @param {string} s */
const clip = (s) => (s.length > LONGEST ? `${s.slice(0, LONGEST)}…` : s);

/** @param {unknown} v @param {string} key its own name in the document @param {Map<string, string>} names @returns {string} */
function words(v, key, names) {
  if (v === null || v === undefined || v === '') return '';
  if (typeof v === 'boolean') return v ? t('q.yes') : t('q.no');
  if (typeof v === 'number') return key === 'weekdays' || key === 'day' || key === 'like' ? weekdays()[v] ?? String(v) : String(v);
  if (typeof v === 'string') return names.get(v) ?? WORDS[v]?.() ?? v;
  if (Array.isArray(v)) return v.map((x) => words(x, key, names)).filter(Boolean).join(', ');
  return Object.values(v).map((x) => words(x, key, names)).filter(Boolean).join(', ');
}
