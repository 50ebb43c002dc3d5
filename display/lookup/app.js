// What the screens of the look-up may do, and what they are. Nothing here runs.

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/speech.js').Said} Said */

/**
 * One screen. It is built anew when the language or a display option changes.
 * @typedef {object} View
 * @property {string} name
 * @property {Node[]} nodes what can be touched, and what is read
 * @property {string} [title] its heading, drawn by the shell above the nodes
 * @property {Node[]} [lead] what stands under the heading, and is not touched: in portrait it lies above everybody's reach
 * @property {string} [nav] the field chosen in the list at the left, "" for none; without it there is no list
 * @property {() => Said[]} [read] what "Đọc to" says of this screen, in order
 * @property {() => void} [update] called at each change of the hall and each second
 * @property {() => void} [fresh] there is a new catalogue: what stands here may have changed
 * @property {() => void} [layout] once it stands on the page, and when its room has changed
 * @property {() => void} [back] in place of the screen before
 * @property {(letter: string) => boolean} [type] a letter from a real keyboard; true when it was used
 * @property {boolean} [private] shows what is somebody's own: wiped after 30 s without touch
 * @property {boolean} [keeps] stays while the server is away: it needs nothing more
 */

/**
 * @typedef {object} App
 * @property {() => HallState} state
 * @property {() => number} now the server's time, ms
 * @property {() => boolean} online
 * @property {() => void} home the first screen, for the same visitor
 * @property {() => void} back the screen before
 * @property {(make: () => View) => void} show another screen; the one that stands is the one before it
 * @property {(make: () => View) => void} turn another screen in place of the one that stands
 * @property {() => void} redraw the screen that stands, built anew
 * @property {(code?: string) => void} dossier where a dossier stands
 * @property {(q: string) => void} search with what has been typed already
 * @property {boolean} kiosk inside the kiosk
 * @property {() => boolean} takes may this screen take numbers?
 * @property {() => boolean} reads is reading aloud on?
 * @property {() => number} place another number on another screen: who has waited for an answer sees whether the visitor has gone on
 * @property {typeof import('/web/api.js').get} get
 * @property {typeof import('/web/api.js').post} post
 */

export {};
