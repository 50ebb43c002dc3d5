// What the hall publishes: where complaints go, rules of conduct, prices, other
// offices, the playlist; and the switches of the suggestion box and the dossiers.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { clerkList } from '/admin/hall_counters.js';
import { conductList, contactFields, officeList, priceList } from '/admin/hall_lists.js';
import { playlist } from '/admin/hall_media.js';
import { boardFields, voiceFields } from '/admin/hall_voice.js';
import { section, settingsForm } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const form = settingsForm(app, 'hall', (fields, set) => sections(app, fields, set));
  return { el: h('div', { class: 'part hall-part' }, form.el), open: form.open, event: form.event };
}

/** @param {import('/admin/admin.js').App} app @param {import('/admin/hall_fields.js').Fields} fields @param {Bag} set */
function sections(app, fields, set) {
  const hall = /** @type {Bag} */ (set.hall ??= {}), tariff = /** @type {Bag} */ (hall.tariff ??= {});
  return [
    section(t('a.h.complaints'), t('a.h.complaints.hint'), h('div', { class: 'grid' }, ...contactFields(fields, 'hall.complaints', hall.complaints ??= {}),
      fields.line('hall.portal', t('a.h.portal'), hall, 'portal', { max: 200, type: 'url', hint: t('a.h.portal.hint') }))),
    section(t('a.h.conduct'), '', conductList(fields, hall)),
    section(t('a.h.tariff'), t('a.h.tariff.hint'), h('div', { class: 'grid' }, fields.line('hall.tariff.basis', t('a.h.basis'), tariff, 'basis', { max: 500, wide: true })), priceList(fields, tariff)),
    section(t('a.h.offices'), t('a.h.offices.hint'), officeList(fields, hall)),
    section(t('a.h.playlist'), t('a.h.playlist.hint'), ...playlist(app, fields, hall)),
    section(t('a.h.board'), t('a.h.board.hint'), ...boardFields(fields, set.board ??= {}, set.counters ?? [])),
    section(t('a.h.voice'), t('a.h.voice.hint'), ...voiceFields(fields, set.board)),
    section(t('a.h.clerks'), t('a.h.clerks.hint'), clerkList(fields, set.counters ?? [])),
    section(t('a.h.box'), '', h('div', { class: 'grid' }, fields.tick(t('a.h.box.open'), set.box ??= {}, 'open'),
      fields.number('box.keep_days', t('a.h.box.keep'), set.box, 'keep_days', { most: 3650, hint: t('a.h.box.keep.hint') }))),
    section(t('a.h.dossiers'), '', h('div', { class: 'grid' }, fields.tick(t('a.h.verify'), set.dossiers ??= {}, 'verify'),
      fields.number('dossiers.soon_days', t('a.h.soon'), set.dossiers, 'soon_days', { most: 30, hint: t('a.h.soon.hint') }))),
  ];
}
