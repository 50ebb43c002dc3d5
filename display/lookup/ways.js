// The ways between the look-up and the kiosk. What says which machine this is
// goes along.
import { query } from '/web/page.js';

const OWN = ['branch', 'key', 'diag', 'base'];

function own() {
  const kept = new URLSearchParams();
  for (const name of OWN) if (query(name)) kept.set(name, query(name));
  return kept;
}

/** To the kiosk's first screen. */
export function toKiosk() {
  location.assign(`/kiosk/?${own()}`);
}

/**
 * To the question whether to take a number; from a screen of its own the visitor's
 * way leads back here, inside the kiosk it ends there.
 * @param {string} service
 * @param {string} procedure code
 * @param {boolean} kiosk inside the kiosk
 */
export function toTicket(service, procedure, kiosk) {
  const there = own();
  there.set('service', service);
  there.set('procedure', procedure);
  if (!kiosk) there.set('back', 'lookup');
  location.assign(`/kiosk/?${there}`);
}
