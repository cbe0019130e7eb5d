// What the leader does with answers: nothing is done to what is not seen.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Leader } from "../../naravard/room/static/leader.js"
import { openWindow, Server, settle } from "./browser.js"
import { card } from "./cards.js"

const ORDER = "/api/workshop/abc234/ordna"
const NOW = {
  kod: "abc234",
  namn: "Hösten",
  adress: "http://rummet.test/d/abc234",
  fragor: [{ id: 11, text: "Vad fungerar?", oppen: true }],
  grupper: [
    { id: 1, namn: "Kalmar" },
    { id: 2, namn: "Öland" },
  ],
  svar: [card(1, "Korta vägar"), card(2, "korta vägar!", { grupp: 2 }), card(3, "SIP", { vantar: true, prickar: 2 })],
  granser: { dagar: 30 },
  raderas: null,
  oppen: true,
  angra: null,
}

class Answers extends EventTarget {
  now = NOW
  gone = null

  async look() {}

  groupName(id) {
    return NOW.grupper.find((grupp) => grupp.id === id).namn
  }
}

function leaderOf() {
  const server = new Server({ [`POST ${ORDER}`]: {}, "POST /api/workshop/abc234/angra": {} })
  const window = openWindow("/led/abc234", { html: '<!doctype html><body><div id="a"></div><div id="o"></div></body>' })
  const [answers, about] = ["#a", "#o"].map((place) => window.document.querySelector(place))
  const show = Object.assign(new EventTarget(), { kod: "abc234", key: "hemlig", base: null })
  const leader = new Leader(show, new Answers(), { answers, about })
  leader.draw()
  const press = async (text) => {
    ;[...answers.querySelectorAll("button")].find((button) => button.textContent.startsWith(text)).click()
    await settle()
  }
  const lines = () => [...answers.querySelectorAll("label.svar")].map((line) => line.textContent)
  const sent = () => server.sent(ORDER).map(({ body }) => body)
  const aboutIt = (text) => [...about.querySelectorAll("button")].find((each) => each.textContent === text)
  return {
    leader,
    server,
    answers,
    press,
    lines,
    sent,
    aboutIt,
    says: () => answers.querySelector(".valda").textContent,
  }
}

test("those that wait come first, and all that are looked at can be chosen at once", async () => {
  const { press, lines, sent, says } = leaderOf()
  assert.deepEqual(lines(), ["Kalmar: (väntar) SIP2 prickar", "Öland: korta vägar!", "Kalmar: Korta vägar"])
  await press("Välj alla 3")
  assert.equal(says(), "3 valda")
  await press("Visa")
  assert.deepEqual(sent(), [{ gor: "visa", svar: [1, 2, 3] }])
  await press("Välj alla 3")
  await press("Välj inga")
  assert.equal(says(), "")
})

test("answers can be cleared as soon as there is one, and not where there is none", () => {
  const { leader, aboutIt } = leaderOf()
  const isOff = (svar) => {
    leader.board.now = { ...NOW, svar }
    leader.draw()
    return aboutIt("Rensa alla svar").disabled
  }
  assert.deepEqual([[], NOW.svar, NOW.svar.slice(1), []].map(isOff), [true, false, false, true])
})

test("what is taken back is the step that stands on the button", async () => {
  const { leader, server, press } = leaderOf()
  leader.board.now = { ...NOW, angra: { nr: 7, text: "Dölj" } }
  leader.draw()
  await press("Ångra: Dölj")
  assert.deepEqual(
    server.sent("/api/workshop/abc234/angra").map(({ body }) => body),
    [{ nr: 7 }],
  )
})

test("nothing is done to what has been chosen and is not looked at", async () => {
  const { leader, press, lines, sent } = leaderOf()
  await press("Välj alla 3")
  leader.search.value = "VÄGAR"
  leader.search.dispatchEvent(new globalThis.window.Event("input"))
  assert.equal(lines().length, 2)
  leader.onlyGroup.value = "2"
  leader.onlyGroup.dispatchEvent(new globalThis.window.Event("change"))
  assert.deepEqual(lines(), ["Öland: korta vägar!"])
  await press("Dölj")
  assert.deepEqual(sent(), [{ gor: "dolj", svar: [2] }])
  leader.onlyKind.value = "gemensamt"
  leader.onlyKind.dispatchEvent(new globalThis.window.Event("change"))
  assert.match(leader.list.textContent, /Inga sådana svar/)
})

test("what is chosen while the server is asked is still chosen afterwards", async () => {
  const { answers, press, sent, says } = leaderOf()
  const choose = (number) => answers.querySelector(`[data-svar="${number}"]`).click()
  choose(1)
  const answered = press("Dölj")
  choose(2)
  await answered
  assert.equal(says(), "1 valda")
  await press("Dölj")
  const bodies = sent().map(({ svar }) => svar)
  assert.deepEqual(bodies, [[1], [2]])
})

test("answers with the same words are gathered, the first of them first", async () => {
  const { press, sent } = leaderOf()
  await press("Slå ihop lika texter (1)")
  assert.deepEqual(sent(), [{ gor: "sla_ihop", svar: [1, 2] }])
})
