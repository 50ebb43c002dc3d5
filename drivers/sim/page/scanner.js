// A code reader: what is typed here is what it reads.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { head } from '/sim/parts.js';

const CARD = '001190000019||Nguyễn Thị Mẫu|02091990|Nữ|Phường Hòa Bình|01012022'; // nobody's identity card

/**
 * @param {import('/sim/sim.js').Shown} d
 * @param {import('/sim/sim.js').Act} act
 * @returns {import('/sim/sim.js').Card}
 */
export function scannerCard(d, act) {
  const top = head('qr', t('sim.scanner'), d.name, act);
  const text = h('input', { id: `scan-${d.id}`, type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '500' });
  const beam = h('div', { class: 'beam' }, h('i', null));
  const last = h('p', { class: 'note' });
  let ticket = '';
  /** @param {string} what */
  const scan = (what) => {
    if (what.trim() === '') return;
    text.value = what;
    beam.classList.remove('lit');
    requestAnimationFrame(() => beam.classList.add('lit'));
    act('scan', what);
  };
  const fromPaper = h('button', { class: 'act', type: 'button', onclick: () => scan(ticket) }, t('sim.scan.ticket'));
  const el = h('section', { class: 'card scanner' }, top.el, beam,
    h('form', { onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); scan(text.value); } },
      h('label', { for: `scan-${d.id}` }, t('sim.scan.text')), text, h('button', { class: 'act main' }, t('sim.scan'))),
    h('div', { class: 'acts' }, fromPaper,
      h('button', { class: 'act', type: 'button', onclick: () => scan(CARD) }, t('sim.scan.card'))), last);
  return {
    el,
    update(shown, all) {
      top.plugged(shown.plugged);
      const tickets = all.flatMap((o) => (o.kind === 'printer' ? o.state.tickets : []));
      ticket = tickets.flatMap((/** @type {{qr: string[]}} */ k) => k.qr).pop() ?? '';
      fromPaper.disabled = ticket === '';
      last.textContent = shown.state.count > 0 ? t('sim.scan.last', { n: shown.state.count }) : t('sim.scan.none');
    },
  };
}
