// Cards as bricks: what is where, in which letters, on how many pages; and colours that can be read.

import assert from "node:assert/strict"
import { test } from "node:test"
import { COLOURS, LETTERS, layout, pagesOf } from "../../naravard/room/static/masonry.js"

test("each card is laid in the column that ends highest, the first of them where several do", () => {
  assert.deepEqual(pagesOf([100, 40, 60, 30], 3, 500, 10), [
    [
      { card: 0, column: 0, top: 0 },
      { card: 1, column: 1, top: 0 },
      { card: 2, column: 2, top: 0 },
      { card: 3, column: 1, top: 50 },
    ],
  ])
})

test("a card that has no room waits for the next page, which it begins; smaller ones after it fill this one", () => {
  const cards = (...given) => pagesOf(...given).map((page) => page.map(({ card }) => card))
  assert.deepEqual(cards([90, 90, 70, 60, 50], 2, 160, 10), [[0, 1, 3, 4], [2]])
  assert.deepEqual(cards([100, 100, 100], 1, 210, 10), [[0, 1], [2]], "to the pixel")
  assert.deepEqual(cards([100, 100, 100], 1, 209, 10), [[0], [1], [2]])
  assert.deepEqual(cards([900, 10], 1, 100, 10), [[0], [1]], "a card that is higher than the page has one of its own")
  assert.deepEqual(cards([], 3, 100, 10), [])
})

// Cards of so many letters, of which one is half as wide as it is high.
const measuring = (letters) => (size, wide) =>
  letters.map((count) => Math.ceil((count * size * 0.45) / (wide - 34)) * size * 1.12 + 13)
const board = { width: 1808, room: 824, gap: 10 }
const laid = (letters) => layout({ ...board, count: letters.length }, measuring(letters))

test("letters are as large as lets all cards stay on one screen", () => {
  const [few, some, many] = [3, 12, 24].map((count) => laid(Array(count).fill(36)))
  assert.deepEqual([few.pages.length, some.pages.length, many.pages.length], [1, 1, 1])
  assert.equal(few.size, 72)
  assert.ok(few.size > some.size && some.size > many.size, `${few.size} ${some.size} ${many.size}`)
  assert.ok(many.size >= 42)
})

test("they are never smaller than a back row reads: then there are more screens, in letters of the floor", () => {
  const { size, pages } = laid(Array(48).fill(60))
  assert.equal(size, 46)
  assert.ok(pages.length > 1)
  assert.equal(pages.flat().length, 48)
  assert.equal(LETTERS.at(-1), 42)
  assert.equal(laid(Array(300).fill(20)).size, 46, "so many are not tried in each size")
})

test("where a card would be higher than the wall the columns are fewer and wider", () => {
  const { across, pages } = laid(Array(20).fill(280))
  const heights = measuring(Array(20).fill(280))(46, across)
  assert.ok(heights[0] <= board.room)
  assert.equal(pages.flat().length, 20)
  assert.ok(laid([20]).across < board.width / 2, "a single card is not as wide as the wall")
})

function contrast(one, other) {
  const [a, b] = [one, other].map((colour) => {
    const [r, g, blue] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue
  })
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

test("the name of each group can be read in its colour, on both papers of a card", () => {
  for (const colour of COLOURS) {
    for (const paper of ["#ffffff", "#e8f2f4"]) assert.ok(contrast(colour, paper) >= 4.5, `${colour} on ${paper}`)
  }
  assert.equal(new Set(COLOURS).size, 12, "as many as kommuner in the län")
})
