// Who sits at the counter: only what the hall allows reaches this page at all.
import { h } from '/web/dom.js';
import { named } from '/web/i18n.js';

/** @typedef {import('/web/types.js').CounterName} CounterName */

export function clerkCard() {
  const name = h('b'), title = h('span'), words = h('span', { class: 'who' }, name, title);
  const photo = h('img', { class: 'photo', alt: '', hidden: true, onerror() { photo.hidden = true; }, onload() { photo.hidden = false; } });
  const el = h('span', { class: 'clerk', hidden: true }, photo, words);
  let shown = '';

  /** @param {CounterName} place */
  function draw(place) {
    const next = JSON.stringify([place.clerk, named(place.title), place.photo]);
    if (next === shown) return;
    shown = next;
    el.hidden = !place.clerk && !place.photo;
    name.textContent = place.clerk ?? '';
    title.textContent = named(place.title);
    photo.hidden = true; // until it has come
    if (place.photo) photo.src = `/media/${encodeURIComponent(place.photo)}`;
    else photo.removeAttribute('src');
    document.documentElement.classList.toggle('named', !el.hidden);
  }
  return { el, draw };
}
