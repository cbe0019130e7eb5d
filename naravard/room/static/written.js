// What is written on a phone, judged as the server judges it, by the rules that it gives (`granser`, `personnummer`).
// A text that may identify a person is held back before it is stored or sent anywhere.

const JOINER = "\u200d"

/** @import { IdPatterns, Limits, Rules } from "../types" */

/**
 * A text on one line, of signs that are seen: as the server keeps it.
 * @param {string} text
 */
export function plain(text) {
  const signs = [...text.normalize("NFC")].map(asKept).join("")
  return signs.split(/\s+/).filter(Boolean).join(" ")
}

/**
 * A sign that is not seen is left out, but for what joins emojis; other controls are spaces.
 * @param {string} sign
 */
function asKept(sign) {
  if (sign === JOINER || !/\p{C}/u.test(sign)) return sign
  return /\p{Cf}/u.test(sign) ? "" : " "
}

/**
 * Letters are counted, not how many places they take in memory.
 * @param {string} text
 */
export const lengthOf = (text) => [...plain(text)].length

/**
 * @param {string} text
 * @param {{ granser: Limits }} rules
 */
export const isTooLong = (text, { granser }) => lengthOf(text) > granser.svar

/**
 * Why an answer cannot be sent, as a code; empty when it can.
 * @param {string} text
 * @param {Rules} rules
 */
export function faultOf(text, rules) {
  const line = plain(text)
  if (!line) return "tomt"
  if (isTooLong(text, rules)) return "for_langt"
  return looksLikePerson(line, rules.personnummer) ? "person_id" : ""
}

/**
 * @param {string} line
 * @param {IdPatterns} patterns
 */
function looksLikePerson(line, { text, siffror }) {
  const folded = line.normalize("NFKC").replace(/\p{Cf}/gu, "")
  const joined = folded.replace(/(\p{Nd})\s+(?=\p{Nd})/gu, "$1")
  return new RegExp(text).test(asKinds(folded)) || new RegExp(siffror).test(asKinds(joined))
}

/**
 * A text in the signs that the server's patterns tell apart: of all digits, letters and other signs outside ASCII there
 * is one each, but for the dashes that stand in ids.
 * @param {string} text
 */
const asKinds = (text) => text.replace(/\P{ASCII}/gu, kindOf)

/** @param {string} sign */
function kindOf(sign) {
  if (/[\u2010-\u2015\u2212]/.test(sign)) return sign
  if (/\p{Nd}/u.test(sign)) return "\u0660"
  return /[\p{L}\p{N}]/u.test(sign) ? "\u00e9" : "\u00b7"
}
