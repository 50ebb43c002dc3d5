// The board: who goes where, readable from eight metres. It recovers by itself
// from everything, because nobody ever touches it.
import { connect } from '/web/live.js';
import { h, icon, mount } from '/web/dom.js';
import { emergencyPage } from '/web/emergency.js';
import { chooseLang, lang, loadTexts, named, setAddress, t } from '/web/i18n.js';
import { branch, query } from '/web/page.js';
import { day, hm, weekday } from '/web/time.js';
import { callQueue, missed, rows } from '/board/calls.js';
import { hero } from '/board/hero.js';
import { callList } from '/board/list.js';
import { infos, notices, waitingStrip } from '/board/notices.js';
import { lineState } from '/board/offline.js';

/** The picture moves a little so that nothing burns into the panel. */
const SHIFT = 600_000;
const CORNERS = [[0, 0], [4, 4], [-4, 4], [-4, -4], [4, -4]];

await loadTexts('common', 'board');
// The hall's language, whatever language the PC behind this screen was installed in.
await chooseLang(query('lang') || 'vi');
document.title = t('t.title');

const queue = callQueue();
const name = h('h1'), clock = h('span', { class: 'clock num' }), date = h('span', { class: 'date' });
const sign = h('span', { class: 'sign', role: 'status', hidden: true }, icon('offline'), h('span', { class: 'sr' }, t('t.cut')));
const large = hero(), list = callList(), strip = waitingStrip(), notice = notices();
// Visitors from abroad read along: both languages, whichever the board has.
const emergency = emergencyPage({ english: true });
const canvas = h('div', { class: 'canvas' },
  h('header', null, icon('landmark'), name, sign, clock, date),
  h('main', null, large.el, strip.el),
  h('section', { class: 'list', 'aria-label': t('t.list') }, list.el),
  notice.el);
const card = h('div', { class: 'card', role: 'status', hidden: true });
mount(document.body, canvas, card);

const live = connect({ branch: branch(), view: 'board' }, {
  snapshot(state) {
    setAddress(state.branch.address);
    queue.begin(state, live.now());
    draw();
  },
  event(event) {
    queue.event(event, live.now());
    draw();
  },
  figures: draw, online: draw,
});

/**
 * "Trung tâm Phục vụ hành chính công phường Hòa Bình": the kind of place is written small inside a name.
 * @param {string} hall @param {string} place
 */
function hallName(hall, place) {
  if (!place || hall.includes(place)) return hall;
  return t('t.hall', { name: hall, place: lang.get() === 'vi' ? place.replace(/^(Phường|Xã|Đặc khu|Tỉnh|Thành phố) /, (kind) => kind.toLowerCase()) : place });
}

function draw() {
  const state = live.state, now = live.now();
  clock.textContent = hm(now);
  date.textContent = t('t.date', { day: weekday(new Date(`${day(now)}T00:00:00Z`).getUTCDay()), date: day(now).split('-').reverse().join('/') });
  const line = lineState(live.online, live.since, now);
  sign.hidden = line.kind === 'on';
  card.hidden = line.kind !== 'closed' || !state;
  card.textContent = card.hidden ? '' : t('t.stale');
  canvas.classList.toggle('stale', line.kind === 'closed');
  if (!state) return;
  name.textContent = hallName(named(state.branch.name), named(state.branch.place));
  const shown = queue.step(state, now);
  large.draw(state, shown);
  list.draw(state, rows(state, shown));
  strip.draw(state);
  notice.draw(now, line.kind === 'on' || line.kind === 'cut' ? '' : t('t.offline', { time: hm(live.since) }), missed(state), infos(state));
  emergency.draw(state);
}

setInterval(draw, 250);
let corner = 0;
setInterval(() => {
  const [x, y] = CORNERS[(corner = (corner + 1) % CORNERS.length)];
  canvas.style.setProperty('transform', `translate(${x}px, ${y}px)`);
}, SHIFT);
