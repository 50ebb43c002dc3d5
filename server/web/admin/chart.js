// Charts as our own SVG: bars with a line, and rows of stacked parts. Colours and
// patterns come from chart.css by class, so that screen and paper may differ. A chart
// is a picture with a name and a sentence; the same figures stand in a table beside it.
import { h } from '/web/dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 232, TOP = 16, BOTTOM = 30, LEFT = 44, RIGHT = 44;
/** The least width a chart is drawn for, px: below it, it shrinks. */
const LEAST = 280;

/** @typedef {{name: string, value: number, line?: number | null, say: string}} Point `say` is its tooltip */
/** @typedef {{kind: string, value: number, say: string}} Part */
/** @typedef {{label: string, desc: string, number: (n: number) => string, measure?: (n: number) => string}} Words */

let made = 0;

/**
 * An SVG element.
 * @param {string} tag @param {Record<string, string | number>} [props] @param {(Node | string)[]} [children]
 */
export function s(tag, props = {}, children = []) {
  const el = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) el.setAttribute(name, String(value));
  el.append(...children);
  return el;
}

/**
 * A figure that draws itself as wide as it stands; the event "fit" asks for another
 * width in px (paper), 0 for its own.
 * @param {(width: number) => Element} draw
 * @param {...(Node | null)} below
 */
export function chart(draw, ...below) {
  let drawn = 0;
  const fit = (/** @type {number} */ width) => {
    const next = Math.max(LEAST, Math.round(width));
    if (next !== drawn) place.replaceChildren(draw(next));
    drawn = next;
  };
  const place = h('div', { class: 'draw', onfit: (/** @type {CustomEvent<number>} */ e) => fit(e.detail || place.clientWidth) });
  new ResizeObserver(([e]) => e.contentRect.width > 0 && !matchMedia('print').matches && fit(e.contentRect.width)).observe(place);
  return h('figure', { class: 'chart' }, place, below);
}

/** The picture itself, with its name and sentence. @param {number} width @param {number} height @param {Words} words @param {Node[]} inside */
function picture(width, height, words, inside) {
  const id = `chart-${++made}`;
  return s('svg', { class: 'plot', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': `${id}-t`, 'aria-describedby': `${id}-d` },
    [s('title', { id: `${id}-t` }, [words.label]), s('desc', { id: `${id}-d` }, [words.desc]), ...inside]);
}

/** A round step for about four lines up to the most. @param {number} most */
export function step(most) {
  if (!(most > 0)) return 1;
  const raw = most / 4, ten = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].map((m) => m * ten).find((x) => x >= raw) ?? raw;
}

/**
 * Bars, and a line over them on the right axis.
 * @param {number} width @param {Point[]} points @param {Words} words
 */
export function bars(width, points, words) {
  const right = words.measure ? RIGHT : 8, inner = width - LEFT - right, high = HEIGHT - TOP - BOTTOM;
  const unit = step(Math.max(...points.map((p) => p.value), 1)), lines = Math.max(1, Math.ceil(Math.max(...points.map((p) => p.value), 1) / unit));
  const turn = step(Math.max(...points.map((p) => p.line ?? 0), 0)) , most = turn * lines;
  const rise = Math.max(1, Math.ceil(Math.max(...points.map((p) => p.line ?? 0), 0) / Math.max(most, 1e-9)));
  const y = (/** @type {number} */ v, /** @type {number} */ top) => TOP + high - (v / top) * high;
  const slot = inner / Math.max(points.length, 1), wide = Math.min(46, slot * 0.68);
  const x = (/** @type {number} */ i) => LEFT + slot * (i + 0.5);
  const every = Math.max(1, Math.ceil((widest(points) * 7.2 + 10) / slot));
  const grid = Array.from({ length: lines + 1 }, (_, i) => s('g', {}, [
    s('line', { class: i ? 'grid' : 'base', x1: LEFT, x2: width - right, y1: y(i, lines), y2: y(i, lines) }),
    s('text', { class: 'tick', x: LEFT - 8, y: y(i, lines) + 4, 'text-anchor': 'end' }, [words.number(i * unit)]),
    ...(words.measure ? [s('text', { class: 'tick second', x: width - right + 8, y: y(i, lines) + 4 }, [words.measure(i * turn * rise)])] : []),
  ]));
  const columns = points.map((p, i) => s('g', { class: 'column' }, [
    s('title', {}, [p.say]),
    s('rect', { class: 'room', x: x(i) - slot / 2, y: TOP, width: slot, height: high }),
    s('rect', { class: 'bar', x: x(i) - wide / 2, y: y(p.value, unit * lines), width: wide, height: Math.max(0, (p.value / (unit * lines)) * high) }),
    ...(i % every ? [] : [s('text', { class: 'name', x: x(i), y: HEIGHT - 10, 'text-anchor': 'middle' }, [p.name])]),
  ]));
  return picture(width, HEIGHT, words, [...grid, ...columns, ...(words.measure ? line(points, x, (v) => y(v, most * rise)) : [])]);
}

