// Icons come from one sprite. A page that must stay whole while the server is
// away loads it into itself once; until then each icon asks for the file.

const SVG = 'http://www.w3.org/2000/svg';
const FILE = '/web/icons.svg';

let inside = false;

/** Takes the sprite into the page. Call it early; icons made before still work. */
export async function loadIcons() {
  try {
    const text = await (await fetch(FILE)).text();
    const sprite = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    for (const symbol of sprite.querySelectorAll('symbol')) symbol.id = `i-${symbol.id}`;
    sprite.setAttribute('hidden', '');
    sprite.setAttribute('aria-hidden', 'true');
    document.body.append(document.adoptNode(sprite));
    inside = true;
  } catch {
    // The file is asked for again by every icon: nothing is lost but the safety.
  }
}

/**
 * An icon of the sprite. It is decoration: the words stand beside it.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', inside ? `#i-${name}` : `${FILE}#${name}`);
  svg.append(use);
  return svg;
}
