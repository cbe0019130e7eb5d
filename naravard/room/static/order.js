// Which answers a leader looks at, and which of them say the same.

/** @import { Card } from "../types" */

/** @typedef {"" | "vantar" | "gemensamt" | "dold"} Kind */
/** @typedef {{ text: string, grupp: number | null, slag: Kind }} Filter */

/** @type {[Kind, string][]} */
export const KINDS = [
  ["", "Alla svar"],
  ["vantar", "Väntar på ditt ja"],
  ["gemensamt", "Gemensamma"],
  ["dold", "Dolda"],
]

/** @param {string} text */
const folded = (text) =>
  text
    .normalize("NFC")
    .toLocaleLowerCase("sv")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()

/**
 * @param {Card} card
 * @param {Filter} filter
 */
export function matches(card, { text, grupp, slag }) {
  const isWanted = (grupp === null || card.grupp === grupp) && (slag === "" || card[slag])
  return isWanted && [card.text, ...card.lika].some((one) => folded(one).includes(folded(text)))
}

/**
 * Answers to one question with the same words, whatever their capitals and signs: the numbers of each lot, the first
 * that was written first.
 * @param {Card[]} cards
 */
export function sameWords(cards) {
  /** @type {Map<string, number[]>} */
  const lots = new Map()
  for (const { id, fraga, text } of [...cards].sort((a, b) => a.id - b.id)) {
    const words = folded(text) || text
    const lot = `${fraga} ${words}`
    lots.set(lot, [...(lots.get(lot) ?? []), id])
  }
  return [...lots.values()].filter((ids) => ids.length > 1)
}
