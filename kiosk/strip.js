// The one line above the screen: what somebody at any screen has to know now.
import { emergencyOf } from '/web/alarm.js';
import { t } from '/web/i18n.js';
import { printerStrip } from '/kiosk/paper.js';
import { paceReached } from '/kiosk/pace.js';
import { name, words } from '/kiosk/said.js';
import { roomAbove } from '/kiosk/special.js';

/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').HallState} HallState */

/** Screens on the way to a number. */
const CHOOSING = new Set(['home', 'group', 'groups', 'priority', 'confirm']);

/**
 * The most urgent of what there is to say; empty for nothing.
 * @param {HallState | null} state
 * @param {View | null} view
 * @param {boolean} lost is the line to the server lost?
 */
export function stripText(state, view, lost) {
  const screen = view?.name ?? '';
  if (!state || screen === 'paused') return '';
  const emergency = emergencyOf(state);
  if (emergency && screen !== 'emergency') return emergency.text?.vi ? words(name(emergency.text)) : t('k.emergency.h');
  if (lost) return t('k.off.strip');
  // Where the ticket has room for it, it stands there.
  if (screen === 'ticket' && roomAbove() !== 'some' && paceReached(state.branch.pace) > 0) return t('k.again');
  // The printer's troubles only where somebody is about to take a number.
  return CHOOSING.has(screen) ? printerStrip(state) : '';
}
