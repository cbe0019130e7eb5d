// Texts on the wall: what there is no room for is left out, and never made too small to read.

const MORE = " …"

/**
 * As much of a text as fits: whole sentences from the first, else as many of its parts as there is room for.
 * @param {string} text
 * @param {(candidate: string) => boolean} fits
 */
export function asMuchAs(text, fits) {
  if (!text || fits(text)) return text
  const sentences = text.split(/(?<=[.!?]) (?=[\p{Lu}\d])/u)
  for (let count = sentences.length - 1; count > 0; count--) {
    const candidate = sentences.slice(0, count).join(" ")
    if (fits(candidate) && (count > 1 || candidate.includes(" "))) return candidate
  }
  for (const parts of [text.split(/(?<=[,;]) /), text.split(" ")]) {
    for (let count = parts.length - 1; count > 0; count--) {
      const candidate =
        parts
          .slice(0, count)
          .join(" ")
          .replace(/[,;:]$/, "") + MORE
      if (fits(candidate)) return candidate
    }
  }
  return ""
}

/**
 * The one remark that has room under a figure: on the kommun that is pointed out, else one whose number stands in the
 * figure (`1 Borgholm, …`), else the first. That it is a caution is seen.
 * @param {string[]} remarks
 * @param {string | null} kommun
 */
export function remarkFor(remarks, kommun) {
  const footnotes = remarks.filter((text) => /^\d+ \p{Lu}/u.test(text))
  const own = footnotes.find((text) => kommun && text.replace(/^\d+ /, "").startsWith(kommun))
  const caution = remarks.find((text) => text.startsWith("Tolka varsamt. ") && warns([text]))
  return (own ?? footnotes[0] ?? caution ?? remarks[0] ?? "").replace("Tolka varsamt. ", "")
}

/**
 * Whether some remark says that the kommuner must not be ranked.
 * @param {string[]} remarks
 */
export const warns = (remarks) => remarks.some((text) => text.includes("Rangordna inte"))

const SHY = "\u00ad"
const LONG = 9 // letters of a word that may be broken
const VOWEL = "aeiouyåäöéAEIOUYÅÄÖÉ"
// before the last consonant between two vowels, three letters or more from both ends
const BREAK = new RegExp(`(?<=\\p{L}{2}[${VOWEL}]\\p{L}*?)(?<![${SHY}])(?=[^${VOWEL}\\P{L}][${VOWEL}]\\p{L})`, "gu")

/**
 * A text whose long words can be broken as Swedish is written: one consonant goes with the vowel after it. Browsers have
 * their own lists for it (`hyphens: auto`), which are fetched from the net and so are seldom in a meeting room.
 * @param {string} text
 */
export const hyphenated = (text) =>
  text.replace(/\p{L}+/gu, (word) => (word.length < LONG ? word : word.replace(BREAK, SHY)))
