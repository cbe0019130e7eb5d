// A workshop's board and its room as they are now: asked for without end, answered when something has changed.

import { ask, inWords, mayComeBack, pause } from "./ask.js"

/**
 * @import { FullBoard, News } from "../types"
 * @import { Show } from "./show.js"
 */

const AFTER_SILENCE = 600
const WAIT = 5 // seconds that a question waits at the server for something to tell

export class Board extends EventTarget {
  /** @param {Show} show */
  constructor(show) {
    super()
    this.show = show
    /** @type {FullBoard | null} */
    this.now = null
    /** @type {string | null} why there is none any longer */
    this.gone = null
    this.phones = 0
    /** @type {Record<string, string>} what is known of each part, by its tag */
    this.tags = { tavla: "", rum: "", telefoner: "" }
    this.watch()
  }

  async watch() {
    while (!this.gone) {
      const isAnswered = await this.look(WAIT)
      await pause(isAnswered ? AFTER_SILENCE / 6 : AFTER_SILENCE)
    }
  }

  // What is new; at once, or as soon as there is something. Gives whether there was an answer.
  async look(wait = 0) {
    const query = new URLSearchParams({ ...this.tags, vanta: String(wait) })
    try {
      /** @type {News} */
      const news = await ask(`/api/workshop/${this.show.kod}/nytt?${query}`, { key: this.show.key })
      this.show.hear(true)
      this.take(news)
      return true
    } catch (error) {
      if (mayComeBack(error)) {
        this.show.hear(false)
        return false
      }
      this.gone = inWords(error)
      this.now = null // what has been deleted is not shown any longer
      this.dispatchEvent(new Event("andrad"))
      return false
    }
  }

  /** @param {News} news */
  take({ tavla, rum, telefoner }) {
    if (rum) {
      this.tags.rum = rum.tagg
      this.show.clock.hear(rum.innehall.nu)
      this.show.room?.hear(rum.innehall)
    }
    if (telefoner) {
      this.tags.telefoner = telefoner.tagg
      this.phones = telefoner.innehall
      this.dispatchEvent(new Event("telefoner"))
    }
    if (!tavla || (this.now && tavla.innehall.andring < this.now.andring)) return
    this.tags.tavla = tavla.tagg
    this.now = tavla.innehall
    this.dispatchEvent(new Event("andrad"))
  }

  // Those that are seen.
  get cards() {
    return (this.now?.svar ?? []).filter((svar) => !svar.dold && !svar.vantar)
  }

  /**
   * What a question has been answered, what the groups have in common first, then the newest first.
   * @param {number | null} fraga null is what is common, of all questions
   */
  ofQuestion(fraga) {
    return this.cards
      .filter((svar) => (fraga === null ? svar.gemensamt : svar.fraga === fraga))
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
