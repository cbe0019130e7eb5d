// What the keys do, in the projected window and in the presenter's view alike. Remotes send PageDown, PageUp and B or a dot.

import { memory } from "./ask.js"

/** @type {Record<string, string>} */
// biome-ignore format: keys that do the same stand on one line
const KEYS = {
  PageDown: "next", ArrowRight: "next", ArrowDown: "next", " ": "next",
  PageUp: "before", ArrowLeft: "before", ArrowUp: "before",
  Home: "first", End: "last",
  b: "blank", ".": "blank",
  k: "kommun", j: "kommunBefore",
  f: "fullscreen", q: "code", t: "board", e: "enlarge", v: "renew", p: "presenter",
  "?": "help", h: "help", Escape: "close",
}

const SCROLLING = new Set(["PageDown", "PageUp", "ArrowDown", "ArrowUp", "Home", "End", " "])
const SWIPE = 60
const REMEMBERED = "naravard_bokstaver"

// Single letters can be turned off: somebody who dictates, or leans on a key, does not steer the room's wall.
export const letters = {
  get areOn() {
    return memory.get(REMEMBERED) !== "av"
  },
  set areOn(isOn) {
    memory.set(REMEMBERED, isOn ? null : "av")
  },
}

/**
 * @param {(name: string) => unknown} act
 * @param {() => boolean} isSteered whether what the keys steer is what one looks at
 */
export function listen(act, isSteered = () => true) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const focused = /** @type {Element} */ (event.target)
    const writes = focused.closest?.("input:not([type=checkbox]), textarea, select")
    const presses = focused.closest?.("button, a, input, summary") && [" ", "Enter"].includes(event.key)
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!name || writes || presses) return
    if (name !== "close" && (!isSteered() || isOff(event.key) || scrolls(focused, event.key))) return
    event.preventDefault()
    act(name)
  })
}

/** @param {string} key */
const isOff = (key) => key.length === 1 && key !== " " && !letters.areOn

/**
 * Whether a key belongs to a part that one has gone into to read it.
 * @param {Element} focused
 * @param {string} key
 */
function scrolls(focused, key) {
  const part = focused.closest?.("[tabindex='0']")
  return SCROLLING.has(key) && part !== null && part !== undefined && part.scrollHeight > part.clientHeight
}

/**
 * A finger that is drawn sideways, over a part or all of the page.
 * @param {(name: "next" | "before") => unknown} act
 * @param {EventTarget} [place]
 */
export function swipes(act, place = window) {
  /** @type {PointerEvent | null} */
  let start = null
  place.addEventListener("pointerdown", (event) => {
    const pointer = /** @type {PointerEvent} */ (event)
    start = pointer.pointerType === "mouse" ? null : pointer
  })
  place.addEventListener("pointerup", (event) => {
    const way = start ? /** @type {PointerEvent} */ (event).clientX - start.clientX : 0
    start = null
    if (Math.abs(way) > SWIPE) act(way < 0 ? "next" : "before")
  })
}

export async function fullscreen() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else await document.documentElement.requestFullscreen({ navigationUI: "hide" })
  } catch {
    // a browser that does not let a page fill the screen has a key of its own for it (F11)
  }
}
