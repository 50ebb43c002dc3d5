// A ticket printer: the paper rises out of its slot and waits to be torn off.
import { h, keyed, set } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { hms } from '/web/time.js';
import { head, lamp, toggle } from '/sim/parts.js';

/** @typedef {import('/sim/sim.js').Shown} Shown */
/** @typedef {import('/sim/sim.js').Act} Act */
/** @typedef {{n: number, at: string, rows: number, texts: string[], qr: string[], errors: string[], taken: boolean}} Ticket */
/** @typedef {(n: number, mark: string) => string} Picture address of ticket n; another mark, another picture */

const WIDE = 288; // of the paper on the page, px, where there is room
const SIDES = 24; // its margins
const EARLIER = 5;

/**
 * @param {Shown} d
 * @param {Act} act
 * @param {Picture} picture
 * @returns {import('/sim/sim.js').Card}
 */
export function printerCard(d, act, picture) {
  const top = head('printer', t('sim.printer'), d.name, act);
  const sheet = paper();
  const lamps = { power: lamp(t('sim.power')), paper: lamp(t('sim.paper')), error: lamp(t('sim.error')) };
  const status = h('p', { class: 'status', role: 'status' });
  const tear = h('button', { class: 'act tear', type: 'button', onclick: () => act('tear') }, t('sim.tear'));
  const toggles = {
    out: toggle('sim.empty', 'sim.reload', () => act('paper_out'), () => act('reload')),
    low: toggle('sim.low', 'sim.full', () => act('paper_low'), () => act('reload')),
    cover: toggle('sim.open', 'sim.close', () => act('cover'), () => act('close')),
    jam: toggle('sim.jam', 'sim.unjam', () => act('jam', 'hard'), () => act('unjam')),
    silent: toggle('sim.silent', 'sim.answer', () => act('silent'), () => act('answer')),
  };
  const power = h('button', { class: 'act', type: 'button', onclick: () => act('power') }, t('sim.cycle'));
  const earlier = h('ol', { class: 'earlier' });
  const el = h('section', { class: 'card printer' }, top.el,
    h('div', { class: 'stage' }, sheet.el,
      h('div', { class: 'machine' }, h('div', { class: 'slot' }),
        h('div', { class: 'face' }, h('span', { class: 'brand' }, d.name),
          h('div', { class: 'lamps' }, lamps.power.el, lamps.paper.el, lamps.error.el)))),
    status, tear, h('div', { class: 'acts' }, ...Object.values(toggles).map((b) => b.el), power), earlier);

  return {
    el,
    update(shown) {
      const s = shown.state;
      top.plugged(shown.plugged);
      toggles.out.set(s.paper === 'out');
      toggles.low.set(s.paper === 'low');
      toggles.cover.set(s.cover);
      toggles.jam.set(s.jam);
      toggles.silent.set(s.silent);
      lamps.power.set('green');
      lamps.paper.set(s.paper === 'out' ? 'red' : s.paper === 'low' ? 'amber' : 'dark');
      lamps.error.set(s.cover || s.stuck || s.paper === 'out' ? 'red' : 'dark');
      el.classList.toggle('opened', s.cover);
      /** @type {Ticket | undefined} */
      const last = s.tickets[s.tickets.length - 1];
      const coming = s.rows - s.gap > 8;
      const text = words(s, shown.plugged, s.printing || coming);
      if (status.textContent !== text) status.textContent = text;
      const hanging = !coming && last && !last.taken ? last : undefined;
      if (coming) sheet.show(picture(0, `${s.count}-${s.rows}`), s.rows - s.gap, s.dots, t('sim.coming'));
      else if (hanging) sheet.show(picture(hanging.n, hanging.at), hanging.rows, s.dots, t('sim.ticket', { n: hanging.n }));
      else sheet.away();
      tear.disabled = !hanging;
      keyed(earlier, s.tickets.slice(-EARLIER).reverse(), (/** @type {Ticket} */ k) => k.at,
        (/** @type {Ticket} */ k, old) => old ?? ticketRow(k, picture));
    },
  };
}

/** The sheet in the slot: as high as the paper that is out. */
function paper() {
  let source = '';
  let img = h('img', { alt: '' });
  const el = h('div', { class: 'sheet', hidden: true }, img);
  return {
    el,
    /** @param {string} url @param {number} rows @param {number} dots @param {string} alt */
    show(url, rows, dots, alt) {
      set(el, { hidden: false });
      const wide = el.clientWidth > SIDES ? el.clientWidth - SIDES : WIDE;
      set(el, { style: { height: `${(rows * wide) / dots}px` } });
      if (url === source) return;
      source = url;
      const next = h('img', { src: url, alt });
      next.decode().then(() => {
        if (source !== url) return;
        img.replaceWith(next);
        img = next;
      }, () => { source = ''; }); // asked for again at the next change
    },
    away() {
      source = '';
      set(el, { hidden: true, style: { height: '0' } });
    },
  };
}

/**
 * What a person standing before it would say.
 * @param {any} s
 * @param {boolean} plugged
 * @param {boolean} printing
 */
function words(s, plugged, printing) {
  if (!plugged) return t('sim.is.unplugged');
  if (s.cover) return t('sim.is.cover');
  if (s.paper === 'out') return t('sim.is.out');
  if (s.stuck) return t('sim.is.stuck');
  if (printing) return t('sim.is.printing');
  if (s.silent) return t('sim.is.silent');
  return s.paper === 'low' ? t('sim.is.low') : t('sim.is.ready');
}

/**
 * A ticket of before: a small picture, when it came, and its page on the phone.
 * @param {Ticket} k
 * @param {Picture} picture
 */
function ticketRow(k, picture) {
  const at = hms(k.at);
  const links = k.qr.filter((q) => /^https?:\/\//.test(q)).map((q) => h('a', { href: q, target: '_blank', rel: 'noreferrer' }, t('sim.phone')));
  return h('li', null,
    h('a', { class: 'thumb', href: picture(k.n, k.at), target: '_blank' }, h('img', { src: picture(k.n, k.at), alt: t('sim.ticket', { n: k.n }) })),
    h('div', null, h('b', null, t('sim.ticket', { n: k.n })), h('span', { class: 'num' }, at), ...links,
      k.errors.length > 0 && h('span', { class: 'wrong' }, t('sim.errors', { n: k.errors.length }))));
}
