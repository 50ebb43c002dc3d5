// Nobody there any more? Inner screens ask after 45 s and go home 30 s later;
// whoever uses a display option, or listens, gets twice the time, and none of it
// runs while something is read aloud. Asking for more time is never refused.
import { h, mount } from '/web/dom.js';
import { t, rich } from '/web/i18n.js';
import { assisted } from '/kiosk/modes.js';
import { readAloud, reading, speaking } from '/kiosk/reader.js';

/** Extra time for "I need more time", in seconds. */
const MORE = 60;
/** How often it is looked at, ms. */
const TICK = 250;

/**
 * @param {object} on
 * @param {() => boolean} on.inner is the person anywhere but at the beginning?
 * @param {() => void} on.end the session is over
 */
export function watchIdle(on) {
  let touched = performance.now(), extra = 0;
  const dialog = h('dialog', { class: 'idle', 'aria-labelledby': 'idle-h' });
  document.body.append(dialog);

  const seconds = () => (performance.now() - touched) / 1000 - extra;
  const slow = () => assisted() || reading.get();
  const quiet = () => (slow() ? 90 : 45);
  const count = () => (slow() ? 60 : 30);

  const stay = () => {
    dialog.close();
    touched = performance.now();
  };
  const leave = () => {
    dialog.close();
    extra = 0;
    on.end();
  };

  const left = h('b', { class: 'num' });
  const ask = () => {
    mount(dialog,
      h('h2', { id: 'idle-h' }, t('k.idle.h')),
      h('p', null, rich(t('k.idle.sub'), { s: left })),
      h('div', { class: 'acts' },
        h('button', { type: 'button', class: 'btn', onclick: leave }, t('k.idle.end')),
        h('button', { type: 'button', class: 'btn go', autofocus: true, onclick: () => { stay(); extra = MORE; } }, t('k.idle.more'))));
    dialog.showModal();
    readAloud([{ key: 'k.idle.h' }, { key: 'k.idle.sub', args: { s: count() } }, { key: 'k.idle.say' }]);
  };
  dialog.addEventListener('cancel', (e) => {
    e.preventDefault();
    stay();
  });

  const touch = () => {
    if (dialog.open) return;
    touched = performance.now();
    extra = 0;
  };
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, touch, { capture: true, passive: true });

  window.setInterval(() => {
    if (!on.inner()) {
      touched = performance.now();
      if (dialog.open) dialog.close();
      return;
    }
    if (speaking()) touched += TICK;
    const over = seconds() - quiet();
    if (over < 0) return;
    if (!dialog.open) ask();
    left.textContent = String(Math.max(0, Math.ceil(count() - over)));
    if (over >= count()) leave();
  }, TICK);
}
