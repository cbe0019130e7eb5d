// Dots as bars: the most first, and none to follow while they are put.

import assert from "node:assert/strict"
import { test } from "node:test"
import { barsOf, phonesIn, resultsOf, roundOn } from "../../naravard/room/static/bars.js"
import { openWindow } from "./browser.js"

const card = (id, fraga, prickar, more = {}) => ({
  id,
  fraga,
  text: `svar ${id}`,
  prickar,
  prickar_gemensamt: 0,
  gemensamt: false,
  ...more,
})
const CARDS = [
  card(1, 11, 2),
  card(2, 11, 5, { gemensamt: true, prickar_gemensamt: 1 }),
  card(3, 12, 9, { gemensamt: true, prickar_gemensamt: 4 }),
  card(4, 11, 2),
]
const ids = (results) => results.map(({ card: one, dots }) => [one.id, dots])

test("answers to a question, or what is common, come by how many dots they have there", () => {
  assert.deepEqual(ids(resultsOf(CARDS, 11)), [
    [2, 5],
    [1, 2],
    [4, 2],
  ])
  assert.deepEqual(ids(resultsOf(CARDS, 0)), [
    [3, 4],
    [2, 1],
  ])
})

test("a round is that of its question, or the one on what is common", () => {
  const now = { rostningar: [{ om: 11 }, { om: 0 }] }
  assert.deepEqual(
    [roundOn(now, 11), roundOn(now, null), roundOn(now, 12)],
    [now.rostningar[0], now.rostningar[1], undefined],
  )
})

test("bars are as long as their part of the longest; before they are to be seen there are none", () => {
  openWindow("/visa")
  const rows = barsOf(resultsOf(CARDS, 11), true)
  assert.deepEqual(
    rows.map((row) => [row.querySelector(".prickantal").textContent, row.querySelector(".fyllning").style.width]),
    [
      ["5", "100%"],
      ["2", "40%"],
      ["2", "40%"],
    ],
  )
  const unseen = barsOf(resultsOf(CARDS, 11), false)
  assert.deepEqual([unseen.length, unseen.some((row) => row.querySelector(".prickantal, .stapel"))], [3, false])
  const none = barsOf([{ card: CARDS[0], dots: 0 }], true)
  assert.equal(none[0].querySelector(".fyllning").style.width, "0%")
})

test("how many have voted is told", () => {
  assert.deepEqual([phonesIn(1), phonesIn(12)], ["1 telefon har lagt prickar", "12 telefoner har lagt prickar"])
})
