// The state that a workshop's walls share, as the server has it. What is done here is shown here at once and sent until
// it has been received; what others do comes with the news. Without contact one goes on alone, and what others have
// done meanwhile goes before it.

import { ask, mayComeBack, pause } from "./ask.js"

/**
 * @import { State, Steered } from "../types"
 * @import { Show } from "./show.js"
 */

const SEND_AGAIN = 1_000
const QUIET = 1_000 // after a word from another window of this browser: its own way to the server takes less

const WINDOW = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16)).join("")

export class Room {
  /** @param {Show} show */
  constructor(show) {
    this.show = show
    this.number = 0
    /** @type {Partial<State> | null} what has not been received */
    this.unsent = null
    this.sending = false
    this.quietUntil = 0
    /** @type {Steered | null} what is to be shown when it is quiet */
    this.latest = null
    /** @type {Steered | null} what the server said last */
    this.last = null
  }

  get hasBeenSteered() {
    return this.number > 0
  }

  /** @param {Partial<State>} change */
  steer(change) {
    if (!this.show.key) return
    this.unsent = { ...this.unsent, ...change }
    this.send()
  }

  async send() {
    if (this.sending) return
    this.sending = true
    let isLate = !this.show.contact
    while (this.unsent) {
      const change = this.unsent
      try {
        const told = await this.post(change, isLate)
        this.show.clock.hear(told.nu)
        if (this.unsent === change) this.unsent = null
        else this.unsent = without(this.unsent, change)
        isLate = false
        this.number = Math.max(this.number, told.nummer)
        this.show.hear(true)
        if (!this.unsent) this.take(told)
      } catch (error) {
        if (!mayComeBack(error)) this.unsent = null
        else {
          isLate = true
          this.show.hear(false)
          await pause(SEND_AGAIN)
        }
      }
    }
    this.sending = false
    if (this.latest) this.hear(this.latest)
  }

  /**
   * @param {Partial<State>} change
   * @param {boolean} isLate whether somebody else may have steered before it comes
   * @returns {Promise<Steered>}
   */
  post(change, isLate) {
    const body = { andring: change, vem: WINDOW, ...(isLate ? { efter: this.number } : {}) }
    return ask(`/api/workshop/${this.show.kod}/rum`, { method: "POST", body, key: this.show.key })
  }

  // Another window of this browser has changed it: its way to the server is not waited for.
  isToldByNeighbour() {
    this.quietUntil = Date.now() + QUIET
  }

  /** @param {Steered} told */
  hear(told) {
    if (told.nummer < this.number) return
    this.latest = told
    if (this.sending) return
    const wait = this.quietUntil - Date.now()
    if (wait > 0) setTimeout(() => this.latest && this.hear(this.latest), wait)
    else this.take(told)
  }

  // What one did alone without contact is left, unless it is still to be sent.
  comeBack() {
    if (!this.unsent && this.last) this.take(this.last)
  }

  /** @param {Steered} told */
  take(told) {
    const { nummer, lage } = told
    this.latest = null
    this.last = told
    this.number = nummer
    if (!nummer) return
    this.show.set({ ...lage, version: lage.version ?? this.show.state.version }, { tell: false })
  }
}

/**
 * What is left of some changes when others have been received.
 * @param {Partial<State>} all
 * @param {Partial<State>} received
 */
function without(all, received) {
  const left = Object.entries(all).filter(([name, value]) => received[/** @type {keyof State} */ (name)] !== value)
  return left.length ? /** @type {Partial<State>} */ (Object.fromEntries(left)) : null
}