/** @param {Point[]} points */
const widest = (points) => Math.max(...points.map((p) => p.name.length), 1);

/**
 * The line, broken where nothing is known, with a dot on each point when they are few.
 * @param {Point[]} points @param {(i: number) => number} x @param {(v: number) => number} y
 */
function line(points, x, y) {
  let path = '', up = true;
  const dots = [];
  for (const [i, p] of points.entries()) {
    if (p.line === null || p.line === undefined) {
      up = true;
      continue;
    }
    path += `${up ? 'M' : 'L'}${x(i).toFixed(1)} ${y(p.line).toFixed(1)}`;
    up = false;
    if (points.length <= 45) dots.push(s('circle', { class: 'dot', cx: x(i), cy: y(p.line), r: 3.5 }, [s('title', {}, [p.say])]));
  }
  return [s('path', { class: 'line', d: path }), ...dots];
}

/**
 * One row of parts that make a whole, such as marks or the time of a counter.
 * @param {number} width @param {Part[]} parts @param {Words} words @param {number} [height]
 */
export function stack(width, parts, words, height = 34) {
  const whole = parts.reduce((sum, p) => sum + p.value, 0);
  let at = 0;
  const pieces = parts.filter((p) => p.value > 0).map((p) => {
    const w = (p.value / whole) * width;
    const piece = s('g', {}, [s('title', {}, [p.say]),
      s('rect', { class: `part ${p.kind}`, x: at, y: 0, width: Math.max(0, w), height }),
      ...(w > 52 ? [s('text', { class: `in ${p.kind}`, x: at + w / 2, y: height / 2 + 4.5, 'text-anchor': 'middle' }, [words.number(p.value / whole)])] : [])]);
    at += w;
    return piece;
  });
  return picture(width, height, words, [s('rect', { class: 'part none', x: 0, y: 0, width, height }), ...pieces]);
}

/**
 * How a figure went, without axes: it stands beside the figure and says nothing else.
 * @param {(number | null)[]} values
 */
export function spark(values) {
  const known = values.filter((v) => v !== null), top = Math.max(...known, 0), low = Math.min(...known, top);
  if (known.length < 3 || top === low) return null;
  let path = '', up = true;
  for (const [i, v] of values.entries()) {
    if (v !== null) path += `${up ? 'M' : 'L'}${((i / (values.length - 1)) * 100).toFixed(1)} ${(22 - ((v - low) / (top - low)) * 20).toFixed(1)}`;
    up = v === null;
  }
  return s('svg', { class: 'spark', viewBox: '-1 0 102 24', 'aria-hidden': 'true', preserveAspectRatio: 'none' }, [s('path', { d: path })]);
}

/** Draws every chart inside anew for paper, or for the screen again. @param {ParentNode} root @param {number} width px; 0 as it stands */
export function fitCharts(root, width) {
  for (const place of root.querySelectorAll('.chart .draw')) place.dispatchEvent(new CustomEvent('fit', { detail: width }));
}
