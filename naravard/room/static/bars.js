// Dots as bars: what the room finds most important, the most dots first.

import { part } from "./dom.js"

/** @import { Card, FullBoard, Round } from "../types" */

const BAR_SIZES = [60, 50, 46] // letters on the wall
const FEW = 12 // so many dots are told apart in a bar

/**
 * The round on a question, or on what is common where there is no question; none where dots have not been asked for.
 * @param {FullBoard} now
 * @param {number | null} question
 * @returns {Round | undefined}
 */
export const roundOn = (now, question) => now.rostningar.find(({ om }) => om === (question ?? 0))

/**
 * What dots can be put on in a round, with how many each has: the most first, else as they came.
 * @param {Card[]} cards those that are seen
 * @param {number} om
 */
export function resultsOf(cards, om) {
  return cards
    .filter((card) => (om ? card.fraga === om : card.gemensamt))
    .map((card) => ({ card, dots: om ? card.prickar : card.prickar_gemensamt }))
    .sort((a, b) => b.dots - a.dots || a.card.id - b.card.id)
}

/** @param {number} count */
export const phonesIn = (count) => (count === 1 ? "1 telefon har lagt prickar" : `${count} telefoner har lagt prickar`)

/**
 * What the room is to do, or has done.
 * @param {Round} round
 * @param {number} phones
 */
export const callOf = ({ oppen }, phones) =>
  oppen ? `Vad är viktigast? Lägg dina prickar på telefonen. ${phonesIn(phones)}.` : `${phonesIn(phones)}.`

/**
 * A row for each answer. While dots are put without being seen there are no bars, for nobody to follow.
 * @param {{ card: Card, dots: number }[]} results
 * @param {boolean} isSeen
 */
export function barsOf(results, isSeen) {
  const most = Math.max(1, ...results.map(({ dots }) => dots))
  return results.map(({ card, dots }) =>
    part(
      "div",
      { className: "stapelrad", data: { svar: card.id } },
      part("p", { className: "text", text: card.text }),
      isSeen ? part("p", { className: "prickantal", text: String(dots) }) : null,
      isSeen ? bar(dots, most) : null,
    ),
  )
}

/**
 * @param {number} dots
 * @param {number} most
 */
function bar(dots, most) {
  const fill = part("span", { className: most <= FEW ? "fyllning prickar" : "fyllning" })
  fill.style.width = `${(100 * dots) / most}%`
  fill.style.setProperty("--antal", String(Math.max(dots, 1)))
  return part("div", { className: "stapel", "aria-hidden": "true" }, fill)
}

/**
 * As many rows as there is room for in a place, in letters as large as let all of them stay. Gives how many screens
 * there are, and which one it is.
 * @param {HTMLElement} place
 * @param {HTMLElement[]} rows
 * @param {number} wanted
 * @param {number} turned how many screens further on it is, by itself
 */
export function showRows(place, rows, wanted, turned = 0) {
  place.replaceChildren(...rows)
  /** @type {HTMLElement[][]} */
  let screens = []
  for (const size of BAR_SIZES) {
    place.style.fontSize = `${size}px`
    screens = inScreens(rows, place.clientHeight)
    if (screens.length === 1) break
  }
  const screen = (Math.min(wanted, screens.length - 1) + turned) % screens.length
  place.replaceChildren(...screens[screen])
  return { screens: screens.length, screen }
}

/**
 * @param {HTMLElement[]} rows
 * @param {number} room
 */
function inScreens(rows, room) {
  /** @type {HTMLElement[][]} */
  const screens = [[]]
  let top = rows[0]?.offsetTop ?? 0
  for (const row of rows) {
    if (screens.at(-1)?.length && row.offsetTop + row.offsetHeight - top > room) {
      screens.push([])
      top = row.offsetTop
    }
    screens.at(-1)?.push(row)
  }
  return screens
}
