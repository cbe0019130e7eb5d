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
  const words = text.split(" ")
  for (let count = words.length - 1; count > 0; count--) {
    const candidate =
      words
        .slice(0, count)
        .join(" ")
        .replace(/[,;:]$/, "") + MORE
    if (fits(candidate)) return candidate
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
  return (own ?? footnotes[0] ?? remarks[0] ?? "").replace("Tolka varsamt. ", "")
}
