// The sentence for each problem code. The keys stand here one by one, so that a
// test can see that every code has its sentence.
import { t } from '/web/i18n.js';

/** @type {Record<string, () => string>} */
const SENTENCES = {
  network: () => t('e.network'),
  unknown_branch: () => t('e.unknown_branch'),
  unknown_service: () => t('e.unknown_service'),
  unknown_counter: () => t('e.unknown_counter'),
  unknown_ticket: () => t('e.unknown_ticket'),
  unknown_priority: () => t('e.unknown_priority'),
  unknown_booking: () => t('e.unknown_booking'),
  unknown_verb: () => t('e.unknown_verb'),
  unknown_notice: () => t('e.unknown_notice'),
  service_closed: () => t('e.service_closed'),
  quota_full: () => t('e.quota_full'),
  wrong_state: () => t('e.wrong_state'),
  not_waiting: () => t('e.not_waiting'),
  nothing_to_rate: () => t('e.nothing_to_rate'),
  already_rated: () => t('e.already_rated'),
  booking_over: () => t('e.booking_over'),
  too_many_tickets: () => t('e.too_many_tickets'),
  bad_parameter: () => t('e.bad_parameter'),
  idempotency_key_missing: () => t('e.idempotency_key_missing'),
  idempotency_key_reused: () => t('e.idempotency_key_reused'),
  store_full: () => t('e.store_full'),
  store_unavailable: () => t('e.store_unavailable'),
  fenced: () => t('e.fenced'),
  unauthorized: () => t('e.unauthorized'),
  forbidden: () => t('e.forbidden'),
  too_many_requests: () => t('e.too_many_requests'),
  no_printer: () => t('e.no_printer'),
  printer_not_ready: () => t('e.printer_not_ready'),
  unknown_pairing: () => t('e.unknown_pairing'),
  unknown_pass: () => t('e.unknown_pass'),
  pass_used: () => t('e.pass_used'),
  too_many_copies: () => t('e.too_many_copies'),
  body_too_large: () => t('e.body_too_large'),
  box_closed: () => t('e.box_closed'),
  figures_busy: () => t('e.figures_busy'),
};

/** More codes, of what machines on the hall's walls never ask for. @param {Record<string, () => string>} more */
export const learn = (more) => Object.assign(SENTENCES, more);

/**
 * What to tell a person about a refused request.
 * @param {string} code
 */
export function sentence(code) {
  return (SENTENCES[code] ?? (() => t('e.other', { code })))();
}
