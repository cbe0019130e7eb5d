// What stands on a slide of the wall.

import assert from "node:assert/strict"
import { test } from "node:test"
import { load, openWindow } from "./browser.js"

const SCREEN = {
  slag: "missing",
  titel: "Siffror saknas: Fast läkarkontakt",
  rubrik: "Fast läkarkontakt",
  meningar: [],
  kalla: "",
  anmarkningar: [],
  kommuner: [],
  saknas: "För att visa dem behövs ett uttag.",
}

async function slideOf(screen) {
  const { document } = openWindow("/visa")
  globalThis.ResizeObserver = class {
    observe() {}
  }
  const { Stage } = await load("naravard/room/static/stage.js")
  const host = document.createElement("div")
  new Stage(host, { whole: true }).slide("1", { ...SCREEN, ...screen }, "1 (1)")
  return host.querySelector(".bild")
}

for (const [name, screen, hidden, heading] of [
  ["nothing more to say has no band, nor its heading twice", {}, true, ""],
  ["a sentence has it", { meningar: ["2 811 har insats."] }, false, ""],
  ["a finding as its title has the heading above", { titel: "75 % har en läkare" }, true, "Fast läkarkontakt"],
]) {
  test(`a slide with ${name}`, async () => {
    const slide = await slideOf(screen)
    assert.equal(slide.querySelector(".band").hidden, hidden)
    assert.equal(slide.querySelector(".vad").textContent, heading)
  })
}
