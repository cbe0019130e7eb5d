// The slides as a list to go from, and the leader's own notes, which are not lost on a bad net.

import assert from "node:assert/strict"
import { test } from "node:test"
import { fill, OwnNotes, SlideList } from "../../naravard/room/static/slides.js"
import { NO_CONTACT, openWindow, Refusal, Server, settle, stopClock } from "./browser.js"

const PATH = "/api/workshop/abc234/anteckning"

class Showing extends EventTarget {
  constructor() {
    super()
    Object.assign(this, {
      kod: "abc234",
      key: "hemlig",
      entries: ["lgl1", "lgl3"],
      maySteer: true,
      state: { nr: 0 },
      steps: [],
    })
  }

  async screen(nr) {
    return { titel: `Bild ${nr + 1}` }
  }

  set(change) {
    this.steps.push(change)
    Object.assign(this.state, change)
    this.dispatchEvent(new Event("lage"))
  }
}

function placeIn(stored = {}) {
  const window = openWindow("/led/abc234", { html: '<!doctype html><body><div id="p"></div></body>', stored })
  return { window, place: window.document.querySelector("#p") }
}

test("a slide is gone to from the list, also from the board, and it is seen where one is", async () => {
  const { place } = placeIn()
  const show = new Showing()
  const list = new SlideList(show, place)
  await list.draw()
  const here = () =>
    [...place.querySelectorAll("button")].map((one) => [one.textContent, one.hasAttribute("aria-current")])
  assert.deepEqual(here(), [
    ["Bild 1", true],
    ["Bild 2", false],
  ])
  place.querySelector("#bild-1").click()
  assert.deepEqual(show.steps, [{ nr: 1, tavla: null, svart: false, qr: false }])
  show.maySteer = false
  await list.draw()
  assert.deepEqual(here()[1], ["Bild 2", true])
  assert.ok(place.querySelector("#bild-0").disabled)
})

test("notes begin at their first line, and are in smaller letters where they have no room", () => {
  const { window, place } = placeIn()
  const note = (text) => Object.assign(window.document.createElement("p"), { textContent: text })
  Object.defineProperty(place, "clientHeight", { value: 100 })
  Object.defineProperty(place, "scrollHeight", { get: () => 60 * place.children.length })
  place.scrollTop = 40
  fill(place, [note("en"), note("två")])
  assert.deepEqual([place.classList.contains("langa"), place.scrollTop, place.textContent], [true, 0, "entvå"])
  fill(place, [note("tre")])
  assert.deepEqual([place.classList.contains("langa"), place.textContent], [false, "tre"])
})

async function notesWith(t, answer, stored = {}) {
  const pass = stopClock(t)
  const server = new Server({ [`POST ${PATH}`]: answer })
  const { window, place } = placeIn(stored)
  const show = new Showing()
  const board = Object.assign(new EventTarget(), {
    now: { anteckningar: { lgl3: "fråga om SÄBO" } },
    look: async () => {},
  })
  new OwnNotes(show, board, place)
  const area = place.querySelector("textarea")
  const write = (text) => {
    area.value = text
    area.dispatchEvent(new window.Event("input"))
  }
  const sent = () => server.sent(PATH).map(({ body }) => body)
  return { pass, window, place, show, board, area, write, sent, says: () => place.querySelector(".liten").textContent }
}

test("notes are those of the slide, and are kept a moment after the last letter", async (t) => {
  const notes = await notesWith(t, {})
  assert.equal(notes.area.value, "")
  notes.write("börja")
  await notes.pass(400)
  notes.write("börja med detta")
  await notes.pass(1_000)
  assert.deepEqual(notes.sent(), [{ bild: "lgl1", text: "börja med detta" }])
  assert.equal(notes.says(), "Sparat.")
  notes.show.set({ nr: 1 })
  assert.equal(notes.area.value, "fråga om SÄBO")
})

test("without contact they wait in the browser, also when the page is loaded again", async (t) => {
  let answer = NO_CONTACT
  const notes = await notesWith(t, () => answer)
  notes.write("skrivet utan nät")
  await notes.pass(1_000)
  assert.match(notes.says(), /Inte sparat än/)
  const kept = { ...notes.window.localStorage }
  answer = {}
  await notes.pass(3_100)
  assert.equal(notes.says(), "Sparat.")
  assert.equal(notes.window.localStorage.length, 0)
  t.mock.timers.reset()
  const again = await notesWith(t, {}, kept)
  assert.equal(again.area.value, "skrivet utan nät")
  await again.pass(1_000)
  assert.deepEqual(again.sent(), [{ bild: "lgl1", text: "skrivet utan nät" }])
})

test("what is refused is told, and who writes is not written over", async (t) => {
  const notes = await notesWith(t, new Refusal(400, { fel: "Skriv utan personnummer." }))
  notes.area.focus()
  notes.write("640823-3234")
  await notes.pass(1_000)
  assert.equal(notes.says(), "Skriv utan personnummer.")
  notes.board.now = { anteckningar: { lgl1: "från en annan flik" } }
  notes.board.dispatchEvent(new Event("andrad"))
  await settle()
  assert.equal(notes.area.value, "640823-3234")
})
