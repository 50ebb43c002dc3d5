// How many things on the floor need looking at, beside "today" in the list of parts:
// the head of the hall sees it whatever part is open. It is quiet: a number, no sound
// and no window.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** What of the hall's events may have made a difference at once. */
const NEWS = new Set(['rating.given', 'device.changed', 'counter.opened', 'counter.paused']);
/** Not more often than this, and at least so often: waits grow by the clock alone. ms. */
const LEAST = 5000, EACH = 60_000;

/**
 * @param {string} branch
 * @param {() => boolean} online
 */
export function watch(branch, online) {
  const el = h('span', { class: 'count', hidden: true });
  let last = -LEAST, due = 0, n = 0;

  async function look() {
    due = 0;
    last = performance.now();
    if (!online() || document.visibilityState !== 'visible') return;
    const answer = await get(`/api/v1/branches/${encodeURIComponent(branch)}/floor`);
    if (!answer.ok) return;
    n = answer.body.alerts.length;
    draw();
  }

  function draw() {
    el.hidden = n === 0;
    mount(el, h('span', { 'aria-hidden': true }, String(n)), h('span', { class: 'sr' }, t('rp.td.alerts.n', { n })));
  }

  /** Looks as soon as it may. */
  function soon() {
    due ||= window.setTimeout(() => void look(), Math.max(0, last + LEAST - performance.now()));
  }

  window.setInterval(soon, EACH);
  return {
    el,
    /** The language has changed. */
    draw,
    soon,
    /** @param {string} kind of an event */
    event(kind) {
      if (NEWS.has(kind)) soon();
    },
  };
}
