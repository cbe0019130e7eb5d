// The time that is left: by the server's clock, the same on all walls.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Clock } from "../../naravard/room/static/clock.js"
import { later, leftOf, OUT, Timer } from "../../naravard/room/static/timer.js"
import { openWindow, stopClock } from "./browser.js"

const NOW = 1_000_000

test("the time is told in minutes and seconds until it is out, and for a while that it is", () => {
  const left = [300_000, 299_001, 60_000, 59_999, 1, 0, -600_000, -600_001].map((ms) => leftOf(NOW + ms, NOW))
  assert.deepEqual(left, ["5:00", "5:00", "1:00", "1:00", "0:01", OUT, OUT, ""])
  assert.deepEqual([leftOf(null, NOW), leftOf(undefined, NOW)], ["", ""])
  assert.equal(leftOf(NOW + 9_000, NOW), "0:09")
})

test("a minute more is added to what is left, and begins now when the time is out", () => {
  assert.equal(later(NOW + 5_000, 1, NOW), NOW + 65_000)
  assert.equal(later(NOW - 5_000, 1, NOW), NOW + 60_000)
  assert.equal(later(null, 5, NOW), NOW + 300_000)
})

test("the server's clock is known by the answer that took the least time", (t) => {
  stopClock(t)
  const clock = new Clock()
  const here = Date.now()
  assert.equal(clock.now, here)
  clock.hear(undefined)
  assert.equal(clock.now, here)
  clock.hear(here + 60_000 - 800)
  assert.equal(clock.now, here + 59_200)
  clock.hear(here + 60_000 - 50)
  clock.hear(here + 60_000 - 900)
  assert.equal(clock.now, here + 59_950)
  clock.hear(here - 60_000)
  assert.equal(clock.now, here - 60_000, "somebody has set a clock")
})

test("a timer goes on by itself, and a board leaves room for it", async (t) => {
  const pass = stopClock(t)
  const window = openWindow("/visa")
  const place = window.document.createElement("p")
  const scene = window.document.createElement("div")
  const show = Object.assign(new EventTarget(), { state: { slut: null }, clock: new Clock() })
  new Timer(place, show, { scene })
  assert.deepEqual([place.hidden, scene.classList.contains("med-tid")], [true, false])
  show.state.slut = Date.now() + 2_000
  show.dispatchEvent(new Event("lage"))
  assert.deepEqual([place.hidden, place.textContent, scene.classList.contains("med-tid")], [false, "0:02", true])
  await pass(1_000)
  assert.equal(place.textContent, "0:01")
  await pass(1_500)
  assert.deepEqual([place.textContent, place.classList.contains("ute")], [OUT, true])
})
