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
  no_one_waiting: () => t('e.no_one_waiting'),
  counter_busy: () => t('e.counter_busy'),
  counter_closed: () => t('e.counter_closed'),
  wrong_state: () => t('e.wrong_state'),
  not_waiting: () => t('e.not_waiting'),
  nothing_to_undo: () => t('e.nothing_to_undo'),
  nothing_to_rate: () => t('e.nothing_to_rate'),
  already_rated: () => t('e.already_rated'),
  booking_over: () => t('e.booking_over'),
  too_many_tickets: () => t('e.too_many_tickets'),
  too_many_notices: () => t('e.too_many_notices'),
  settings_in_use: () => t('e.settings_in_use'),
  settings_conflict: () => t('e.settings_conflict'),
  settings_invalid: () => t('e.settings_invalid'),
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
  pairing_approved: () => t('e.pairing_approved'),
  unknown_pass: () => t('e.unknown_pass'),
  pass_used: () => t('e.pass_used'),
  name_taken: () => t('e.name_taken'),
  too_many_copies: () => t('e.too_many_copies'),
  unknown_key: () => t('e.unknown_key'),
  body_too_large: () => t('e.body_too_large'),
  too_many_media: () => t('e.too_many_media'),
  media_in_use: () => t('e.media_in_use'),
  last_admin: () => t('e.last_admin'),
  media_kind: () => t('e.media_kind'),
  box_closed: () => t('e.box_closed'),
  unknown_suggestion: () => t('e.unknown_suggestion'),
  unknown_visit: () => t('e.unknown_visit'),
  unknown_export: () => t('e.unknown_export'),
  export_not_ready: () => t('e.export_not_ready'),
  too_many_exports: () => t('e.too_many_exports'),
  figures_busy: () => t('e.figures_busy'),
  audit_unavailable: () => t('e.audit_unavailable'),
};

/**
 * What to tell a person about a refused request.
 * @param {string} code
 */
export function sentence(code) {
  return (SENTENCES[code] ?? (() => t('e.other', { code })))();
}
