// The few helpers every screen builds its page with. There is no framework:
// a screen is plain elements, made once and changed in place.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Child | Child[]} Children */
/** @typedef {Record<string, unknown>} Props */

export { icon, loadIcons } from '/web/icons.js';

/**
 * Makes an element. Props: `onclick` and the like are listeners, `class` is the
 * class, `style` an object of CSS properties (set through the CSSOM, which the
 * content security policy allows), booleans become present or absent
 * attributes, everything else is an attribute; null and undefined are left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...Children} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const el = document.createElement(tag);
  if (props) set(el, props);
  append(el, children);
  return el;
}

/**
 * Sets props on an element, as h() does. Listeners are added, not replaced:
 * set those once, in h().
 * @param {Element} el
 * @param {Props} props
 */
export function set(el, props) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') {
      el.addEventListener(name.replace(/^on/, ''), /** @type {EventListener} */ (value));
    } else if (name === 'style' && value && typeof value === 'object') {
      const style = /** @type {HTMLElement} */ (el).style;
      for (const [k, v] of Object.entries(value)) style.setProperty(k, String(v));
    } else if (value === null || value === undefined || value === false) {
      el.removeAttribute(name);
    } else {
      const text = value === true ? '' : String(value);
      if (el.getAttribute(name) !== text) el.setAttribute(name, text);
    }
  }
}

/** @param {Element} el @param {Children[]} children */
function append(el, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    el.append(typeof child === 'number' ? String(child) : child);
  }
}

/**
 * Replaces everything inside an element.
 * @param {Element} parent
 * @param {...Children} children
 */
export function mount(parent, ...children) {
  const fresh = document.createElement('div');
  append(fresh, children);
  parent.replaceChildren(...fresh.childNodes);
}

/** @type {WeakMap<Element, Map<string, Element>>} */
const lists = new WeakMap();

/**
 * Makes the children of `parent` follow a list, one element for each key, moved
 * and not rebuilt: focus and a pressed finger stay where they are.
 * `render` is given the element the key had before, changes and returns it, or
 * makes a new one.
 * @template T
 * @param {Element} parent holds nothing but this list
 * @param {Iterable<T>} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T, old: any) => Element} render `old` is undefined the first time
 */
export function keyed(parent, items, keyOf, render) {
  const before = lists.get(parent) ?? new Map();
  /** @type {Map<string, Element>} */
  const after = new Map();
  for (const item of items) {
    const key = keyOf(item);
    after.set(key, render(item, before.get(key)));
  }
  const keep = new Set(after.values());
  for (const el of before.values()) if (!keep.has(el)) el.remove();
  let place = parent.firstElementChild;
  for (const el of after.values()) {
    if (el === place) place = place.nextElementSibling;
    else parent.insertBefore(el, place);
  }
  lists.set(parent, after);
}

/**
 * A value others can watch.
 * @template T
 * @typedef {object} Signal
 * @property {() => T} get
 * @property {(value: T) => void} set tells the watchers when the value is another one
 * @property {(watch: (value: T) => void) => () => void} on gives the function that stops watching
 */

/**
 * @template T
 * @param {T} value
 * @returns {Signal<T>}
 */
export function signal(value) {
  /** @type {Set<(value: T) => void>} */
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const watch of [...watchers]) watch(value);
    },
    on(watch) {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
  };
}
