// What the leader decides about the phones: each choice is sent, and what the server has is what is seen.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Clock } from "../../naravard/room/static/clock.js"
import { Control, countsOf } from "../../naravard/room/static/control.js"
import { openWindow, Refusal, Server, settle, stopClock } from "./browser.js"

const card = (id, fraga, more = {}) => ({
  id,
  fraga,
  text: `svar ${id}`,
  lika: [],
  dold: false,
  vantar: false,
  gemensamt: false,
  prickar: 0,
  prickar_gemensamt: 0,
  ...more,
})
const NOW = {
  fragor: [
    { id: 11, text: "Vad fungerar?", oppen: true },
    { id: 12, text: "Vad saknas?", oppen: true },
  ],
  svar: [card(1, 11, { lika: ["lika"] }), card(2, 12), card(3, 11, { dold: true }), card(4, 11, { vantar: true })],
  visa_svar: false,
  granskas: false,
  rostningar: [],
  roster: {},
  granser: { prickar: 3 },
}

class Answers extends EventTarget {
  constructor(now) {
    super()
    this.now = now
  }

  async look() {}

  get cards() {
    return this.now.svar.filter((one) => !one.dold && !one.vantar)
  }

  get common() {
    return this.cards.filter(({ gemensamt }) => gemensamt)
  }
}

async function leaderWith(t, now = NOW, answers = {}) {
  const pass = stopClock(t)
  const path = "/api/workshop/abc234"
  const server = new Server({ [`POST ${path}/andra`]: {}, [`POST ${path}/rostning`]: {}, ...answers })
  const window = openWindow("/led/abc234", { html: '<!doctype html><body><div id="d"></div></body>' })
  const steps = []
  const show = Object.assign(new EventTarget(), {
    kod: "abc234",
    key: "hemlig",
    clock: new Clock(),
    state: { slut: null, staplar: false },
    set: (change) => steps.push(change),
  })
  const board = new Answers(now)
  const place = window.document.querySelector("#d")
  new Control(show, board, place)
  board.dispatchEvent(new Event("andrad"))
  await settle()
  return {
    pass,
    place,
    show,
    board,
    steps,
    sent: (end) => server.sent(`${path}/${end}`).map(({ body }) => body),
    press: async (text) => {
      ;[...place.querySelectorAll("button")].find((one) => one.textContent === text).click()
      await settle()
    },
    choose: async (id) => {
      place.querySelector(`#${id}`).click()
      await settle()
    },
    isChosen: (id) => place.querySelector(`#${id}`).checked,
    take: (change) => {
      board.now = { ...board.now, ...change }
      board.dispatchEvent(new Event("andrad"))
    },
    get message() {
      return place.querySelector(".besked").textContent
    },
  }
}

test("phones and answers to each question are told, and how many wait", () => {
  assert.equal(countsOf(NOW, 5), "5 telefoner · fråga 1: 3 svar · fråga 2: 1 svar · 1 väntar på ditt ja")
  const one = { ...NOW, fragor: NOW.fragor.slice(0, 1), svar: [card(1, 11)] }
  assert.equal(countsOf(one, 1), "1 telefon · 1 svar")
})

test("one question is open alone, or all", async (t) => {
  const leader = await leaderWith(t)
  assert.ok(leader.isChosen("s-fraga-alla"))
  await leader.choose("s-fraga-12")
  assert.deepEqual(leader.sent("andra"), [{ fraga: 12 }])
  leader.take({ fragor: NOW.fragor.map((one) => ({ ...one, oppen: one.id === 12 })) })
  assert.ok(leader.isChosen("s-fraga-12"))
  await leader.choose("s-fraga-alla")
  assert.deepEqual(leader.sent("andra")[1], { fraga: null })
})

test("what is not received is not what is seen", async (t) => {
  const leader = await leaderWith(t, NOW, {
    "POST /api/workshop/abc234/andra": new Refusal(403, { fel: "Bara ledaren." }),
  })
  await leader.choose("s-visa")
  assert.deepEqual([leader.message, leader.isChosen("s-visa")], ["Bara ledaren.", false])
})

test("dots are opened on what there is, shown on the wall, and closed", async (t) => {
  const leader = await leaderWith(t)
  const menu = leader.place.querySelector("#s-om")
  assert.deepEqual(
    [...menu.options].map((one) => one.textContent),
    ["Fråga 1: Vad fungerar?", "Fråga 2: Vad saknas?"],
  )
  menu.value = "12"
  await leader.press("Öppna för prickar")
  assert.deepEqual(leader.sent("rostning"), [{ gor: "oppna", om: 12 }])
  assert.deepEqual(leader.steps, [{ staplar: true, tavla: 100, svart: false, qr: false }])
  leader.take({
    rostningar: [{ om: 12, oppen: true, visas: false }],
    roster: { 12: 4 },
    svar: [card(2, 12, { prickar: 4 })],
  })
  assert.match(leader.place.textContent, /Öppet nu: Fråga 2: Vad saknas\?/)
  assert.match(leader.place.querySelector(".resultat").textContent, /4 telefoner har lagt prickar.*svar 24/)
  await leader.choose("s-staplar")
  await leader.press("Stäng och visa resultatet")
  assert.deepEqual(leader.sent("rostning").slice(1), [{ gor: "visa", om: 12, visas: true }, { gor: "stang" }])
})

test("what is common can have dots when there is something", async (t) => {
  const leader = await leaderWith(t, { ...NOW, svar: [card(1, 11, { gemensamt: true })] })
  const menu = leader.place.querySelector("#s-om")
  assert.equal(menu.value, "0")
  await leader.press("Öppna för prickar")
  assert.deepEqual(leader.steps[0].tavla, 200)
})

test("time is set, added to and taken away by the server's clock", async (t) => {
  const leader = await leaderWith(t)
  leader.show.clock.hear(Date.now() + 60_000)
  await leader.press("Starta tiden")
  assert.deepEqual(leader.steps.at(-1), { slut: Date.now() + 60_000 + 300_000 })
  leader.show.state.slut = Date.now() + 60_000 + 90_000
  await leader.press("En minut till")
  assert.deepEqual(leader.steps.at(-1), { slut: Date.now() + 60_000 + 150_000 })
  await leader.pass(1_000)
  assert.equal(leader.place.querySelector(".kvar").textContent, "1:29 kvar")
  await leader.press("Ta bort tiden")
  assert.deepEqual(leader.steps.at(-1), { slut: null })
  for (const value of ["0", "181", ""]) {
    leader.place.querySelector("#s-minuter").value = value
    await leader.press("Starta tiden")
    assert.equal(leader.message, "Skriv mellan 1 och 180 minuter.")
  }
  assert.equal(leader.steps.length, 3)
})
