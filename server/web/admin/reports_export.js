// Taking a report along: the page on paper, a PDF with the letterhead, Excel, CSV.
// What takes long shows how far it is and can be given up.
import { get, post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { lang, t } from '/web/i18n.js';
import { search } from '/admin/reports_trace.js';
import { count } from '/admin/reports_words.js';

/** @typedef {import('/admin/reports_types.js').Query} Query */
/** @typedef {'pdf'|'xlsx'|'csv'} Format */
/** @typedef {{id: string, state: 'waiting'|'running'|'done'|'cancelled'|'failed', done: number, of: number, format: Format, name: string, error: string}} Job */

/** @type {Record<Format, () => string>} */
const formats = { pdf: () => t('rp.x.pdf'), xlsx: () => t('rp.x.xlsx'), csv: () => t('rp.x.csv') };
/** How often a job is looked at, ms. */
const LOOK = 400;

/** @param {() => Query} query @param {boolean} reader who may start no work gets the file in one answer @param {() => void} reload */
export function exporter(query, reader, reload) {
  const buttons = /** @type {Format[]} */ (Object.keys(formats)).map((f) => h('button', { type: 'button', class: 'plain', 'data-format': f, onclick: () => void (reader ? fetchFile(f) : start(f)) }, formats[f]()));
  const line = h('div', { class: 'job', role: 'status', hidden: true });
  let running = '', timer = 0;

  /** @param {Format} format */
  function fetchFile(format) {
    const link = h('a', { href: `/api/v1/reports/file?${search(query(), { format, lang: lang.get() === 'en' ? 'en' : 'vi' })}`, download: true }, t('rp.x.file', { name: formats[format]() }));
    over(link);
    link.click();
  }

  /** @param {Format} format */
  async function start(format) {
    for (const b of buttons) b.disabled = true;
    say(h('span', null, t('rp.x.starting')));
    const { branches, from, to, filters } = query();
    const answer = await post('/api/v1/reports/exports', { query: { branches, from, to, ...filters }, format, lang: lang.get() === 'en' ? 'en' : 'vi' });
    if (!answer.ok) return over(sentence(answer.code));
    running = answer.body.id;
    follow(answer.body);
  }

  /** @param {Job} job */
  function follow(job) {
    if (job.id !== running) return;
    if (job.state === 'done') return finish(job);
    if (job.state === 'cancelled') return over(t('rp.x.cancelled'));
    if (job.state === 'failed') return over(sentence(job.error || 'other'));
    const bar = h('progress', { max: Math.max(1, job.of), value: job.of > 0 ? job.done : null, 'aria-label': t('rp.x.making') });
    say(h('span', null, job.of > 0 ? t('rp.x.progress', { done: count(job.done), of: count(job.of) }) : t('rp.x.making')), bar,
      h('button', { type: 'button', class: 'plain', onclick: () => void cancel() }, t('rp.x.cancel')));
    timer = window.setTimeout(() => void look(), LOOK);
  }

  async function look() {
    const id = running, answer = await get(`/api/v1/reports/exports/${encodeURIComponent(id)}`);
    if (id !== running) return;
    if (answer.ok) follow(answer.body);
    else if (answer.status === 0) timer = window.setTimeout(() => void look(), LOOK * 5);
    else over(sentence(answer.code));
  }

  async function cancel() {
    const id = running;
    window.clearTimeout(timer);
    const answer = await post(`/api/v1/reports/exports/${encodeURIComponent(id)}/cancel`);
    if (id !== running) return;
    if (answer.ok && answer.body.state !== 'done') over(t('rp.x.cancelled'));
    else if (answer.ok) follow(answer.body);
    else over(sentence(answer.code));
  }

  /** The file is there: it is fetched at once, and stays behind its name. @param {Job} job */
  function finish(job) {
    const link = h('a', { href: `/api/v1/reports/exports/${encodeURIComponent(job.id)}/file`, download: job.name || true }, t('rp.x.file', { name: job.name || formats[job.format]() }));
    over(link);
    link.click();
  }

  /** @param {string | Node} words */
  function over(words) {
    window.clearTimeout(timer);
    running = '';
    for (const b of buttons) b.disabled = false;
    say(typeof words === 'string' ? h('span', null, words) : words);
  }

  /** @param {...Node} nodes */
  function say(...nodes) {
    mount(line, nodes);
    line.hidden = false;
  }

  return {
    el: h('div', { class: 'take' }, h('span', { class: 'label' }, t('rp.x')), buttons, h('button', { type: 'button', class: 'plain', onclick: () => window.print() }, t('rp.x.print')), h('button', { type: 'button', class: 'plain reload', onclick: reload }, t('rp.reload')), line),
    close() {
      running = '';
      window.clearTimeout(timer);
    },
  };
}
