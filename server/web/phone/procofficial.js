// The record's own text, word for word as it was published. It is in Vietnamese.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/phone/procview.js').Record} Procedure */

/** @param {Procedure} r */
export function official(r) {
  return h('details', { class: 'card whole' }, h('summary', null, t('pr.official')),
    h('dl', { lang: 'vi' },
      part(t('pr.o.name'), r.name), part(t('pr.o.steps'), r.steps), channels(r), documents(r),
      part(t('pr.o.subjects'), r.subjects?.join('; ')), part(t('pr.o.agency'), r.agency), part(t('pr.o.authority'), r.authority),
      part(t('pr.o.reception'), r.reception), part(t('pr.o.levels'), r.levels?.join('; ')), part(t('pr.o.results'), r.results?.join('; ')),
      part(t('pr.o.requirements'), r.requirements), part(t('pr.o.legal'), r.legal_basis)));
}

/** @param {string} term @param {string} [text] */
const part = (term, text) => (text ? [h('dt', null, term), h('dd', null, text)] : []);

/** @param {Procedure} r */
function channels({ channels: list = [] }) {
  const lines = list.map((c) => [t(`pr.mode.${c.mode}`), c.time, c.fee, c.note].filter((x) => x).join(' · '));
  return part(t('pr.o.channels'), lines.join('\n'));
}

/** @param {Procedure} r */
function documents({ documents: list = [] }) {
  const lines = list.flatMap((g) => [...(g.case ? [g.case] : []), ...g.items.map((d) => `– ${d.name}`)]);
  return part(t('pr.o.documents'), lines.join('\n'));
}
