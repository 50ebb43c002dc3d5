// One machine that waits for approval: its code, and what it may be.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { hm } from '/web/time.js';
import { screenFields } from '/admin/screens_form.js';

/** @typedef {import('/web/types.js').Branch} Branch */
/** @typedef {{id: string, code: string, name: string, kind: 'agent'|'screen', branch?: string, address: string, expires_at: string}} Pairing */

/** What a machine can be used as, and what other keys are for. @type {Record<string, () => string>} */
export const roles = {
  agent: () => t('a.role.agent'), kiosk: () => t('a.role.kiosk'), display: () => t('a.role.display'),
  device: () => t('a.role.device'), desk: () => t('a.role.desk'), feed: () => t('a.role.feed'), reader: () => t('a.role.reader'), admin: () => t('a.role.admin'),
};

/**
 * @param {Pairing} p
 * @param {Branch} branch
 * @param {(p: Pairing, body: object) => void} approve
 * @returns {HTMLElement}
 */
export function pairingCard(p, branch, approve) {
  const name = h('input', { value: p.name, maxlength: 80, required: true });
  const role = h('select', null, h('option', { value: 'agent' }, roles.agent()));
  // A screen is what it shows; its right follows from that.
  const screen = p.kind === 'screen' ? screenFields(branch) : null;
  const boxes = branch.counters.map((c) => ({ id: c.id, label: c.label, box: h('input', { type: 'checkbox' }) }));
  const form = h('form', {
    onsubmit(/** @type {Event} */ e) {
      e.preventDefault();
      if (screen) {
        approve(p, { name: name.value, branch: branch.id, screen: screen.role() });
        return;
      }
      const counters = boxes.filter((b) => b.box.checked).map((b) => b.id);
      approve(p, { name: name.value, role: role.value, branch: branch.id, ...(counters.length > 0 && { counters }) });
    },
  },
    h('label', null, t('a.name'), name),
    ...(screen ? screen.nodes : [h('label', null, t('a.role'), role),
      h('fieldset', null, h('legend', null, t('a.counters')), boxes.map((b) => h('label', null, b.box, b.label)))]),
    h('button', { class: 'go' }, t('a.approve', { code: p.code })));
  return h('article', { class: 'pairing' },
    h('div', null, h('small', null, t('a.code')), h('div', { class: 'code' }, p.code),
      h('small', null, t('a.from', { address: p.address })), h('small', null, t('a.until', { time: hm(p.expires_at) }))),
    form);
}
