// The second step: who comes to this hall for what. The usual services of a ward or
// commune, to be ticked; each stands for fields of the national catalogue.
import { h } from '/web/dom.js';
import { named, t, template } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {import('/admin/start.js').Step} Step */

/** What halls have beside those they begin with: fields as the catalogue names them, minutes that one takes. */
const MORE = [
  { id: 'bao-hiem', prefix: 'G', key: 'st.s.insurance', fields: ['Thực hiện chính sách BHYT', 'Chi trả các chế độ BHXH', 'Thu BHXH, BHYT, BHTN, BH tai nạn lao động, BNN'], typical: 12 },
  { id: 'nong-nghiep', prefix: 'H', key: 'st.s.farming', fields: ['Nông nghiệp', 'Thủy lợi', 'Lâm nghiệp', 'Thủy sản', 'Chăn nuôi'], typical: 12 },
  { id: 'nha-o', prefix: 'K', key: 'st.s.housing', fields: ['Nhà ở và công sở', 'Quy hoạch đô thị và nông thôn', 'Hạ tầng kỹ thuật'], typical: 15 },
  { id: 'xe', prefix: 'L', key: 'st.s.vehicles', fields: ['Đăng ký, quản lý phương tiện giao thông cơ giới, xe máy chuyên dùng', 'Đường bộ'], typical: 12 },
  { id: 'tiep-dan', prefix: 'M', key: 'st.s.complaints', fields: ['Khiếu nại, tố cáo', 'Hòa giải ở cơ sở'], typical: 15 },
  { id: 'buu-chinh', prefix: 'P', key: 'st.s.post', fields: [], typical: 5, kind: 'post' },
  { id: 'truc-tuyen', prefix: 'Q', key: 'st.s.online', fields: [], typical: 15, kind: 'online_help' },
];

/** With the same last moments for a number as the hall's others. @param {typeof MORE[number]} m @param {Bag} like */
const serviceOf = (m, like) => ({
  id: m.id, prefix: m.prefix, name: { vi: template(m.key, 'vi'), en: template(m.key, 'en') },
  ...(m.fields.length > 0 && { field: m.fields[0] }), ...(m.fields.length > 1 && { fields: m.fields.slice(1) }),
  ...(m.kind && { kind: m.kind }), promise: {}, wait_target: 30, typical: m.typical, ...(like?.cut_off && { cut_off: { ...like.cut_off } }),
});

/** @param {import('/admin/admin.js').App} _app @param {Bag} set @returns {Step} */
export function serviceStep(_app, set) {
  /** @type {Bag[]} */
  const all = [...set.services, ...MORE.filter((m) => !set.services.some((/** @type {Bag} */ s) => s.id === m.id)).map((m) => serviceOf(m, set.services[0]))];
  const known = new Set(set.services.map((/** @type {Bag} */ s) => s.id));
  const rows = all.map((service) => ({
    service,
    box: h('input', { type: 'checkbox', checked: known.has(service.id), 'aria-label': t('st.services.take', { name: named(service.name) }) }),
    prefix: h('input', { value: service.prefix, maxlength: 2, autocapitalize: 'characters', 'aria-label': t('st.services.letter.of', { name: named(service.name) }) }),
  }));
  return {
    nodes: [h('p', null, t('st.services.what')), h('div', { class: 'scroll' }, h('table', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('st.services.on')), h('th', { scope: 'col' }, t('st.services.letter')), h('th', { scope: 'col' }, t('st.services.name')))),
      h('tbody', null, rows.map((r) => h('tr', { 'data-service': r.service.id }, h('td', null, r.box), h('td', null, r.prefix),
        h('th', { scope: 'row' }, named(r.service.name), h('small', null, [r.service.field, ...(r.service.fields ?? [])].filter(Boolean).join(' · '))))))))],
    change(fresh) {
      const taken = rows.filter((r) => r.box.checked);
      fresh.services = taken.map((r) => ({ ...r.service, prefix: r.prefix.value.trim().toUpperCase() }));
      drop(fresh, new Set(taken.map((r) => r.service.id)));
    },
  };
}

/** Takes services that are no more out of everything that names them, and gives each a counter. @param {Bag} set @param {Set<string>} stay */
function drop(set, stay) {
  for (const c of set.counters) {
    const kept = c.services.map((/** @type {string} */ id, /** @type {number} */ i) => ({ id, weight: c.weights?.[i] })).filter((/** @type {Bag} */ x) => stay.has(x.id));
    c.services = kept.map((/** @type {Bag} */ x) => x.id);
    if (c.weights) c.weights = kept.map((/** @type {Bag} */ x) => x.weight);
  }
  set.groups = set.groups?.map((/** @type {Bag} */ g) => ({ ...g, services: g.services.filter((/** @type {string} */ id) => stay.has(id)) })).filter((/** @type {Bag} */ g) => g.services.length > 1);
  if (!set.groups) delete set.groups;
  for (const list of ['golden', 'no_slip']) {
    if (!set.calendar[list]) continue;
    set.calendar[list] = set.calendar[list].map((/** @type {Bag} */ x) => ({ ...x, services: x.services.filter((/** @type {string} */ id) => stay.has(id)) })).filter((/** @type {Bag} */ x) => x.services.length > 0);
  }
  // Somebody has to serve what is new: the counter with the fewest services, until the next step says who.
  for (const id of stay) {
    if (set.counters.some((/** @type {Bag} */ c) => c.services.includes(id))) continue;
    const least = set.counters.reduce((/** @type {Bag} */ a, /** @type {Bag} */ b) => (b.services.length < a.services.length ? b : a));
    least.services.push(id);
    if (least.weights) least.weights.push(1);
  }
}
