// The line at the top: which hall and part of it, what is special today, the time.
import { mark } from '/web/brand.js';
import { h, icon } from '/web/dom.js';
import { lang, named, t } from '/web/i18n.js';
import { day, hm, weekday } from '/web/time.js';

/** @typedef {import('/web/types.js').HallState} HallState */

/** How long each thing to know stands, ms. */
const EACH = 12_000;

export function head() {
  const name = h('h1'), clock = h('span', { class: 'clock num' }), date = h('span', { class: 'date' });
  const sign = h('span', { class: 'sign', role: 'status', hidden: true }, icon('offline'), h('span', { class: 'sr' }, t('t.cut')));
  const mute = h('span', { class: 'mute' }, icon('volume-off'), h('span', null, t('t.mute')));
  const place = h('span', { class: 'zone' }), banner = h('span', { class: 'banner' }), star = icon('star');
  const also = h('p', { class: 'also' }, mute, place, star, banner);
  let logo = '';
  const el = h('header', null, mark(logo), h('div', { class: 'title' }, name, also), sign, clock, date);

  /**
   * @param {HallState | null} state @param {number} now
   * @param {import('/board/zone.js').Zone} zone
   * @param {boolean} cut the line is down
   * @param {string[]} special what is special today, a sentence each
   * @param {boolean} muted this screen should speak and is not allowed to
   */
  function draw(state, now, zone, cut, special, muted) {
    put(clock, hm(now));
    put(date, t('t.date', { day: weekday(new Date(`${day(now)}T00:00:00Z`).getUTCDay()), date: day(now).split('-').reverse().join('/') }));
    sign.hidden = !cut;
    if (!state) return;
    if ((state.branch.logo ?? '') !== logo) {
      logo = state.branch.logo ?? '';
      const next = mark(logo);
      el.querySelector(':scope > .i')?.replaceWith(next);
    }
    put(name, hallName(named(state.branch.name), named(state.branch.place)));
    // One at a time, as the notices are; a voice that is off comes first.
    const part = named(zone.name), all = [part, ...(muted ? [] : special)].filter(Boolean);
    const text = all[Math.floor(now / EACH) % Math.max(1, all.length)] ?? '';
    put(place, text === part ? text : '');
    put(banner, text === part ? '' : text);
    place.hidden = place.textContent === '';
    banner.hidden = banner.textContent === '';
    star.toggleAttribute('hidden', banner.hidden);
    mute.hidden = !muted;
    also.hidden = place.hidden && banner.hidden && mute.hidden;
  }
  return { el, draw };
}

/** @param {Element} el @param {string} text */
function put(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/**
 * "Trung tâm Phục vụ hành chính công phường Hòa Bình": the kind of place is written small inside a name.
 * @param {string} hall @param {string} place
 */
function hallName(hall, place) {
  if (!place || hall.includes(place)) return hall;
  return t('t.hall', { name: hall, place: lang.get() === 'vi' ? place.replace(/^(Phường|Xã|Đặc khu|Tỉnh|Thành phố) /, (kind) => kind.toLowerCase()) : place });
}
