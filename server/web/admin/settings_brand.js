// How the hall is called and shown, and how it addresses people.
import { sendFile } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { safeName } from '/admin/hall_media.js';
import { choice } from '/admin/hall_voice.js';
import { section } from '/admin/settings_form.js';

/** @typedef {import('/admin/hall_fields.js').Fields} Fields */
/** @typedef {import('/admin/hall_fields.js').Bag} Bag */

/** @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} set */
export function brandSection(app, f, set) {
  set.address ??= '';
  // A hall may have a form of its own in its settings; it stays one of the choices.
  /** @type {[string, string][]} */
  const forms = [['', 'ông/bà'], ['công dân', 'công dân'], ['quý khách', 'quý khách']];
  if (!forms.some(([value]) => value === set.address)) forms.push([set.address, set.address]);
  const example = h('p', { class: 'beside example' });
  const say = () => { example.textContent = t('set.address.example', { word: set.address || 'ông/bà' }); };
  const address = choice(f, 'address', t('set.address'), set, 'address', forms);
  address.addEventListener('input', say);
  say();
  return section(t('set.brand'), t('set.brand.hint'), h('div', { class: 'grid' },
    ...f.text('name', t('set.name'), set, 'name'), ...f.text('place', t('set.place'), set, 'place'),
    logo(app, f, set.brand ??= {}), h('div', null, address, example)));
}

/** The longest side of a logo, pixels: phones load it too. */
const SIDE = 512;

/** A picture no larger than a logo needs; as it is when it cannot be read here. @param {File} file @returns {Promise<File>} */
async function small(file) {
  try {
    const picture = await createImageBitmap(file), k = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    if (k === 1) return file;
    const canvas = h('canvas', { width: Math.round(picture.width * k), height: Math.round(picture.height * k) });
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => { canvas.toBlob(done, 'image/png'); });
    return blob instanceof Blob ? new File([blob], file.name.replace(/\.\w+$/, '.png')) : file;
  } catch {
    return file; // the server says what is wrong with it
  }
}

/** The hall's own logo, uploaded among its pictures. @param {import('/admin/admin.js').App} app @param {Fields} f @param {Bag} brand */
function logo(app, f, brand) {
  const look = h('div', { class: 'logo-look' }), word = h('p', { class: 'word', role: 'status' });
  const box = h('input', { type: 'file', accept: 'image/png,image/jpeg,image/webp', onchange: () => void send() });
  const drop = h('button', { type: 'button', class: 'drop', onclick: () => app.sure(t('set.logo.drop.q'), t('set.logo.drop'), t('q.keep'), () => use('')) }, t('set.logo.drop'));

  /** @param {string} name */
  function use(name) {
    brand.logo = name;
    f.changed();
    draw();
  }

  async function send() {
    const chosen = box.files?.[0], file = chosen && await small(chosen);
    if (!file) return;
    const answer = await sendFile(`/api/v1/media/${encodeURIComponent(safeName(file.name))}`, file, 'PUT');
    box.value = '';
    word.textContent = answer.ok ? t('set.logo.sent') : sentence(answer.code);
    if (answer.ok) use(answer.body.name);
  }

  function draw() {
    mount(look, brand.logo ? h('img', { src: `/media/${encodeURIComponent(brand.logo)}`, alt: t('set.logo.now') }) : h('span', null, t('set.logo.none')));
    drop.hidden = !brand.logo;
  }

  draw();
  const el = f.field('brand.logo', t('set.logo'), box, { hint: t('set.logo.hint') });
  return h('div', { class: 'logo' }, look, el, word, drop);
}
