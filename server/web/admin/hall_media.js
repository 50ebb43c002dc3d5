// The hall's pictures and films, and the playlist made of them.
import { get, remove, sendFile } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { locale, t } from '/web/i18n.js';
import { rowList } from '/admin/hall_lists.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */
/** @typedef {{name: string, kind: 'picture'|'film'|'', type: string, size: number, problem?: 'name'|'kind'}} Item */

const address = (/** @type {string} */ name) => `/media/${encodeURIComponent(name)}`;
const isFilm = (/** @type {string} */ name) => /\.(mp4|webm)$/i.test(name);

/** A name that every address can have. @param {string} name */
export function safeName(name) {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
  const [, stem = 'tep', end = ''] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/.exec(plain) ?? [];
  return (stem.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'tep') + end.toLowerCase();
}

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e6 ? t('a.h.kb', { n: Math.ceil(bytes / 1e3) }) : t('a.h.mb', { n: (bytes / 1e6).toLocaleString(locale(), { maximumFractionDigits: 1 }) }));

/** A small look at a file. @param {string} name */
function preview(name) {
  if (!name) return h('span', { class: 'look none' }, t('a.h.slide.words'));
  return isFilm(name) ? h('video', { class: 'look', src: address(name), muted: true, preload: 'metadata', controls: true, 'aria-label': name })
    : h('img', { class: 'look', src: address(name), alt: name, loading: 'lazy' });
}

/**
 * @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} hall
 */
export function playlist(app, f, hall) {
  /** @type {Item[]} */
  let files = [];
  const list = /** @type {Bag[]} */ (hall.playlist ??= []);
  const slides = h('div'), folder = h('ul', { class: 'files' }), none = h('p', { class: 'none' }, t('a.h.files.none'));
  const word = h('p', { class: 'word', role: 'status' }), busy = h('progress', { hidden: true, 'aria-label': t('a.h.sending') });
  const pick = h('input', { type: 'file', multiple: true, accept: 'image/png,image/jpeg,image/webp,image/avif,video/mp4,video/webm', onchange: () => void send() });

  async function load() {
    const answer = await get('/api/v1/media');
    if (answer.ok) files = answer.body.items;
    draw();
  }

  async function send() {
    const chosen = [...(pick.files ?? [])];
    pick.value = '';
    busy.hidden = false;
    word.textContent = '';
    for (const file of chosen) {
      const answer = await sendFile(`/api/v1/media/${encodeURIComponent(safeName(file.name))}`, file, 'PUT');
      if (!answer.ok) {
        word.textContent = t('a.h.sent.not', { name: file.name, why: sentence(answer.code) });
        break;
      }
      word.textContent = t('a.h.sent', { name: answer.body.name });
    }
    busy.hidden = true;
    await load();
  }

  /** @param {Item} item */
  const drop = (item) => app.sure(t('a.h.file.q', { name: item.name }), t('a.h.file.yes'), t('a.h.file.no'), async () => {
    const answer = await remove(`/api/v1/media/${encodeURIComponent(item.name)}`);
    word.textContent = answer.ok ? t('a.h.file.gone', { name: item.name }) : sentence(answer.code);
    await load();
  });

  /** @param {Item} item */
  function use(item) {
    list.push({ file: item.name, text: { vi: '' } });
    f.changed();
    drawSlides();
  }

  function drawSlides() {
    mount(slides, rowList({
      list, fresh: () => ({ text: { vi: '' }, seconds: 12 }), add: t('a.h.slide.add'), most: 60, changed: f.changed,
      name: (item, i) => item.file || item.text?.vi || t('a.h.slide.n', { n: i + 1 }),
      row: (item, i) => slide(item, `hall.playlist[${i}]`),
    }));
  }

  /** @param {Bag} item @param {string} at */
  function slide(item, at) {
    const look = h('div', { class: 'wide' }, preview(item.file));
    const names = files.filter((x) => !x.problem).map((x) => x.name);
    if (item.file && !names.includes(item.file)) names.unshift(item.file);
    const box = h('select', { onchange: () => { item.file = box.value; mount(look, preview(box.value)); } },
      h('option', { value: '' }, t('a.h.slide.words')), names.map((name) => h('option', { value: name, selected: name === item.file }, name)));
    return [
      look, f.field(`${at}.file`, t('a.h.slide.file'), box), f.number(`${at}.seconds`, t('a.h.slide.seconds'), item, 'seconds', { most: 600 }),
      ...f.text(`${at}.text`, t('a.h.slide.text'), item, 'text', 500),
      f.line(`${at}.from`, t('a.h.slide.from'), item, 'from', { type: 'date' }), f.line(`${at}.to`, t('a.h.slide.to'), item, 'to', { type: 'date' }),
    ];
  }

  function draw() {
    none.hidden = files.length > 0;
    mount(folder, files.map((item) => h('li', null,
      item.problem ? h('span', { class: 'look none' }, '?') : preview(item.name),
      h('b', null, item.name), h('small', null, size(item.size)),
      item.problem && h('small', { class: 'fault' }, item.problem === 'name' ? t('a.h.file.name') : t('a.h.file.kind')),
      h('div', { class: 'row-acts' },
        !item.problem && h('button', { type: 'button', 'aria-label': t('a.h.file.use.of', { name: item.name }), onclick: () => use(item) }, t('a.h.file.use')),
        h('button', { type: 'button', class: 'drop', 'aria-label': t('a.h.drop.of', { name: item.name }), onclick: () => drop(item) }, t('a.h.drop'))))));
    drawSlides();
  }

  draw();
  void load();
  return [slides, h('h3', null, t('a.h.files')), h('p', { class: 'hint' }, t('a.h.files.hint')), h('label', { class: 'upload' }, h('span', null, t('a.h.upload')), pick), busy, word, none, folder];
}
