// A procedure on the visitor's own phone: what to bring, how long, how much,
// where. Boxes that are ticked stay on this phone, for today.
import { h, mount } from '/web/dom.js';
import { get } from '/web/api.js';
import { chooseLang, lang, loadTexts, nextLanguage, setAddress, t } from '/web/i18n.js';
import { branch, byId, query } from '/web/page.js';
import { day } from '/web/time.js';
import { drawHead, drawRecord, missing, withdrawn } from '/phone/procview.js';

/** @typedef {import('/phone/procview.js').Record} Procedure */

const AGAIN = 3000;
const code = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const [main, top, strip] = ['main', 'top', 'strip'].map(byId);

/** @type {Procedure | null} */
let record = null;
let unknown = false;
/** Addresses count cases from 1, as people do. */
let which = Math.max(0, (Number(query('case')) || 1) - 1);

/** Where this phone keeps what is ready; another day begins anew. */
const shelf = () => `papers:${code}:${which}`;
const today = () => day(new Date().toISOString());

/** @returns {Set<number>} */
function ready() {
  try {
    const kept = JSON.parse(localStorage.getItem(shelf()) ?? 'null');
    if (kept?.day === today()) return new Set(kept.ready);
  } catch {
    // Nothing is kept in a private window; the boxes work all the same.
  }
  return new Set();
}

/** @param {Set<number>} done */
function keep(done) {
  try {
    localStorage.setItem(shelf(), JSON.stringify({ day: today(), ready: [...done] }));
  } catch {
    // As above.
  }
}

function forgetOldDays() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith('papers:') && JSON.parse(localStorage.getItem(key) ?? 'null')?.day !== today()) localStorage.removeItem(key);
    }
  } catch {
    // As above.
  }
}

/** @param {number} n */
function choose(n) {
  which = n;
  const url = new URL(location.href);
  url.searchParams.set('case', String(n + 1));
  history.replaceState(null, '', url);
  draw();
  byId('bring').focus();
}

function language() {
  const { tag, name } = nextLanguage();
  const change = () => {
    sessionStorage.setItem('lang', tag);
    void chooseLang(tag);
  };
  return h('button', { type: 'button', lang: tag, 'data-act': 'lang', onclick: change }, name);
}

function draw() {
  drawHead(top, record, language());
  if (unknown) return mount(main, ...missing(code));
  if (!record) return mount(main, h('p', { class: 'loading' }, t('pr.load')));
  document.title = `${record.code} ${record.name}`;
  if (record.withdrawn) return mount(main, ...withdrawn());
  which = Math.min(which, Math.max(0, record.plain.cases.length - 1));
  const done = ready();
  mount(main, ...drawRecord(record, { which, choose, done, tick(n, on) {
    if (on) done.add(n);
    else done.delete(n);
    keep(done);
  } }));
}

/** Opened, the official text is printed too. */
function openForPrint() {
  for (const details of document.querySelectorAll('details.whole')) details.setAttribute('open', '');
}

await loadTexts('proc');
const chosen = query('lang') || sessionStorage.getItem('lang');
if (chosen) await chooseLang(chosen);
lang.on(draw);
window.addEventListener('beforeprint', openForPrint);
forgetOldDays();
draw();
for (;;) {
  const answer = await get(`/p/${encodeURIComponent(code)}/record.json?branch=${encodeURIComponent(branch())}`);
  strip.hidden = answer.ok || answer.status === 404;
  if (!strip.hidden) strip.textContent = t('pr.off');
  if (answer.ok) record = answer.body;
  unknown = answer.status === 404;
  if (record) setAddress(record.person);
  if (record || unknown) break;
  await new Promise((again) => setTimeout(again, AGAIN));
}
draw();
