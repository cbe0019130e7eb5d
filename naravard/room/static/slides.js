// All slides of a show as a list to go from, and the leader's own notes to each, which are kept with the workshop.

import { ask, inWords, mayComeBack, memory } from "./ask.js"
import { part, say } from "./dom.js"

/**
 * @import { Board } from "./board.js"
 * @import { Show } from "./show.js"
 */

const PAUSE = 800 // after the last letter
const AGAIN = 3_000

/**
 * The notes of a slide, from their beginning, in smaller letters where they have no room.
 * @param {HTMLElement} place
 * @param {HTMLElement[]} notes
 */
export function fill(place, notes) {
  place.classList.remove("langa")
  place.replaceChildren(...notes)
  place.classList.toggle("langa", place.scrollHeight > place.clientHeight)
  place.scrollTop = 0
}

export class SlideList {
  /**
   * @param {Show} show
   * @param {HTMLElement} place
   */
  constructor(show, place) {
    this.show = show
    this.list = part("ol", {})
    place.replaceChildren(part("details", {}, part("summary", { text: "Alla bilder" }), this.list))
    this.drawnState = ""
  }

  async draw() {
    const { show } = this
    const titles = await Promise.all(show.entries.map((_, nr) => show.screen(nr).then(({ titel }) => titel)))
    const now = JSON.stringify([titles, show.state.nr, show.maySteer])
    if (now === this.drawnState) return
    this.drawnState = now
    const focused = document.activeElement?.id
    this.list.replaceChildren(...titles.map((title, nr) => this.line(title, nr)))
    if (focused?.startsWith("bild-")) document.getElementById(focused)?.focus()
  }

  /**
   * @param {string} title
   * @param {number} nr
   */
  line(title, nr) {
    const go = () => this.show.set({ nr, tavla: null, svart: false, qr: false })
    const isHere = nr === this.show.state.nr
    const name = { type: "button", id: `bild-${nr}`, text: title, disabled: !this.show.maySteer }
    return part("li", {}, part("button", { ...name, "aria-current": isHere ? "true" : undefined, on: { click: go } }))
  }
}

export class OwnNotes {
  /**
   * @param {Show} show
   * @param {Board} board
   * @param {HTMLElement} place
   */
  constructor(show, board, place) {
    this.show = show
    this.board = board
    this.bild = ""
    this.message = part("p", { className: "liten", role: "status" })
    this.area = part("textarea", { id: "egna", rows: 3, on: { input: () => this.write() } })
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    place.replaceChildren(
      part("label", { for: "egna", text: "Mina egna anteckningar (bara ledaren ser dem)" }),
      this.area,
      this.message,
    )
    board.addEventListener("andrad", () => this.draw())
    show.addEventListener("lage", () => this.draw())
    this.draw()
  }

  /** @param {string} bild */
  nameOf(bild) {
    return `naravard_${this.show.kod}_anteckning_${bild}`
  }

  // What has been written and not received goes before what the server has; who writes is not written over.
  draw() {
    const bild = this.show.entries[this.show.state.nr]
    const hasMoved = bild !== this.bild
    this.bild = bild
    const unsent = memory.get(this.nameOf(bild))
    const text = unsent ?? this.board.now?.anteckningar[bild] ?? ""
    if (hasMoved) say(this.message, "")
    if (hasMoved || document.activeElement !== this.area) if (this.area.value !== text) this.area.value = text
    if (unsent !== null && this.timer === undefined) this.wait(bild, PAUSE)
  }

  write() {
    memory.set(this.nameOf(this.bild), this.area.value)
    say(this.message, "Sparas …")
    this.wait(this.bild, PAUSE)
  }

  /**
   * @param {string} bild
   * @param {number} ms
   */
  wait(bild, ms) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(bild), ms)
  }

  /** @param {string} bild */
  async send(bild) {
    const text = memory.get(this.nameOf(bild)) ?? this.area.value
    try {
      await ask(`/api/workshop/${this.show.kod}/anteckning`, {
        method: "POST",
        body: { bild, text },
        key: this.show.key,
      })
      this.timer = undefined
      if (memory.get(this.nameOf(bild)) === text) memory.set(this.nameOf(bild), null)
      if (bild === this.bild) say(this.message, "Sparat.")
      await this.board.look()
    } catch (error) {
      this.timer = undefined
      say(this.message, mayComeBack(error) ? "Inte sparat än. Det finns kvar här och sparas senare." : inWords(error))
      if (mayComeBack(error)) this.wait(bild, AGAIN)
    }
  }
}
