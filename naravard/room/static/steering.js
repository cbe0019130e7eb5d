// What the keys and buttons do, in the projected window and in the presenter's view alike.

import { fullscreen } from "./keys.js"
import { flash } from "./overlay.js"

export function steering(show, overlay, wall) {
  const onBoard = () => wall() && show.state.tavla !== null && !show.state.svart
  return {
    next: () => (onBoard() ? wall().step(1) : show.step(1)),
    before: () => (onBoard() ? wall().step(-1) : show.step(-1)),
    first: () => (onBoard() ? wall().first() : show.set({ nr: 0 })),
    last: () => (onBoard() ? wall().last() : show.set({ nr: show.entries.length - 1 })),
    blank: () => show.set({ svart: !show.state.svart }),
    kommun: () => point(1),
    kommunBefore: () => point(-1),
    board: () =>
      show.kod ? show.set({ tavla: show.state.tavla === null ? 0 : null }) : flash("Tavlan finns i en workshop."),
    renew: () => (show.hasNewer ? show.renew() : flash("Det här är den nyaste versionen.")),
    code: () => show.set({ qr: !show.state.qr }),
    help: () => overlay.keys(show),
    close: () => (show.state.qr ? show.set({ qr: false }) : overlay.close()),
    fullscreen,
  }

  async function point(by) {
    if (onBoard()) return
    const { kommuner } = await show.screen(show.state.nr)
    if (kommuner.length) show.nextKommun(by)
    else flash("Bilden visar inga kommuner.")
  }
}
