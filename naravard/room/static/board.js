// A workshop's board as it is now: asked for often, and told when something has changed.

import { ask, inWords, mayComeBack, pause } from "./ask.js"

/**
 * @import { FullBoard } from "../types"
 * @import { Show } from "./show.js"
 */

const LOOK = 600

export class Board extends EventTarget {
  /** @param {Show} show */
  constructor(show) {
    super()
    this.show = show
    /** @type {FullBoard | null} */
    this.now = null
    /** @type {string | null} why there is none any longer */
    this.gone = null
    this.watch()
  }

  async watch() {
    while (!this.gone) {
      await this.look()
      await pause(LOOK)
    }
  }

  async look() {
    const since = this.now ? `?andring=${this.now.andring}` : ""
    try {
      const answer = await ask(`/api/workshop/${this.show.kod}/tavla${since}`, { key: this.show.key })
      this.show.hear(true)
      if (!answer.svar || (this.now && answer.andring < this.now.andring)) return
      this.now = answer
      this.dispatchEvent(new Event("andrad"))
    } catch (error) {
      if (mayComeBack(error)) return this.show.hear(false)
      this.gone = inWords(error)
      this.now = null // what has been deleted is not shown any longer
      this.dispatchEvent(new Event("andrad"))
    }
  }

  // Those that are seen.
  get cards() {
    return (this.now?.svar ?? []).filter((svar) => !svar.dold)
  }

  /**
   * What the groups answered to a question, what they have in common first, then the newest first.
   * @param {number | null} fraga null is what is common, of all questions
   * @param {number} grupp
   */
  answers(fraga, grupp) {
    return this.cards
      .filter((svar) => (fraga === null ? svar.gemensamt : svar.fraga === fraga) && svar.grupp === grupp)
      .sort((a, b) => Number(b.gemensamt) - Number(a.gemensamt) || b.id - a.id)
  }

  get common() {
    return this.cards.filter((svar) => svar.gemensamt)
  }

  /** @param {number} id */
  groupName(id) {
    return this.now?.grupper.find((grupp) => grupp.id === id)?.namn ?? ""
  }
}

/**
 * Tell the server which figure is on screen, so that it is kept with what is written meanwhile. Sent until it is received.
 * @param {Show} show
 */
export function reportFigure(show) {
  let last = ""
  let sending = false
  const send = async () => {
    if (sending || !show.key) return
    sending = true
    for (let now = figureOf(show); now !== last; now = figureOf(show)) {
      try {
        await show.insist(() => {
          now = figureOf(show)
          return ask(`/api/workshop/${show.kod}/visas`, { method: "POST", key: show.key, body: JSON.parse(now) })
        })
      } catch {
        // a screen that cannot be shown, or the workshop is gone: nothing to report
      }
      last = now
    }
    sending = false
  }
  show.addEventListener("lage", send)
  send()
}

/** @param {Show} show */
function figureOf(show) {
  const { nr, kommun, version } = show.state
  return JSON.stringify({ bild: show.entries[nr], version, kommun, exempel: show.isExample })
}
