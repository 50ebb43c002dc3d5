// The public results of a hall, as boards and the page of results show them. Which
// figures the law wants published, and which samples are too small, the server knows.
import { get } from '/web/api.js';
import { locale, t } from '/web/i18n.js';

/** @typedef {{yes: number, of: number}} Share */
/**
 * @typedef {object} Results times in seconds, days as "2026-11-22"; null: too few to be published
 * @property {string} from
 * @property {string} to
 * @property {boolean} off the hall publishes nothing
 * @property {boolean} sample made figures are among them
 * @property {number} taken
 * @property {number} served
 * @property {number | null} wait median
 * @property {Share | null} in_target
 * @property {{kept: number, broken: number, unknown: number} | null} promise
 * @property {number} asked transactions that could be rated
 * @property {number} rated
 * @property {Share | null} content
 * @property {number[] | null} levels best first
 * @property {{received: number, resolved: number, pending: number, overdue: number}} [dossiers]
 */
/** @typedef {{id: string, value: string, name: string, more: string}} Fact */

/** Changes of the hall are followed, at most so often, ms; without any the figures are asked for this often. */
const SOON = 60_000, LATE = 600_000;

/**
 * Keeps the results up to date: call `look` often, it asks seldom.
 * @param {string} branch
 * @param {(results: Results | null) => void} heard null: nothing is published
 */
export function resultsOf(branch, heard) {
  let asked = -LATE, stale = false;
  return {
    /** Something has been done in the hall: the figures move. */
    moved() {
      stale = true;
    },
    /** @param {number} now of a clock that is never put right, ms */
    look(now) {
      if (now - asked < (stale ? SOON : LATE)) return;
      asked = now;
      stale = false;
      void get(`/api/v1/branches/${encodeURIComponent(branch)}/results`).then(({ ok, status, body }) => {
        if (ok) heard(body.off ? null : body);
        else if (status === 0 || status >= 500) asked = now - LATE + SOON; // away or busy: what stands may stand
        else heard(null);
      });
    },
  };
}

/** @param {number} n */
const whole = (n) => n.toLocaleString(locale());
/** @param {number} part @param {number} of */
const percent = (part, of) => (of > 0 ? (part / of).toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 1 }) : '');

/** "23/10/2026" @param {string} day */
const date = (day) => day.split('-').reverse().join('/');

/** "23/10 – 21/11/2026": the year once where it is one. @param {Results} r */
export const spanWords = (r) => t('u.res.span', { from: r.from.slice(0, 4) === r.to.slice(0, 4) ? date(r.from).slice(0, 5) : date(r.from), to: date(r.to) });

/** What is told, in one order everywhere. @param {Results} r @returns {Fact[]} */
export function facts(r) {
  const none = { value: '–', more: t('u.res.few') };
  const { in_target: target, promise, content } = r, known = promise ? promise.kept + promise.broken : 0;
  return [
    { id: 'taken', name: t('u.res.taken'), value: whole(r.taken), more: t('u.res.served', { n: whole(r.served) }) },
    { id: 'wait', name: t('u.res.wait'), ...(r.wait === null ? none : { value: t('u.res.minutes', { m: whole(Math.round(r.wait / 60)) }), more: t('u.res.wait.more') }) },
    { id: 'target', name: t('u.res.target'), ...(target?.of ? { value: percent(target.yes, target.of), more: t('u.res.of', { n: whole(target.yes), of: whole(target.of) }) } : none) },
    { id: 'promise', name: t('u.res.promise'), ...(promise && known ? { value: percent(promise.kept, known), more: promise.unknown ? t('u.res.unknown', { n: whole(known), unknown: whole(promise.unknown) }) : t('u.res.of', { n: whole(promise.kept), of: whole(known) }) } : none) },
    { id: 'content', name: t('u.res.content'), ...(content?.of ? { value: percent(content.yes, content.of), more: t('u.res.rated', { n: whole(content.of) }) } : none) },
    { id: 'answers', name: t('u.res.answers'), ...(r.asked ? { value: percent(r.rated, r.asked), more: t('u.res.of', { n: whole(r.rated), of: whole(r.asked) }) } : none) },
  ];
}

/** The two that a passer-by should know, in one sentence; empty when both are withheld. @param {Results} r */
export function sentenceOf(r) {
  const { promise, content } = r, known = promise ? promise.kept + promise.broken : 0;
  const said = [
    promise && known ? t('u.res.say.promise', { share: percent(promise.kept, known) }) : '',
    content?.of ? t('u.res.say.content', { share: percent(content.yes, content.of), n: whole(content.of), rate: percent(r.rated, r.asked) }) : '',
  ].filter(Boolean).join(', ');
  const args = { from: date(r.from).slice(0, 5), to: date(r.to).slice(0, 5), said };
  if (!said) return '';
  return r.sample ? t('u.res.say.sample', args) : t('u.res.say', args);
}
