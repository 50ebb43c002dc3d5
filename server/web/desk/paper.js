// A paper rating that lies at the counter: asked for in a dialog, until it is kept
// or called off.
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { branch } from '/web/page.js';
import { paperFields, sendPaper } from '/web/paper.js';
import { ask } from '/desk/ask.js';

/**
 * @param {import('/desk/desk.js').Scene} scene
 * @param {(text: string) => void} say
 */
export async function enterPaper({ state, place, now }, say) {
  const fields = paperFields(state.branch, now), box = h('div', { class: 'paper' }, fields.els);
  let sending = false;

  async function save() {
    const entry = sending ? null : fields.read();
    if (!entry) return;
    sending = true;
    const { ok, text } = await sendPaper(branch(), place.name.id, entry);
    sending = false;
    if (!ok) return fields.refuse(text);
    box.closest('dialog')?.close();
    say(text);
  }

  await ask({
    title: t('r.paper'), why: t('r.paper.hint'), body: [box], yes: t('r.paper.save'),
    answer() {
      void save();
      return null;
    },
  });
}
