// How this counter's own ratings stand: sums alone, from so many on that nobody can
// be recognised in them, and never of a single visitor; and what the officer says to them.
import { get, put } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { locale, t } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { ask } from '/desk/ask.js';

/** @typedef {{clerk: string, month: string, fewest: number, enough: boolean, rated: number, served: number, mean: number, content: {yes: number, of: number}, remark?: string}} Mine of this month; enough: below are figures */

/** How often the sums are asked for, ms. */
const EACH = 600_000;
/** Longest remark, characters. */
const LONGEST = 500;

/**
 * @param {(text: string) => void} say what has been done here
 * @returns {{el: HTMLElement, draw: (counter: import('/web/types.js').CounterName) => void}}
 */
export function ownRatings(say) {
  const words = h('p', { class: 'sums' }), note = h('p', { class: 'few' });
  const remark = h('button', { type: 'button', hidden: true, 'data-verb': 'remark', onclick: () => mine && void remarkOn(mine, of, say) }, t('d.own.remark'));
  const el = h('section', { class: 'own', 'aria-labelledby': 'own-h', hidden: true }, h('h2', { id: 'own-h' }, t('d.own')), words, h('div', null, note, remark));
  let asked = -EACH, of = '';
  /** @type {Mine | null} */
  let mine = null;

  /** @param {string} counter */
  async function load(counter) {
    const { ok, body } = await get(`/api/v1/branches/${encodeURIComponent(branch())}/counters/${encodeURIComponent(counter)}/mine`);
    if (counter !== of) return; // the clerk has moved meanwhile
    el.hidden = !ok;
    if (ok) show(body);
  }

  /** @param {Mine} now */
  function show(now) {
    const { fewest, enough, rated, served, content, mean } = now;
    mine = now;
    note.textContent = enough ? t('d.own.of', { rated, served }) : t('d.own.few', { n: fewest });
    const points = mean.toLocaleString(locale(), { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    mount(words, enough && [h('b', null, t('d.own.content', { share: share(content.yes, content.of) })), ' ', t('d.own.points', { points })]);
  }

  return {
    el,
    draw({ id: counter, clerk }) {
      const now = performance.now();
      remark.hidden = !clerk; // a remark is somebody's
      if (counter === of && now - asked < EACH) return;
      if (counter !== of) el.hidden = true;
      asked = now;
      of = counter;
      void load(counter);
    },
  };
}

/**
 * Asks for the officer's own words on this month; they stand beside the figures in the officers' list.
 * @param {Mine} mine @param {string} counter @param {(text: string) => void} say
 */
async function remarkOn(mine, counter, say) {
  const box = h('textarea', { rows: 4, maxlength: LONGEST }), fault = h('p', { class: 'fault', role: 'alert' });
  box.value = mine.remark ?? '';
  async function save() {
    const text = box.value.normalize('NFC').trim();
    const answer = await put(`/api/v1/reports/officers/${encodeURIComponent(mine.clerk)}/remark`, { branch: branch(), month: mine.month, text, counter });
    if (!answer.ok) {
      fault.textContent = sentence(answer.code);
      return;
    }
    mine.remark = text;
    box.closest('dialog')?.close();
    say(t('d.own.remark.done'));
  }
  await ask({
    title: t('d.own.remark'), why: t('d.own.remark.why', { clerk: mine.clerk }), yes: t('d.own.remark.save'),
    body: [h('label', { class: 'field' }, h('span', { class: 'label' }, t('d.own.remark.text')), box), fault],
    answer() {
      void save();
      return null;
    },
  });
}

/** @param {number} part @param {number} whole */
const share = (part, whole) => (whole > 0 ? (part / whole).toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 }) : '–');
