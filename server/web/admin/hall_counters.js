// Who sits at each counter, and what its display may tell of them.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** @param {Fields} f @param {Bag[]} counters of the settings @returns {Node} */
export function clerkList(f, counters) {
  return h('div', { class: 'rows' }, counters.map((counter, i) => {
    const place = `counters[${i}]`, summary = h('summary');
    const name = () => {
      const label = t('a.h.zone.counter', { label: counter.label });
      summary.textContent = counter.clerk ? t('a.h.clerk.of', { counter: label, name: counter.clerk }) : label;
    };
    name();
    return h('details', { ontoggle: name }, summary,
      h('div', { class: 'grid' },
        f.line(`${place}.clerk`, t('a.h.clerk'), counter, 'clerk', { max: 80 }),
        f.line(`${place}.photo`, t('a.h.clerk.photo'), counter, 'photo', { max: 100, hint: t('a.h.clerk.photo.hint') }),
        ...f.text(`${place}.title`, t('a.h.clerk.title'), counter, 'title', 80),
        f.tick(t('a.h.clerk.shown'), counter, 'shown')));
  }));
}
