// The settings that have no page of their own: how the hall looks and speaks, its
// paper, limits, passwords; what it keeps of people; earlier versions and the file.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { brandSection } from '/admin/settings_brand.js';
import { bookingSection, kioskSection, paceSection, paperSection, peopleSection } from '/admin/settings_fields.js';
import { filePart } from '/admin/settings_file.js';
import { section, settingsForm } from '/admin/settings_form.js';
import { privacyPart } from '/admin/settings_privacy.js';
import { versionsPart } from '/admin/settings_versions.js';
import { style } from '/admin/style.js';

await style('/admin/settings.css');

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  const versions = versionsPart(app), privacy = privacyPart(app), file = filePart(app);
  const form = settingsForm(app, 'settings', (f, set) => [
    brandSection(app, f, set), paperSection(f, set), kioskSection(f, set), paceSection(f, set), bookingSection(f, set), peopleSection(f, set)]);
  const open = () => {
    form.open();
    versions.load();
    privacy.load();
  };
  return {
    el: h('div', { class: 'part hall-part settings-part' }, form.el, elsewhere(), versions.el, file.el, privacy.el),
    open,
    event(e) {
      form.event(e);
      if (e.kind === 'settings.changed') {
        versions.load();
        privacy.load();
      }
    },
  };
}

/** What has its place on another page: nothing is set in two places. */
function elsewhere() {
  /** @type {[string, string][]} */
  const list = [['queues', t('set.else.queues')], ['calendar', t('set.else.calendar')], ['hall', t('set.else.hall')], ['ratings', t('set.else.ratings')], ['people', t('set.else.people')]];
  return section(t('set.else'), '', h('ul', { class: 'elsewhere' }, list.map(([name, words]) => h('li', null, h('a', { href: `#/${name}` }, words)))));
}
