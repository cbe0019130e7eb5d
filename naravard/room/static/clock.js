// The server's clock, by which a timer ends at the same moment on all walls, whatever their own clocks say.

const NOT_DELAY = 5_000 // a difference that no net explains: somebody has set a clock

export class Clock {
  /** @type {number | null} milliseconds that the server is ahead */
  ahead = null

  /**
   * What the server's clock was when it answered. The answer that took the least time says it best.
   * @param {number | undefined} then
   */
  hear(then) {
    if (then === undefined) return
    const ahead = then - Date.now()
    if (this.ahead === null || ahead > this.ahead || this.ahead - ahead > NOT_DELAY) this.ahead = ahead
  }

  get now() {
    return Date.now() + (this.ahead ?? 0)
  }
}
