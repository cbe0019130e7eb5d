// What the keys and buttons do, in the projected window and in the presenter's view alike.

import { fullscreen } from "./keys.js"
import { FOLLOWS, flash } from "./overlay.js"

/**
 * @import { Overlay } from "./overlay.js"
 * @import { Show } from "./show.js"
 * @import { Wall } from "./wall.js"
 */

/**
 * @param {Show} show
 * @param {Overlay} overlay
 * @param {() => Wall | undefined} wall
 * @returns {Record<string, () => unknown>}
 */
export function steering(show, overlay, wall) {
  const board = () => (show.state.tavla === null || show.state.svart || show.state.qr ? undefined : wall())
  /** @type {Record<string, () => unknown>} */
  const steers = {
    next: () => (board() ?? show).step(1),
    before: () => (board() ?? show).step(-1),
    first: () => (board() ? board()?.first() : show.set({ nr: 0 })),
    last: () => (board() ? board()?.last() : show.set({ nr: show.entries.length - 1 })),
    blank: () => show.set({ svart: !show.state.svart }),
    kommun: () => point(1),
    kommunBefore: () => point(-1),
    board: () => (show.kod ? show.turnBoard() : flash("Tavlan finns i en workshop.")),
    renew: () => (show.hasNewer ? show.renew() : flash("Det här är den nyaste versionen.")),
    code: () => show.set({ qr: !show.state.qr }),
    enlarge: () => (board() ? board()?.enlarge(1) : flash("Ett svar på tavlan kan förstoras.")),
  }
  const close = () => {
    if (show.state.qr) steers.code()
    else if (show.state.kort && overlay.name === null) show.set({ kort: null })
    else overlay.close()
  }
  overlay.leave = guarded(close)
  return { ...mapped(steers, guarded), help: () => overlay.keys(show), close: guarded(close), fullscreen }

  /** @param {() => unknown} act */
  function guarded(act) {
    return () => (show.maySteer || overlay.name === "keys" ? act() : flash(FOLLOWS))
  }

  /** @param {number} by */
  async function point(by) {
    if (board()) return
    const { kommuner } = await show.screen(show.state.nr)
    if (kommuner.length) show.nextKommun(by)
    else flash("Bilden visar inga kommuner.")
  }
}

/**
 * @param {Record<string, () => unknown>} actions
 * @param {(act: () => unknown) => () => unknown} change
 */
const mapped = (actions, change) =>
  Object.fromEntries(Object.entries(actions).map(([name, act]) => [name, change(act)]))
