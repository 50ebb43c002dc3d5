// The lists among what the hall publishes: rules of conduct, prices, offices.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/**
 * A list whose rows can be added, moved and taken away. Drawn anew when its rows
 * change, never while somebody writes in one.
 * @param {object} about
 * @param {Bag[]} about.list changed in place
 * @param {() => Bag} about.fresh
 * @param {string} about.add
 * @param {(item: Bag, i: number) => (Node | false | null | undefined)[]} about.row
 * @param {(item: Bag, i: number) => string} about.name of a row, for who hears its buttons
 * @param {number} about.most
 * @param {(item: Bag) => string | (Node | false | null)[]} [about.fold] rows are folded under this title
 * @param {(item: Bag, go: () => void, again: () => void) => void} [about.drop] asks before a row goes; `again` draws the rows anew
 * @param {() => void} about.changed
 */
export function rowList({ list, fresh, add, row, name, most, fold, drop, changed }) {
  const rows = h('ol', { class: 'rows' }), more = h('button', { type: 'button', class: 'more', onclick: () => change(() => list.push(fresh()), list.length) }, add);

  /** @param {() => void} act @param {number} [open] the row to go to @param {'up'|'down'} [way] the button that was pressed there, to press it again */
  function change(act, open, way) {
    act();
    changed();
    draw();
    const at = open === undefined ? null : rows.children[Math.min(open, list.length - 1)];
    const folded = at?.querySelector('details');
    if (folded) folded.open = true;
    const to = way ? at?.querySelector(`.${way}:enabled`) ?? at?.querySelector('.row-acts button:enabled') : at?.querySelector('input, select, textarea');
    /** @type {HTMLElement} */ (to ?? more).focus();
  }

  /** @param {number} i @param {number} to */
  const move = (i, to) => change(() => list.splice(to, 0, ...list.splice(i, 1)), to, to < i ? 'up' : 'down');

  /** The title follows what somebody writes below it. @param {Bag} item @param {Node[]} inner */
  function folded(item, inner) {
    const title = h('summary');
    const fit = () => {
      const words = fold?.(item) || t('a.h.new');
      mount(title, ...(typeof words === 'string' ? [words] : words));
    };
    fit();
    return h('details', { oninput: fit, onchange: fit }, title, inner);
  }

  function draw() {
    more.hidden = list.length >= most;
    mount(rows, list.map((item, i) => {
      const acts = h('div', { class: 'row-acts' },
        h('button', { type: 'button', class: 'up', disabled: i === 0, 'aria-label': t('a.h.up', { name: name(item, i) }), onclick: () => move(i, i - 1) }, '↑'),
        h('button', { type: 'button', class: 'down', disabled: i === list.length - 1, 'aria-label': t('a.h.down', { name: name(item, i) }), onclick: () => move(i, i + 1) }, '↓'),
        h('button', { type: 'button', class: 'drop', 'aria-label': t('a.h.drop.of', { name: name(item, i) }), onclick: () => {
          const go = () => change(() => list.splice(i, 1));
          if (drop) drop(item, go, draw);
          else go();
        } }, t('a.h.drop')));
      const inner = h('div', { class: 'grid' }, ...row(item, i));
      return h('li', null, fold ? folded(item, [inner, acts]) : [inner, acts]);
    }));
  }

  draw();
  return h('div', null, rows, more);
}

/** @param {Fields} f @param {Bag} hall */
export function conductList(f, hall) {
  return rowList({
    list: hall.conduct ??= [], fresh: () => ({ vi: '' }), add: t('a.h.conduct.add'), most: 20, changed: f.changed,
    name: (_, i) => t('a.h.conduct.n', { n: i + 1 }),
    row: (item, i) => f.text(`hall.conduct[${i}]`, t('a.h.conduct.n', { n: i + 1 }), { text: item }, 'text', 500),
  });
}

/** @param {Fields} f @param {Bag} tariff */
export function priceList(f, tariff) {
  return rowList({
    list: tariff.rows ??= [], fresh: () => ({ name: { vi: '' }, price: { vi: '' } }), add: t('a.h.price.add'), most: 40, changed: f.changed,
    name: (item, i) => item.name.vi || t('a.h.price.n', { n: i + 1 }),
    row: (item, i) => [...f.text(`hall.tariff.rows[${i}].name`, t('a.h.price.name'), item, 'name'), ...f.text(`hall.tariff.rows[${i}].price`, t('a.h.price'), item, 'price')],
  });
}

/** @param {Fields} f @param {string} place @param {Bag} contact */
export function contactFields(f, place, contact) {
  return [
    ...f.text(`${place}.name`, t('a.h.c.name'), contact, 'name'),
    ...f.text(`${place}.address`, t('a.h.c.address'), contact, 'address', 500),
    f.line(`${place}.phone`, t('a.h.c.phone'), contact, 'phone', { max: 40, type: 'tel' }),
    f.line(`${place}.email`, t('a.h.c.email'), contact, 'email', { max: 100, type: 'email' }),
    ...f.text(`${place}.hours`, t('a.h.c.hours'), contact, 'hours', 500),
  ];
}

/** @param {Fields} f @param {Bag} hall */
export function officeList(f, hall) {
  const list = /** @type {Bag[]} */ (hall.offices ??= []);
  const freshID = () => {
    for (let n = list.length + 1; ; n += 1) if (!list.some((o) => o.id === `noi-${n}`)) return `noi-${n}`;
  };
  return rowList({
    list, fresh: () => ({ id: freshID(), contact: {} }), add: t('a.h.office.add'), most: 24, changed: f.changed,
    name: (item, i) => item.contact.name?.vi || t('a.h.office.n', { n: i + 1 }),
    fold: (item) => item.contact.name?.vi,
    row: (item, i) => {
      const at = `hall.offices[${i}]`;
      return [
        ...contactFields(f, `${at}.contact`, item.contact),
        f.lines(`${at}.fields`, t('a.h.office.fields'), item, 'fields', t('a.h.lines')),
        f.lines(`${at}.procedures`, t('a.h.office.procedures'), item, 'procedures', t('a.h.lines')),
        f.lines(`${at}.levels`, t('a.h.office.levels'), item, 'levels', t('a.h.office.levels.hint')),
        f.number(`${at}.metres`, t('a.h.office.metres'), item, 'metres', { most: 1_000_000 }),
      ];
    },
  });
}
