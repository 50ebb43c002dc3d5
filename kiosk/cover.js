// What covers the session, whatever the visitor was doing: an emergency, the
// server gone, maintenance, a hall that gives no numbers.
import { emergencyOf } from '/web/alarm.js';
import { machineName, serverAway } from '/kiosk/machine.js';
import { closedHall } from '/kiosk/words.js';
import { closedView, emergencyView, loadingView, maintenanceView, pausedView } from '/kiosk/notice.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {{id: string, make: () => View}} Cover `id` changes when another one has to be drawn */

/** Shorter cuts only show a strip. */
const PATIENCE = 10_000;

/** Screens that even an emergency leaves alone, for the seconds they last. A
 * number that is out must be seen by whoever holds it: without paper it would be
 * lost, and it is theirs. The emergency stands above it as a strip. */
const OWED = new Set(['issuing', 'ticket']);

/**
 * @param {App} app
 * @param {HallState | null} state
 * @param {number} away ms without the server
 * @param {View | null} view shown now
 * @returns {Cover | null}
 */
export function coverOf(app, state, away, view) {
  const emergency = state && emergencyOf(state);
  if (emergency && !OWED.has(view?.name ?? '')) return { id: `emergency:${emergency.id}`, make: () => emergencyView(app, emergency) };
  if (view?.keeps) return null;
  if (away >= PATIENCE || (!state && serverAway())) return { id: 'paused', make: () => pausedView(app, state) };
  if (!state) return serverAway() ? { id: 'paused', make: () => pausedView(app, null) } : { id: 'loading', make: loadingView };
  const maintenance = maintenanceOf(state);
  if (maintenance) return { id: `maintenance:${maintenance.id}`, make: () => maintenanceView(app, maintenance) };
  const figure = closedHall(state);
  return figure && { id: `closed:${figure.reason}:${figure.opens ?? ''}`, make: () => closedView(app, figure) };
}

/** @param {HallState} state @returns {import('/web/types.js').HallNotice | null} */
function maintenanceOf(state) {
  const own = machineName();
  return [...state.notices.values()].find((n) => n.kind === 'maintenance' && (!n.machines?.length || n.machines.includes(own))) ?? null;
}
