// The form of one person. Names and roles are plain words; what a role may do stands
// right beside it.
import { get, post, put, sendFile } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { tidy } from '/admin/hall_fields.js';
import { safeName } from '/admin/hall_media.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/admin/people.js').Person} Person */

const all = (/** @type {string | undefined} */ branch) => (branch ? '' : t('pe.all'));
/** The roles a person can have. @type {Record<string, {name: () => string, what: () => string, where: (branch?: string) => string}>} */
const roles = {
  clerk: { name: () => t('pe.clerk'), what: () => t('pe.clerk.what'), where: () => '' },
  guide: { name: () => t('pe.guide'), what: () => t('pe.guide.what'), where: () => '' },
  head: { name: () => t('pe.head'), what: () => t('pe.head.what'), where: () => '' },
  reader: { name: () => t('pe.reader'), what: () => t('pe.reader.what'), where: all },
  admin: { name: () => t('pe.admin'), what: () => t('pe.admin.what'), where: all },
};

/** @param {string} role */
export const rolesOf = (role) => roles[role] ?? { name: () => role, what: () => '', where: () => '' };

/**
 * A login made of a name: the given name and the first letters of the others, as offices
 * write it ("Nguyễn Thị Lan" -> "lannt").
 * @param {string} name
 */
export function loginOf(name) {
  const words = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  const given = words.pop() ?? '';
  return (given + words.map((w) => w[0]).join('')).slice(0, 40);
}

/**
 * @param {import('/admin/admin.js').App} app @param {HallState} state
 * @param {Person | null} person null for a new one
 * @param {(saved: Person, secret: string) => void} done with the password that was made
 */
export function editPerson(app, state, person, done) {
  const fault = h('p', { class: 'fault', role: 'alert' });
  const name = h('input', { maxlength: 80, required: true, value: person?.name ?? '', autocomplete: 'off' });
  const login = h('input', { maxlength: 40, required: true, value: person?.login ?? '', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', disabled: Boolean(person) });
  let own = Boolean(person); // the login was written by hand
  name.addEventListener('input', () => { if (!own) login.value = loginOf(name.value); });
  login.addEventListener('input', () => { own = true; });
  const titleVI = h('input', { maxlength: 160, lang: 'vi', value: person?.title?.vi ?? '' }), titleEN = h('input', { maxlength: 160, lang: 'en', value: person?.title?.en ?? '' });
  const what = h('small');
  const role = h('select', { onchange: () => turn() }, Object.keys(roles).map((r) => h('option', { value: r, selected: r === (person?.role ?? 'clerk') }, roles[r].name())));
  const everywhere = h('input', { type: 'checkbox', checked: person ? !person.branch : false });
  const wide = h('label', { class: 'tick' }, everywhere, t('pe.everywhere'));
  const boxes = state.branch.services.map((s) => ({ id: s.id, box: h('input', { type: 'checkbox', checked: person?.services?.includes(s.id) ?? false }), name: `${s.prefix} · ${named(s.short)}` }));
  const skills = h('fieldset', null, h('legend', null, t('pe.skills')), h('small', null, t('pe.skills.hint')), boxes.map((b) => h('label', { class: 'tick' }, b.box, b.name)));
  const off = h('input', { type: 'checkbox', checked: Boolean(person?.off) });
  const picture = photo(person?.photo ?? '');
  const go = h('button', { class: 'go' }, person ? t('pe.save') : t('pe.make'));
  const form = h('form', { novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void save(); } },
    h('h2', { id: 'person-h' }, person ? person.name : t('pe.add')),
    h('label', null, h('span', null, t('pe.name')), name), h('label', null, h('span', null, t('pe.login')), h('small', null, t('pe.login.hint')), login),
    h('label', null, h('span', null, t('pe.role')), role, what), wide, skills,
    h('label', null, h('span', null, t('pe.title.vi')), titleVI), h('label', null, h('span', null, t('pe.title.en')), titleEN), picture.el,
    person && h('label', { class: 'tick' }, off, t('pe.turnoff')), fault,
    h('div', { class: 'acts' }, go, h('button', { type: 'button', onclick: () => box.close() }, t('pe.no'))));
  const box = h('dialog', { class: 'writing person', 'aria-labelledby': 'person-h', onclose: () => box.remove() }, form);

  function turn() {
    what.textContent = roles[role.value].what();
    skills.hidden = role.value !== 'clerk';
    // Only who may do so anyway can let somebody into all halls.
    wide.hidden = (role.value !== 'admin' && role.value !== 'reader') || Boolean(app.me?.branch);
  }

  async function save() {
    fault.textContent = '';
    const all = !wide.hidden && everywhere.checked;
    const title = tidy(titleVI.value) ? { vi: tidy(titleVI.value), ...(tidy(titleEN.value) && { en: tidy(titleEN.value) }) } : undefined;
    const body = {
      name: tidy(name.value), role: role.value, branch: all ? '' : person?.branch || app.branch, photo: picture.name(),
      ...(title && { title }), services: skills.hidden ? [] : boxes.filter((b) => b.box.checked).map((b) => b.id),
    };
    go.disabled = true;
    const answer = person ? await put(`/api/v1/accounts/${person.id}`, { ...body, off: off.checked }) : await post('/api/v1/accounts', { ...body, login: login.value.trim().toLowerCase() });
    go.disabled = false;
    if (!answer.ok) {
      fault.textContent = sentence(answer.code);
      return;
    }
    box.close();
    done(answer.body, answer.body.password ?? '');
  }

  document.body.append(box);
  turn();
  box.showModal();
  name.focus();
}

/** A picture of the hall's media, or a new one. @param {string} chosen */
function photo(chosen) {
  const look = h('div'), list = h('select', { onchange: () => { chosen = list.value; draw(); } }), word = h('small', { role: 'status' });
  const pick = h('input', { type: 'file', accept: 'image/png,image/jpeg,image/webp', onchange: () => void send() });

  function draw() {
    mount(look, chosen && h('img', { src: `/media/${encodeURIComponent(chosen)}`, alt: '' }));
  }

  async function load() {
    const answer = await get('/api/v1/media');
    /** @type {string[]} */
    const names = answer.ok ? answer.body.items.filter((/** @type {any} */ x) => x.kind === 'picture' && !x.problem).map((/** @type {any} */ x) => x.name) : [];
    if (chosen && !names.includes(chosen)) names.unshift(chosen);
    mount(list, h('option', { value: '' }, t('pe.photo.none')), names.map((n) => h('option', { value: n, selected: n === chosen }, n)));
    draw();
  }

  async function send() {
    const file = pick.files?.[0];
    if (!file) return;
    const answer = await sendFile(`/api/v1/media/${encodeURIComponent(safeName(file.name))}`, file, 'PUT');
    word.textContent = answer.ok ? '' : sentence(answer.code);
    if (answer.ok) chosen = answer.body.name;
    pick.value = '';
    await load();
  }

  void load();
  return {
    el: h('div', { class: 'photo' }, look, h('label', null, h('span', null, t('pe.photo')), list), h('label', null, h('span', null, t('pe.photo.new')), pick), word),
    name: () => chosen,
  };
}
