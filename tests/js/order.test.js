// Which answers a leader looks at, and which of them say the same.

import assert from "node:assert/strict"
import { test } from "node:test"
import { matches, sameWords } from "../../naravard/room/static/order.js"
import { card } from "./cards.js"

const ALL = { text: "", grupp: null, slag: "" }
const ids = (cards, filter) => cards.filter((one) => matches(one, { ...ALL, ...filter })).map(({ id }) => id)

test("answers are found by words, those merged into them too, by group and by what has been done", () => {
  const cards = [
    card(1, "Korta vägar", { lika: ["Nära beslut"] }),
    card(2, "FAST läkarkontakt", { grupp: 2, gemensamt: true }),
    card(3, "väg 23", { dold: true }),
    card(4, "nytt", { vantar: true }),
  ]
  assert.deepEqual(ids(cards, {}), [1, 2, 3, 4])
  assert.deepEqual(ids(cards, { text: "VÄG" }), [1, 3])
  assert.deepEqual(ids(cards, { text: "nära" }), [1])
  assert.deepEqual(ids(cards, { text: "fast läkar" }), [2])
  assert.deepEqual(ids(cards, { grupp: 2 }), [2])
  assert.deepEqual(ids(cards, { slag: "dold" }), [3])
  assert.deepEqual(ids(cards, { slag: "vantar" }), [4])
  assert.deepEqual(ids(cards, { slag: "gemensamt", grupp: 1 }), [])
})

test("the same words to the same question are one lot, whatever their capitals and signs", () => {
  const cards = [
    card(5, "Korta vägar!"),
    card(2, "korta  vägar"),
    card(3, "Korta vägar", { fraga: 12 }),
    card(4, "KORTA VÄGAR."),
    card(6, "!"),
    card(7, "?"),
    card(8, "korta vagar"),
  ]
  assert.deepEqual(sameWords(cards), [[2, 4, 5]])
  assert.deepEqual(sameWords([]), [])
})
