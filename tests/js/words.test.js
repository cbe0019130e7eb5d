// Texts on the wall: what there is no room for is left out, in whole sentences where that can be.

import assert from "node:assert/strict"
import { test } from "node:test"
import { asMuchAs, hyphenated, remarkFor, warns } from "../../naravard/room/static/words.js"

const within = (most) => (text) => text.length <= most

test("whole sentences are kept from the first, as many as fit", () => {
  const text = "Kalmar: 66 av 100 (324 av 494). Länet: 77 av 100. Skillnaden är inte större än den brukar vara."
  assert.equal(asMuchAs(text, within(200)), text)
  assert.equal(asMuchAs(text, within(60)), "Kalmar: 66 av 100 (324 av 494). Länet: 77 av 100.")
  assert.equal(asMuchAs(text, within(40)), "Kalmar: 66 av 100 (324 av 494).")
})

test("of a sentence that has no room as many of its parts as fit, and a sign that there is more", () => {
  assert.equal(asMuchAs("Alla: 282, ordinärt boende: dolt", within(20)), "Alla: 282 …")
  assert.equal(
    asMuchAs("Borgholm. Alla: 282, ordinärt boende: dolt", within(24)),
    "Borgholm. Alla: 282 …",
    "a name alone says nothing",
  )
  assert.equal(
    asMuchAs("0 – ingen: dolt, 1 – frisk: 3 %, 2 – lågt: 11 %", within(38)),
    "0 – ingen: dolt, 1 – frisk: 3 % …",
  )
  assert.equal(asMuchAs("Ett två tre fyra", within(9)), "Ett två …")
  assert.equal(asMuchAs("Långtord", within(3)), "")
  assert.equal(asMuchAs("", within(3)), "")
})

test("decimals and abbreviations within a sentence do not end it", () => {
  assert.equal(asMuchAs("Andelen är 2,3 % i t.ex. Kalmar nu. Mer.", within(36)), "Andelen är 2,3 % i t.ex. Kalmar nu.")
})

test("the remark is on the kommun that is pointed out, else one whose number is in the figure, else the first", () => {
  const remarks = [
    "4\u00a0346 personer är ett annat mått.",
    "1 Borgholm, 4 av 79: beror på registrering.",
    "2 Mörbylånga, 26 av 106.",
  ]
  assert.equal(remarkFor(remarks, "Mörbylånga"), remarks[2])
  assert.equal(remarkFor(remarks, "Kalmar"), remarks[1])
  assert.equal(remarkFor(remarks, null), remarks[1])
  assert.equal(remarkFor(remarks.slice(0, 1), null), remarks[0])
  assert.equal(remarkFor(["Tolka varsamt. Det är besök, inte personer."], null), "Det är besök, inte personer.")
  assert.equal(remarkFor([], null), "")
})

test("long words can be broken before a consonant and its vowel, three letters or more from both ends", () => {
  const broken = (text) => hyphenated(text).replaceAll("\u00ad", "-")
  for (const word of ["läke-medels-genom-gån-gar", "sjuk-sköters-korna", "utskriv-nin-garna"]) {
    const plain = word.replaceAll("-", "")
    assert.equal(hyphenated(plain).replaceAll("\u00ad", ""), plain)
    for (const part of broken(plain).split("-")) assert.ok(/[aeiouyåäö]/.test(part), broken(plain))
    assert.ok(broken(plain).split("-").length >= 3, broken(plain))
    assert.ok(broken(plain).split("-").at(-1).length >= 2 && broken(plain).split("-")[0].length >= 3, broken(plain))
  }
  assert.equal(broken("vård och plan"), "vård och plan")
  assert.equal(broken("<b>12345678901"), "<b>12345678901")
})

test("a remark that the kommuner must not be ranked is a warning, wherever it stands", () => {
  assert.ok(warns(["Talen är från 2022.", "Tolka varsamt. Det beror på registrering. Rangordna inte kommunerna."]))
  assert.ok(!warns(["Tolka varsamt. Det är besök, inte personer."]))
  assert.ok(!warns([]))
  const groups = "Kommunerna faller i två grupper. Det beror troligen på registrering. Rangordna inte."
  const caution = "Skillnaderna beror troligen på registrering. Rangordna inte kommunerna."
  assert.equal(remarkFor([groups, `Tolka varsamt. ${caution}`], null), caution, "of which one sentence may have room")
})
