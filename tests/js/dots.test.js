// Dots on a phone: as many as there are, moved until it is closed, sent until they have been received, counted once.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Dots, dotted, leftInWords } from "../../naravard/room/static/dots.js"
import { NO_CONTACT, openWindow, Refusal, Server, settle, stopClock } from "./browser.js"

const PATH = "/api/workshop/abc234/prickar"
const card = (id, more = {}) => ({
  id,
  fraga: 11,
  grupp: 1,
  text: `svar ${id}`,
  gemensamt: false,
  ihop: [],
  lika: [],
  ...more,
})
const CARDS = [card(1), card(2), card(3), card(4), card(5, { fraga: 12, gemensamt: true })]
const workshop = (om = 11, oppen = true) => ({
  fragor: [{ id: 11, text: "Vad fungerar?", oppen: true }],
  granser: { prickar: 3 },
  rostningar: [{ om, oppen, visas: false }],
})

async function phoneWith(t, answer = {}, stored = {}) {
  const pass = stopClock(t)
  const server = new Server({ [`POST ${PATH}`]: answer })
  const window = openWindow("/d/abc234", { html: '<!doctype html><body><div id="p"></div></body>', stored })
  const place = window.document.querySelector("#p")
  let numbers = 0
  const dots = new Dots({ kod: "abc234", number: () => `nummer-${++numbers}`, place })
  dots.take(workshop(), CARDS)
  await settle()
  return {
    dots,
    server,
    pass,
    window,
    place,
    press: async (id) => {
      place.querySelector(`#prick${id}`).click()
      await settle()
    },
    get pressed() {
      return [...place.querySelectorAll("[aria-pressed=true]")].map((button) => Number(button.dataset.svar))
    },
    get says() {
      return place.querySelector(".kvar").textContent
    },
    get sent() {
      return server.sent(PATH).map(({ body }) => body)
    },
  }
}

test("each press moves a dot, and all of them are sent with a count of the changes", async (t) => {
  const phone = await phoneWith(t)
  assert.match(phone.place.textContent, /Du har 3 prickar\. Tryck/)
  assert.equal(phone.says, "Du har 3 prickar kvar.")
  assert.deepEqual(phone.sent, [])
  await phone.press(1)
  await phone.press(3)
  assert.deepEqual(phone.pressed, [1, 3])
  assert.equal(phone.says, "Du har 1 prick kvar. ✓ Skickat.")
  await phone.press(1)
  assert.deepEqual(phone.pressed, [3])
  assert.deepEqual(
    phone.sent.map(({ utgava, prickar }) => [utgava, prickar]),
    [
      [1, [1]],
      [2, [1, 3]],
      [3, [3]],
    ],
  )
  const { nyckel, om, alder } = phone.sent[0]
  assert.deepEqual([nyckel, om, alder], ["nummer-1", 11, 0])
  assert.ok(phone.sent.every((body) => body.nyckel === nyckel))
})

test("a fourth dot is not put, and what to do is told", async (t) => {
  const phone = await phoneWith(t)
  for (const id of [1, 2, 3, 4]) await phone.press(id)
  assert.deepEqual(phone.pressed, [1, 2, 3])
  assert.match(phone.says, /Alla dina 3 prickar är lagda\. Tryck först på ett svar med prick/)
  assert.equal(phone.sent.length, 3)
  await phone.press(2)
  assert.equal(phone.says, "Du har 1 prick kvar. ✓ Skickat.")
})

test("without contact the latest dots wait, and are sent alone when it is back", async (t) => {
  let contact = false
  const phone = await phoneWith(t, () => (contact ? {} : NO_CONTACT))
  await phone.press(1)
  await phone.press(2)
  assert.equal(phone.says, "Du har 1 prick kvar. Skickas när kontakten är tillbaka.")
  contact = true
  const before = phone.sent.length
  await phone.pass(2_100)
  assert.deepEqual(
    phone.sent.slice(before).map(({ utgava, prickar, alder }) => [utgava, prickar, alder >= 2_000]),
    [[2, [1, 2], true]],
  )
  assert.equal(phone.says, "Du har 1 prick kvar. ✓ Skickat.")
  await phone.pass(10_000)
  assert.equal(phone.sent.length, before + 1)
})

test("a refusal is told and not sent again", async (t) => {
  const phone = await phoneWith(t, new Refusal(400, { fel: "Ledaren har stängt för prickar." }))
  await phone.press(1)
  assert.equal(phone.says, "Ledaren har stängt för prickar.")
  await phone.pass(10_000)
  assert.equal(phone.sent.length, 1)
})

test("a page that is loaded again has its dots, its number, and what waits", async (t) => {
  const waits = JSON.stringify({ utgava: 4, svar: [2], nar: Date.UTC(2026, 0, 15, 11), skickad: false })
  const stored = { naravard_abc234_prickar_nyckel: "gammalt-nummer", naravard_abc234_prickar_11: waits }
  const phone = await phoneWith(t, {}, stored)
  assert.deepEqual(phone.pressed, [2])
  assert.deepEqual(phone.sent[0], { nyckel: "gammalt-nummer", om: 11, utgava: 4, prickar: [2], alder: 3_600_000 })
})

test("another round has its own dots, and when none is open there is nothing", async (t) => {
  const phone = await phoneWith(t)
  await phone.press(1)
  phone.dots.take(workshop(0), CARDS)
  assert.match(phone.place.textContent, /Det gemensamma/)
  assert.deepEqual(phone.pressed, [])
  await phone.press(5)
  assert.deepEqual(phone.sent[1].om, 0)
  phone.dots.take(workshop(), CARDS)
  assert.deepEqual(phone.pressed, [1])
  phone.dots.take(workshop(11, false), CARDS)
  assert.ok(phone.place.hidden)
})

test("a dot goes where its answer has been merged, and is back when the answer is gone", async (t) => {
  const phone = await phoneWith(t)
  await phone.press(1)
  await phone.press(2)
  phone.dots.take(workshop(), [card(3, { ihop: [1] }), card(4)])
  assert.deepEqual(phone.pressed, [3])
  assert.equal(phone.says, "Du har 2 prickar kvar. ✓ Skickat.")
  assert.deepEqual(dotted([card(7, { ihop: [1, 2] })], [1, 2]), [7])
})

test("when the answers have been cleared there are no dots, and the phone's number stays", async (t) => {
  const phone = await phoneWith(t)
  await phone.press(1)
  phone.dots.forget()
  phone.dots.take(workshop(), CARDS)
  assert.deepEqual([phone.pressed, phone.says], [[], "Du har 3 prickar kvar."])
  assert.deepEqual(Object.keys({ ...phone.window.localStorage }), ["naravard_abc234_prickar_nyckel"])
  await phone.press(2)
  assert.equal(phone.sent.at(-1).utgava, 1)
})

test("what is left is told in words", () => {
  assert.deepEqual([0, 1, 3].map(leftInWords), [
    "Alla dina prickar är lagda.",
    "Du har 1 prick kvar.",
    "Du har 3 prickar kvar.",
  ])
})
