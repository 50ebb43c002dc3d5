// Runs inside the look-up in tests: puts a display option on and measures what
// then stands on the glass. Lengths are told in millimetres.

/** What offends the rules with an option ("normal", "text", "contrast", "reach"); without rules it is only put on. */
window.lookupOffences = async (option, rules, lang) => {
  const modes = await import('/kiosk/modes.js');
  if (lang && document.documentElement.lang !== lang) modes.speak(lang);
  for (const mode of ['text', 'contrast', 'reach']) if (modes.on(mode) !== option.split('+').includes(mode)) modes.toggle(mode);
  await document.fonts.ready;
  // Rows come from the server again when their number has changed.
  for (let still = 0, was = ''; still < 4;) {
    await new Promise((done) => setTimeout(done, 40));
    const now = document.getElementById('stage').innerText + document.querySelectorAll('.turn:not([hidden])').length;
    still = now === was ? still + 1 : 0;
    was = now;
  }
  if (!rules) return [];
  const found = [], mm = (px) => Math.round(px * rules.pixel * 10) / 10;
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('.sr, svg, script, style');
  /** What is on another page of a text is not on the glass. */
  const shown = (e, b) => {
    const flow = e.closest('.flow');
    if (!flow) return true;
    const f = flow.getBoundingClientRect();
    return b.left < f.right && b.right > f.left;
  };
  const targets = [...document.querySelectorAll('button, a[href]')].filter(seen)
    .map((e) => ({ e, b: e.getBoundingClientRect(), says: (e.innerText || e.getAttribute('aria-label') || '').replaceAll('\n', ' ').slice(0, 40) }))
    .filter(({ e, b }) => shown(e, b));

  for (const { e, b, says } of targets) {
    const least = e.matches('.key') ? 20 : e.matches('.go') ? 25 : 20;
    if (b.width * rules.pixel < least - 0.1 || b.height * rules.pixel < least - 0.1) found.push(`"${says}" is ${mm(b.width)} x ${mm(b.height)} mm, want ${least}`);
    if (b.top < rules.line - 1) found.push(`"${says}" begins ${mm(rules.line - b.top)} mm above the reach`);
    if (b.left < -1 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1) found.push(`"${says}" leaves the glass`);
  }
  targets.forEach((x, i) => targets.slice(i + 1).forEach((y) => {
    if (x.e.closest('.rows') && y.e.closest('.rows')) return; // parted by lines
    const over = Math.min(x.b.right, y.b.right) - Math.max(x.b.left, y.b.left) > 1 && Math.min(x.b.bottom, y.b.bottom) - Math.max(x.b.top, y.b.top) > 1;
    if (over) found.push(`"${x.says}" lies over "${y.says}"`);
  }));
  const rows = document.querySelectorAll('main .rows .row').length;
  if (rows > 6) found.push(`${rows} choices, want 6`);

  const walk = document.createTreeWalker(document.getElementById('stage'), NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || !seen(e)) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), says = n.data.trim().slice(0, 40);
    const caps = size * (style.fontFamily.startsWith('"Barlow') ? 0.7 : 0.74) * rules.pixel, least = rules.large ? 7.3 : 4.8;
    if (caps < least - 0.05) found.push(`"${says}" has capitals of ${Math.round(caps * 10) / 10} mm, want ${least}`);
    if (parseFloat(style.lineHeight) / size < 1.14 && !style.fontFamily.startsWith('"Barlow')) found.push(`"${says}" has lines of ${parseFloat(style.lineHeight) / size}`);
    const range = document.createRange();
    range.selectNodeContents(n);
    for (const r of range.getClientRects()) {
      if (!shown(e, r)) continue;
      const half = Math.min(r.height, size) / 2, middle = (r.top + r.bottom) / 2, b = { left: r.left, right: r.right, top: middle - half, bottom: middle + half };
      // A long name is cut where it says so by its dots; nothing else is.
      if (e.closest('.title, .name, .facts .long, .case p') || style.textOverflow === 'ellipsis' || e.closest('small')) continue;
      for (let p = e; p && p !== document.documentElement; p = p.parentElement) {
        const c = p.getBoundingClientRect(), o = getComputedStyle(p);
        if (o.display === 'contents' || (p.closest('.flow') && !p.matches('.flow'))) continue; // columns break what stands in them
        if (b.left < c.left - 2 || b.right > c.right + 2) { found.push(`"${says}" is wider than its .${p.className || p.tagName}`); break; }
        if (b.top < c.top - 2 || b.bottom > c.bottom + 2) { found.push(`"${says}" is higher than its .${p.className || p.tagName}`); break; }
      }
    }
  }
  for (const e of document.querySelectorAll('.work, .lead, .paged, .rows, .row, .field, .keyboard')) {
    if (!seen(e)) continue;
    const b = e.getBoundingClientRect();
    const low = Math.max(...[...e.children].filter(seen).map((c) => c.getBoundingClientRect().bottom - b.bottom), 0);
    if (low > 2) found.push(`.${e.className} lacks ${mm(low)} mm of height`);
  }
  if (document.documentElement.scrollHeight > innerHeight + 1 || document.documentElement.scrollWidth > innerWidth + 1) found.push('the page is larger than the glass');
  return [...new Set(found)];
};
