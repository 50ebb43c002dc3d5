// The letters and digits on the board: how high they stand, px, without the room
// above and below that a font adds.
() => {
  const pen = document.createElement('canvas').getContext('2d'), all = [];
  const walk = document.createTreeWalker(document.querySelector('.canvas'), NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || e.closest('.sr') || !e.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    if (size === 0) continue;
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    all.push({ Says: n.data.trim(), In: e.closest('[class]').className, Font: size, High: pen.measureText(/\d/.test(n.data) ? '0' : 'H').actualBoundingBoxAscent });
  }
  return all;
}
