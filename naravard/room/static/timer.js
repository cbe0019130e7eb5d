// The time that is left, on walls and at the leader's. When it ends is a part of what the room sees; it is counted down
// here, with or without a server.

import { say } from "./dom.js"

/**
 * @import { Show } from "./show.js"
 * @import { Stage } from "./stage.js"
 */

const MINUTE = 60_000
const LOOKS = 250
const FORGOTTEN = 10 * MINUTE // after so long nobody needs to be told that the time is out
export const OUT = "Tiden är ute"

/**
 * What a timer says; nothing where there is none.
 * @param {number | null | undefined} end
 * @param {number} now
 */
export function leftOf(end, now) {
  if (!end || now - end > FORGOTTEN) return ""
  const seconds = Math.ceil((end - now) / 1000)
  if (seconds <= 0) return OUT
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

/**
 * So many minutes more than what is left.
 * @param {number | null} end
 * @param {number} minutes
 * @param {number} now
 */
export const later = (end, minutes, now) => Math.round(Math.max(end ?? 0, now) + minutes * MINUTE)

export class Timer {
  /**
   * @param {HTMLElement} place
   * @param {Show} show
   * @param {Stage} stage where a board leaves room for it
   */
  constructor(place, show, stage) {
    this.place = place
    this.show = show
    this.stage = stage
    show.addEventListener("lage", () => this.draw())
    setInterval(() => this.draw(), LOOKS)
    this.draw()
  }

  draw() {
    const text = leftOf(this.show.state.slut, this.show.clock.now)
    say(this.place, text)
    this.place.classList.toggle("ute", text === OUT)
    this.stage.scene.classList.toggle("med-tid", text !== "")
  }
}
