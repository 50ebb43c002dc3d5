// Receipts held under a scanner: one that types like a keyboard, or the agent's.
// The agent has read the code out of what was scanned and dropped everything else;
// here the same is done with what was typed. Other kinds of scans are no receipts.
import { throughAgent } from '/kiosk/machine.js';
import { codeIn } from '/lookup/code.js';
import { holdTyping } from '/lookup/wedge.js';

/** @typedef {import('/lookup/app.js').App} App */

/** Screens of a machine that does nothing now. */
const DEAF = new Set(['plain', 'paused', 'maintenance']);
/** How long until it is looked for an agent again, ms. */
const PAUSE = 2000;

/** Listens for as long as the page lives. @param {App} app */
export function watchScanners(app) {
  holdTyping((text) => heard(app, codeIn(text)));
  const look = () => {
    if (!throughAgent()) return void setTimeout(look, PAUSE);
    new EventSource('/agent/scans').onmessage = (e) => {
      const scan = JSON.parse(e.data);
      heard(app, scan.kind === 'dossier' ? codeIn(String(scan.code ?? '')) : '');
    };
  };
  look();
}

/** @param {App} app @param {string} code */
function heard(app, code) {
  const screen = document.getElementById('stage')?.dataset.screen ?? '';
  if (DEAF.has(screen) || document.querySelector('dialog[open]')) return;
  dispatchEvent(new Event('pointerdown')); // somebody is there
  const asking = document.querySelector('#stage .takes-code');
  // The empty text is a scan that is no receipt: where a code is asked for it is told.
  if (asking) asking.dispatchEvent(new CustomEvent('code', { detail: code }));
  else if (code) app.dossier(code);
}
