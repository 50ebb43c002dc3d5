// The sentences the board has for the hall now, from what the server knows.
import { get } from '/web/api.js';
import { named, t } from '/web/i18n.js';
import { sentenceOf } from '/web/results.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/board/notices.js').Said} Said */
/** @typedef {{received: number, resolved: number, pending: number, overdue: number, updated_at: string}} Dossiers */

/** Numbers and services named in one sentence: more do not fit a line. */
const NAMED = 6, SERVICES = 3, SPECIAL = 2;
/** Sentences of missed numbers: who was called an hour ago no longer looks. */
const MISSED = 3;
/** Once apologised for, a wait must fall so many minutes below what was promised. */
const EASED = 3;

/**
 * Which services keep people waiting longer than the hall means them to.
 * @returns {(state: HallState, services: Service[]) => Service[]}
 */
export function lateServices() {
  /** @type {Set<string>} */
  const late = new Set();
  return (state, services) => services.filter((s) => {
    const figure = state.figures.get(s.id), estimate = figure?.waiting ? figure.estimate : null;
    const minutes = estimate ? (estimate.low + estimate.high) / 2 : 0;
    if (s.wait_target > 0 && minutes > s.wait_target - (late.has(s.id) ? EASED : 0)) late.add(s.id);
    else late.delete(s.id);
    return late.has(s.id);
  });
}

/**
 * @param {HallState} state @param {Service[]} services @param {Service[]} late
 * @param {string[]} missed numbers @param {Dossiers | null} dossiers @param {import('/web/results.js').Results | null} results
 * @returns {Said}
 */
export function sayings(state, services, late, missed, dossiers, results) {
  return {
    urgent: [
      ...(late.length ? [t('t.sorry', { services: list(late) })] : []),
      ...chunks(missed, NAMED).slice(0, MISSED).map((part) => t('t.missed', { numbers: part.join(', ') })),
      ...infos(state),
    ],
    usual: [t('t.notice'), ...promises(services), ...(dossiers ? [dossierFigures(dossiers)] : []), ...(results ? [sentenceOf(results)] : [])].filter(Boolean),
  };
}

/** @param {Service[]} services */
const list = (services) => services.map((s) => named(s.short) || named(s.name)).join(', ');

/** @template T @param {T[]} all @param {number} n @returns {T[][]} */
const chunks = (all, n) => Array.from({ length: Math.ceil(all.length / n) }, (_, i) => all.slice(i * n, (i + 1) * n));

/**
 * The sentences an administrator has written for the hall, the newest first.
 * @param {HallState} state
 */
function infos(state) {
  return [...state.notices.values()].filter((n) => n.kind === 'info').sort((a, b) => Number(b.at) - Number(a.at)).map((n) => named(n.text));
}

/** What is promised today, the services with the same promise together. @param {Service[]} services */
function promises(services) {
  /** @type {Map<string, Service[]>} */
  const same = new Map();
  for (const s of services) {
    const promise = named(s.promise);
    if (promise) same.set(promise, [...(same.get(promise) ?? []), s]);
  }
  return [...same].flatMap(([promise, all]) => chunks(all, SERVICES).map((part) => t('t.promise', { services: list(part), promise: lower(promise) })));
}

/** A sentence inside another. @param {string} text */
const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** @param {Dossiers} d */
function dossierFigures(d) {
  const args = { received: d.received, resolved: d.resolved, pending: d.pending, overdue: d.overdue };
  return d.overdue > 0 ? t('t.dossiers.late', args) : t('t.dossiers', args);
}

/**
 * What is special today: golden days and days without an appointment slip.
 * @param {Service[]} services
 */
export function special(services) {
  const golden = services.filter((s) => s.golden?.today), slip = services.filter((s) => s.no_slip?.today);
  return [
    ...chunks(golden, SPECIAL).map((part) => t('t.golden', { services: list(part) })),
    ...chunks(slip, SPECIAL).map((part) => t('t.noslip', { services: list(part) })),
  ];
}

/**
 * Today's figures of the dossiers; null where no software has told us any.
 * @param {string} branch
 * @returns {Promise<Dossiers | null>}
 */
export async function dossierCounts(branch) {
  const { ok, body } = await get(`/api/v1/branches/${encodeURIComponent(branch)}/dossiers/counts`);
  return ok && body.updated_at ? body : null;
}
