// What this machine is: the server says so, or the agent that stands before it.
import { get } from '/web/api.js';

/** How long until it is asked again, ms. */
const PAUSE = 3000;
/** The same where no kiosk has logged in: a guide gives numbers at this page, ms. */
const SELDOM = 60_000;

/** Name of the key it takes its tickets with: its printer prints for that name. */
let name = '';
let agent = false;
let away = false;

/** The name of this kiosk's key, "" until it is known. */
export const machineName = () => name;
/** Does the page come through an agent, which has a scanner's codes to tell? */
export const throughAgent = () => agent;
/** Has the agent said that it cannot reach the server, and nobody anything else since? */
export const serverAway = () => away;

/**
 * Asks who this kiosk is; again until it is known.
 * @param {() => void} changed called when any of it has changed
 */
export async function learn(changed) {
  const answer = await get('/api/v1/me?role=kiosk');
  if (answer.ok) ({ name, agent, away } = { name: answer.body.name, agent: answer.body.role === 'agent', away: false });
  else {
    away = answer.code === 'server_away'; // only an agent says that
    setTimeout(() => learn(changed), answer.status === 401 ? SELDOM : PAUSE);
  }
  changed();
}
