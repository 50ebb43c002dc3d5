// Runs inside the kiosk's page in tests: puts display options on and measures
// what then stands on the glass. Lengths are told in millimetres.

/** Shows the screen in a language and with options ("text+reach", "read", "normal"). */
window.kioskWear = async (lang, options) => {
  const modes = await import('/kiosk/modes.js'), reader = await import('/kiosk/reader.js');
  if (reader.reading.get() !== options.split('+').includes('read')) reader.toggleReading();
  if (document.documentElement.lang !== lang) modes.speak(lang);
  for (const mode of ['text', 'contrast', 'reach']) {
    if (modes.on(mode) !== options.split('+').includes(mode)) modes.toggle(mode);
  }
  return 0;
};

/** What offends the rules in each style: "vi text: ...". */
window.kioskOffences = async ({ pixel, line, low, styles }) => {
  await document.fonts.ready;
  const all = [];
  for (const style of styles) {
    const [lang, options] = style.split(' ');
    await kioskWear(lang, options);
    const rules = { pixel, line: options.includes('reach') ? low : line, large: options.includes('text'), low: options.includes('reach') };
    for (const offence of measure(rules)) all.push(`${style}: ${offence}`);
  }
  return all;

  function measure(rules) {
    const found = [], mm = (px) => Math.round(px * rules.pixel * 10) / 10;
    const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('.sr, svg, script, style');
    const asked = document.querySelector('dialog[open]') ?? document.body;
    const targets = [...asked.querySelectorAll('button, a[href], input, select')].filter(seen)
      .map((e) => ({ e, b: e.getBoundingClientRect(), says: e.innerText.replaceAll('\n', ' ').slice(0, 40), bar: Boolean(e.closest('.modes')) }));
    const texts = lines();
    fingers();
    letters();
    apart();
    uncut();
    return [...new Set(found)];

    /** Targets for fingers. */
    function fingers() {
      for (const { e, b, says, bar } of targets) {
        const least = bar ? 20 : 25, high = e.matches('.tile') ? 45 : least;
        if (b.width * rules.pixel < least - 0.1 || b.height * rules.pixel < high - 0.1) found.push(`"${says}" is ${mm(b.width)} x ${mm(b.height)} mm, want ${least} x ${high}`);
        if (b.top < rules.line - 1) found.push(`"${says}" begins ${mm(rules.line - b.top)} mm above the reach`);
        if (b.left < -1 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1) found.push(`"${says}" leaves the glass by ${mm(Math.max(-b.left, b.right - innerWidth, b.bottom - innerHeight))} mm`);
      }
      targets.forEach((x, i) => targets.slice(i + 1).forEach((y) => {
        if (x.bar && y.bar) return; // the bar is one strip, its keys parted by lines
        const gap = Math.max(x.b.left - y.b.right, y.b.left - x.b.right, x.b.top - y.b.bottom, y.b.top - x.b.bottom);
        if (gap * rules.pixel < 5 - 0.1) found.push(`"${x.says}" and "${y.says}" are ${mm(gap)} mm apart, want 5`);
      }));
      const choices = targets.filter((x) => x.e.matches('.tile')).length, most = rules.low ? 4 : rules.large ? 5 : 8;
      if (choices > most) found.push(`${choices} choices, want ${most} at most`);
      if (asked.querySelector('.tiles') && choices === 0) found.push('no choice at all');
    }

    /** Size of letters and lines, and that they are on the glass. */
    function letters() {
      const unit = 0.369 / rules.pixel, k = Math.min(1.5, Math.max(0.8, unit));
      for (const { e, b, says, size } of texts) {
        const style = getComputedStyle(e), digits = style.fontFamily.startsWith('"Barlow');
        const caps = size * (digits ? 0.7 : 0.74) * rules.pixel, least = rules.large ? 7.3 : 4.8;
        if (caps < least - 0.05) found.push(`"${says}" has capitals of ${Math.round(caps * 10) / 10} mm, want ${least}`);
        if (size < 28 * k - 0.5 && !e.closest('.brand')) found.push(`"${says}" is ${size} px, want ${28 * k}`);
        const leading = parseFloat(style.lineHeight) / size, want = e.closest('p, li') ? 1.4 : 1.15;
        if (!digits && !e.closest('.num') && leading < want - 0.01) found.push(`"${says}" has lines of ${Math.round(leading * 100) / 100}, want ${want}`);
        if (b.left < -1 || b.right > innerWidth + 1 || b.top < -1 || b.bottom > innerHeight + 1) found.push(`"${says}" leaves the glass`);
      }
    }

    /** No text over another, none over a target that is not its own. */
    function apart() {
      const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
      texts.forEach((x, i) => {
        for (const y of texts.slice(i + 1)) if (x.e !== y.e && over(x.b, y.b)) found.push(`"${x.says}" lies over "${y.says}"`);
        for (const y of targets) if (!y.e.contains(x.e) && over(x.b, y.b)) found.push(`"${x.says}" lies over the target "${y.says}"`);
        const own = x.e.closest('button');
        if (own) {
          const b = own.getBoundingClientRect();
          if (x.b.left < b.left + 1 || x.b.right > b.right - 1 || x.b.top < b.top || x.b.bottom > b.bottom) found.push(`"${x.says}" leaves its own target`);
        }
      });
    }

    /** Nothing is cut off, nothing has to be scrolled. */
    function uncut() {
      for (const { e, b, says } of texts) {
        for (let p = e; p && p !== document.documentElement; p = p.parentElement) {
          const o = getComputedStyle(p), c = p.getBoundingClientRect();
          if (o.overflowX !== 'visible' && (b.left < c.left - 1 || b.right > c.right + 1)) found.push(`"${says}" is wider than its .${p.className}`);
          if (o.overflowY !== 'visible' && (b.top < c.top - 1 || b.bottom > c.bottom + 1)) found.push(`"${says}" is higher than its .${p.className}`);
          if (/auto|scroll/.test(o.overflowY) && p.scrollHeight > p.clientHeight + 1) found.push(`.${p.className} has to be scrolled`);
        }
      }
      // What stands in a column that is too short is pushed over what follows it.
      for (const e of document.querySelectorAll('.body, .full, .slip .a, .slip .b, .card .t, .tile .t, .head')) {
        if (seen(e) && overflown(e) > 2) found.push(`.${e.className} lacks ${mm(overflown(e))} mm of height`);
      }
      if (document.documentElement.scrollHeight > innerHeight + 1 || document.documentElement.scrollWidth > innerWidth + 1) found.push('the page is larger than the glass');
    }

    /** How far the content of a box reaches below it, px; ornaments and letters' own room do not count. */
    function overflown(e) {
      const bottom = e.getBoundingClientRect().bottom;
      return Math.max(...[...e.children].filter((c) => seen(c) && !c.matches('.drum')).map((c) => c.getBoundingClientRect().bottom - bottom), 0);
    }

    /** Every line of text that can be seen, cut down to what its letters fill. */
    function lines() {
      const all = [], walk = document.createTreeWalker(asked, NodeFilter.SHOW_TEXT);
      for (let n = walk.nextNode(); n; n = walk.nextNode()) {
        const e = n.parentElement;
        if (!n.data.trim() || !seen(e)) continue;
        const range = document.createRange(), size = parseFloat(getComputedStyle(e).fontSize);
        range.selectNodeContents(n);
        for (const r of range.getClientRects()) {
          const half = Math.min(r.height, size * (e.closest('.num') ? 0.8 : 1.05)) / 2, middle = (r.top + r.bottom) / 2;
          all.push({ e, size, says: n.data.trim().slice(0, 40), b: { left: r.left, right: r.right, top: middle - half, bottom: middle + half } });
        }
      }
      return all;
    }
  }
};
