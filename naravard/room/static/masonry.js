// Cards laid as bricks: each to the column that ends highest, so that the first are read first and little is left empty.

/** @typedef {{ card: number, column: number, top: number }} Place */

/**
 * Places of cards in so many columns, on as many pages as it takes. Each page is filled from the first that are left; one
 * that has no room there waits for the next, and smaller ones after it go before.
 * @param {number[]} heights
 * @param {number} columns
 * @param {number} room the height of a page
 * @param {number} gap
 */
export function pagesOf(heights, columns, room, gap) {
  /** @type {Place[][]} */
  const pages = []
  for (let left = [...heights.keys()]; left.length; ) {
    /** @type {Place[]} */
    const page = []
    const ends = Array(columns).fill(0)
    for (const card of left) {
      const top = Math.min(...ends)
      const column = ends.indexOf(top)
      if (top + heights[card] > room && page.length) continue
      page.push({ card, column, top })
      ends[column] = top + heights[card] + gap
    }
    const placed = new Set(page.map(({ card }) => card))
    left = left.filter((card) => !placed.has(card))
    pages.push(page)
  }
  return pages
}

/**
 * The largest letters with which all cards have room on one page, or else the largest of `LETTERS` that are read from
 * the back row; with as many columns as the letters allow, and fewer where a card would be higher than the page.
 * @param {{ count: number, width: number, room: number, gap: number }} board
 * @param {(size: number, width: number) => number[]} measure heights of all cards, with such letters and so wide
 */
export function layout({ count, width, room, gap }, measure) {
  /** @param {number} size */
  const laid = (size) => {
    const most = Math.max(1, Math.floor((width + gap) / (size * EMS + gap)))
    for (let columns = Math.min(most, Math.max(count, FEWEST)); ; columns--) {
      const across = (width - gap * (columns - 1)) / columns
      const heights = measure(size, across)
      if (columns > 1 && heights.some((height) => height > room)) continue
      return { size, across, pages: pagesOf(heights, columns, room, gap) }
    }
  }
  const sizes = count > MANY ? [PAGED] : LETTERS
  let paged
  for (const size of sizes) {
    const candidate = laid(size)
    if (candidate.pages.length === 1) return candidate
    if (size === PAGED) paged = candidate
  }
  return paged ?? laid(PAGED)
}

const PAGED = 46 // the floor of what must be read (stage.js)
// letters of a card, from the largest. The last is taken only where all then stays on one screen
export const LETTERS = [72, 64, 56, 50, PAGED, 42]
const EMS = 7.6 // the least width of a card
const FEWEST = 2 // a single card is not as wide as the wall
const MANY = 80 // so many never have room on one screen

// Colours of groups, each of which can be read on a card. More groups begin anew: their names tell them apart.
export const COLOURS = [
  "#0b5c6b",
  "#7a4a00",
  "#1d4ed8",
  "#7b2d8b",
  "#2e6b1f",
  "#a3195b",
  "#b3261e",
  "#4a5a63",
  "#5b3fd0",
  "#6b5a00",
  "#8a2f0b",
  "#1f5f4a",
]
