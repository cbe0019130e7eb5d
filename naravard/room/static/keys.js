// What the keys do, in the projected window and in the presenter's view alike. Remotes send PageDown, PageUp and B or a dot.

/** @type {Record<string, string>} */
// biome-ignore format: keys that do the same stand on one line
const KEYS = {
  PageDown: "next", ArrowRight: "next", ArrowDown: "next", " ": "next",
  PageUp: "before", ArrowLeft: "before", ArrowUp: "before",
  Home: "first", End: "last",
  b: "blank", ".": "blank",
  k: "kommun", j: "kommunBefore",
  f: "fullscreen", q: "code", t: "board", v: "renew", p: "presenter",
  "?": "help", h: "help", Escape: "close",
}

/** @param {(name: string) => unknown} act */
export function listen(act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const focused = /** @type {Element} */ (event.target)
    const writes = focused.closest?.("input:not([type=checkbox]), textarea, select")
    const presses = focused.closest?.("button, a, input, summary") && [" ", "Enter"].includes(event.key)
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!name || writes || presses) return
    event.preventDefault()
    act(name)
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
