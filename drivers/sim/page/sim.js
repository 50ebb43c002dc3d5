// The bench of simulated devices: paper comes out, keys can be pressed, cables pulled.
import { keyed } from '/web/dom.js';
import { lang, loadTexts, t, translate } from '/web/i18n.js';
import { get, post } from '/web/api.js';
import { byId } from '/web/page.js';
import { printerCard } from '/sim/printer.js';
import { busCard } from '/sim/bus.js';
import { scannerCard } from '/sim/scanner.js';

/**
 * @typedef {object} Shown a device as the server tells it
 * @property {string} id
 * @property {string} kind printer, keypad, panel, scanner
 * @property {string} profile
 * @property {string} name maker and model
 * @property {boolean} plugged
 * @property {any} state
 */
/** @typedef {(action: string, arg?: string) => Promise<boolean>} Act */
/** @typedef {{el: Element, update: (d: Shown, all: Shown[]) => void}} Card */

const PATH = '/api/v1/demo/devices';
const PAUSE = 400; // between two questions, ms; the server may answer later when nothing has changed

/** @type {Map<string, Card>} */
const cards = new Map();
/** @type {Shown[]} */
let devices = [];
let version = -1;

/** @param {string} id @returns {Act} */
const actOn = (id) => async (action, arg = '') => {
  const answer = await post(`${PATH}/${encodeURIComponent(id)}/${action}`, { arg });
  if (!answer.ok) notice(t('sim.refused'));
  return answer.ok;
};

/** @param {Shown} d @returns {Card} */
function makeCard(d) {
  const act = actOn(d.id);
  /** @type {import('/sim/printer.js').Picture} */
  const picture = (n, mark) => `${PATH}/${encodeURIComponent(d.id)}/paper.png?n=${n}&mark=${encodeURIComponent(mark)}`;
  if (d.kind === 'printer') return printerCard(d, act, picture);
  if (d.kind === 'scanner') return scannerCard(d, act);
  return busCard(d, act);
}

/** @param {Shown} d */
function show(d) {
  let card = cards.get(d.id);
  if (!card) cards.set(d.id, (card = makeCard(d)));
  card.update(d, devices);
  return card.el;
}

function draw() {
  keyed(byId('printers'), devices.filter((d) => d.kind === 'printer'), (d) => d.id, show);
  keyed(byId('others'), devices.filter((d) => d.kind !== 'printer'), (d) => d.id, show);
}

/** @param {string} text empty takes the notice away */
function notice(text) {
  const el = byId('notice');
  el.textContent = text;
  el.hidden = text === '';
}

async function follow() {
  for (;;) {
    const answer = await get(`${PATH}?seen=${version}`);
    if (!answer.ok) {
      notice(answer.status === 404 ? t('sim.none') : t('sim.away'));
    } else if (answer.body.version !== version) {
      version = answer.body.version;
      devices = answer.body.devices;
      notice('');
      draw();
    }
    await new Promise((done) => setTimeout(done, answer.ok ? PAUSE : 4 * PAUSE));
  }
}

/** Everything is built anew in the other language; it is a click once in a while. */
function speak() {
  translate();
  document.title = t('sim.title');
  byId('lang').textContent = t('sim.other');
  cards.clear();
  byId('printers').replaceChildren();
  byId('others').replaceChildren();
  draw();
}

await loadTexts('sim');
byId('lang').addEventListener('click', () => lang.set(lang.get() === 'vi' ? 'en' : 'vi'));
lang.on(speak);
speak();
follow();
