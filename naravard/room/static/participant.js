// A participant's phone: choose a group, write, send. What has not been received waits in the phone, and is sent again
// under the same number, so that nothing is lost and nothing is kept twice.

import { ask, inWords, mayComeBack, memory, pause, Refused } from "./ask.js"
import { Box } from "./box.js"
import { byId, part, say } from "./dom.js"
import { Dots } from "./dots.js"
import { keepPages } from "./keep.js"
import { Own } from "./own.js"

/** @import { Answer, News, PhoneCard, Question, Workshop } from "../types" */

const WAIT = 20 // seconds that a question waits at the server for something to tell
const ON_THE_WAY = 8_000
const AGAIN = 2_000
const WITHOUT = "Ingen kontakt just nu. Det du skriver skickas när kontakten är tillbaka."
const kod = location.pathname.slice(location.pathname.lastIndexOf("/") + 1).toLowerCase()
const number = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
/** @param {string} name */
const store = (name) => `naravard_${kod}_${name}`
// the same after a page that was loaded again: an address may have few new phones in a while
const phone = memory.get(store("telefon")) ?? number()
memory.set(store("telefon"), phone)

const DOUBLE = 1_500
/** @type {Workshop} nothing before it has come */
let workshop
let tag = ""
/** @type {PhoneCard[]} what the leader lets this phone see of all answers */
let cards = []
let cardsTag = ""
let drawnState = ""
let sending = false
/** @type {number | null} */
let groupNow = null
let lastPost = 0
/** @type {Map<string, Answer>} */
const answers = new Map()
/** @type {Map<number, Box>} of the questions that are open */
const boxes = new Map()
/** @type {Map<number, string>} what has been written and not sent, also of a question that has been closed */
const drafts = new Map()
const dots = new Dots({ kod, number, place: byId("prickar") })
const own = new Own({ rules: () => workshop, mayChange, change, withdraw, retry, forget, drawn: drawSent })

recall()
addEventListener("storage", recall)
addEventListener("online", () => send())
addEventListener("offline", () => say(byId("ute"), WITHOUT))
start()
watch()
send()
keepPages("/d/")
document.documentElement.dataset.klar = ""

// What came with the page, or what was known when there was a net: whichever is the latest.
function start() {
  const [came, kept] = [byId("start").textContent, memory.get(store("workshop_2"))].map(read)
  const latest = (kept?.nar ?? 0) > (came?.nar ?? 0) ? kept : came
  if (latest?.deltagare) take(latest)
}

/** @param {string | null} text */
function read(text) {
  try {
    return JSON.parse(text ?? "null")
  } catch {
    return null
  }
}

// Without end: a question waits at the server until there is something to tell.
async function watch() {
  for (;;) {
    const isAnswered = await look()
    await pause(isAnswered ? 0 : AGAIN)
  }
}

async function look() {
  const wait = workshop ? WAIT : 0
  const query = new URLSearchParams({ deltagare: tag, telefon: phone, vanta: String(wait) })
  if (seesOthers()) query.set("kort", cardsTag)
  try {
    /** @type {News} */
    const news = await ask(`/api/workshop/${kod}/nytt?${query}`, { patience: 1_000 * wait + ON_THE_WAY })
    say(byId("ute"), "")
    if (news.deltagare) {
      take(news)
      memory.set(store("workshop_2"), JSON.stringify({ deltagare: news.deltagare, nar: Date.now() }))
    }
    if (news.kort) takeCards(news.kort)
    send()
    return true
  } catch (error) {
    if (mayComeBack(error)) {
      say(byId("ute"), WITHOUT)
      return false
    }
    drawnState = ""
    tag = ""
    memory.set(store("workshop_2"), null)
    for (const id of ["visas", "prickar"]) byId(id).hidden = true
    byId("innehall").replaceChildren(part("p", { text: inWords(error) }))
    return false
  }
}

/** @param {News} news */
function take({ deltagare }) {
  if (!deltagare) return
  tag = deltagare.tagg
  workshop = deltagare.innehall
  forgetCleared()
  if (!seesOthers()) [cards, cardsTag] = [[], ""]
  draw()
}

/** @param {{ tagg: string, innehall: PhoneCard[] }} part of the news */
function takeCards({ tagg, innehall }) {
  cardsTag = tagg
  cards = innehall
  draw()
}

function dotsAreOpen() {
  return workshop.rostningar.some(({ oppen }) => oppen)
}

function seesOthers() {
  return Boolean(workshop) && (workshop.visa_svar || dotsAreOpen())
}

// What the leader has cleared is on no board: the phone does not say that it is.
function forgetCleared() {
  const known = Number(memory.get(store("rensad")) ?? workshop.rensad)
  memory.set(store("rensad"), workshop.rensad)
  if (known === workshop.rensad) return
  dots.forget()
  for (const svar of [...answers.values()]) if (svar.tillstand === "skickat") forget(svar)
}

// Drawn anew only when the leader has changed something, so that nobody's half-written answer is lost.
function draw() {
  byId("namn").textContent = workshop.namn
  document.title = `${workshop.namn} – Nära vård i siffror`
  tellWhatIsShown()
  dots.take(workshop, cards)
  const { grupper, fragor, fraga_nu, oppen, visa_svar, granskas } = workshop
  const now = JSON.stringify([grupper, fragor, fraga_nu, oppen, visa_svar, granskas, dotsAreOpen(), group()?.id])
  if (now === drawnState) return drawOthers()
  drawnState = now
  for (const [fraga, { area }] of boxes) drafts.set(fraga, area.value)
  boxes.clear()
  const focused = document.activeElement?.id
  byId("innehall").replaceChildren(...(group() ? questions() : groups()))
  if (focused) document.getElementById(focused)?.focus()
  drawSent()
}

// The figure that is on the wall, as a table that a phone can show without asking for anything more.
function tellWhatIsShown() {
  const { visas } = workshop
  const place = byId("visas")
  const now = JSON.stringify(visas)
  place.hidden = !visas
  if (!visas || place.dataset.nu === now) return
  const was = place.querySelector("details")?.open ?? false
  place.dataset.nu = now
  /** @param {string[]} row */
  const row = ([name, ...cells]) =>
    part("tr", {}, part("th", { scope: "row", text: name }), ...cells.map((text) => part("td", { text })))
  place.replaceChildren(
    part(
      "details",
      { open: was },
      part(
        "summary",
        {},
        part("span", { text: "På skärmen: " }),
        visas.exempel ? part("span", { className: "exempel", text: "EXEMPELDATA. " }) : null,
        part("b", { text: visas.titel }),
      ),
      visas.rader.length
        ? part(
            "div",
            { className: "rulla", tabindex: "0", role: "region", "aria-label": visas.titel },
            part(
              "table",
              {},
              part("thead", {}, part("tr", {}, ...visas.kolumner.map((text) => part("th", { scope: "col", text })))),
              part("tbody", {}, ...visas.rader.map(row)),
            ),
          )
        : null,
      part("p", { className: "liten", text: visas.kalla }),
      visas.adress
        ? part("p", {}, part("a", { href: `/${visas.adress}`, text: "Se mer om siffrorna", target: "_blank" }))
        : null,
    ),
  )
}

// The participant's own, if it has been chosen and is there still.
function group() {
  const chosen = Number(memory.get(store("grupp")) ?? groupNow)
  return workshop.grupper.find((grupp) => grupp.id === chosen)
}

/** @param {number | null} id */
function choose(id) {
  groupNow = id
  memory.set(store("grupp"), id)
  draw()
  byId("innehall").querySelector("h2")?.focus()
}

function groups() {
  return [
    part("h2", { text: "Vilken grupp är du med i?", tabindex: "-1" }),
    part(
      "div",
      { className: "val" },
      ...workshop.grupper.map((grupp) =>
        part("button", { type: "button", text: grupp.namn, on: { click: () => choose(grupp.id) } }),
      ),
    ),
    part("p", { className: "liten", text: "Inget konto behövs och ingen frågar efter ditt namn." }),
  ]
}

function questions() {
  const forms = workshop.fragor.map(asked)
  forms.sort((a, b) => Number(a.tagName === "SECTION") - Number(b.tagName === "SECTION")) // what can be answered first
  return [
    part(
      "div",
      { className: "grupp" },
      part("h2", { text: group()?.namn, tabindex: "-1" }),
      part("button", { type: "button", className: "byt", text: "Byt grupp", on: { click: () => choose(null) } }),
    ),
    workshop.oppen
      ? null
      : part("p", { className: "stangd", text: "Ledaren har stängt för nya svar. Det du har skickat finns kvar." }),
    ...(dotsAreOpen() ? [part("details", {}, part("summary", { text: "Skriv fler svar" }), ...forms)] : forms),
    workshop.granskas
      ? part("p", { className: "liten", text: "Ledaren läser svaren innan de visas för andra." })
      : null,
    part("p", {
      className: "liten",
      text: "Skriv kort. Skriv inget om enskilda personer: inga namn och inga personnummer.",
    }),
  ].filter((one) => one !== null)
}

/**
 * A question with what one has answered, and a box to write in while it is open.
 * @param {Question} fraga
 * @param {number} place
 */
function asked(fraga, place) {
  const count = workshop.fragor.length
  const isNow = fraga.id === workshop.fraga_nu
  const head = [
    count > 1 ? part("p", { className: "vilken", text: `Fråga ${place + 1} av ${count}` }) : null,
    isNow ? part("p", { className: "nu", text: "Den här frågan är på tavlan nu" }) : null,
  ]
  const after = [
    part("ul", { className: "skickade", "aria-label": `Det du har skickat: ${fraga.text}` }),
    part("details", { className: "andras", hidden: true }, part("summary", {}), part("ul", {})),
  ]
  if (fraga.oppen) return form(fraga, head, after)
  return part(
    "section",
    { data: { fraga: fraga.id }, className: "fraga", "aria-label": fraga.text },
    ...head,
    part("h3", { text: fraga.text }),
    part("p", { className: "liten", text: "Frågan är stängd just nu." }),
    drafts.get(fraga.id)
      ? part("p", { className: "ej-skickat", text: `Du hann inte skicka: ”${drafts.get(fraga.id)}”` })
      : null,
    ...after,
  )
}

/**
 * @param {Question} fraga
 * @param {(Node | null)[]} head
 * @param {Node[]} after
 */
function form(fraga, head, after) {
  const name = `fraga${fraga.id}`
  const box = new Box(name, () => workshop, { value: drafts.get(fraga.id), disabled: !workshop.oppen })
  boxes.set(fraga.id, box)
  /** @param {Event} event */
  const post = (event) => {
    event.preventDefault()
    const { code } = box
    if (code === "tomt" && Date.now() - lastPost <= DOUBLE) return // a second press on the button
    if (code) return box.judge(code)
    lastPost = Date.now()
    byId("sagt").textContent = ""
    keep({
      nyckel: number(),
      utgava: 1,
      fraga: fraga.id,
      grupp: Number(group()?.id),
      figur: workshop.visas?.id,
      text: box.area.value.trim(),
      nar: lastPost,
      tillstand: "väntar",
    })
    box.fill("")
    box.area.focus()
  }
  return part(
    "form",
    { on: { submit: post }, className: "fraga", data: { fraga: fraga.id }, "aria-label": fraga.text },
    ...head,
    part("label", { for: name, text: fraga.text }),
    ...box.parts,
    part(
      "button",
      { type: "submit", disabled: !workshop.oppen },
      "Skicka",
      part("span", { className: "upplast", text: ` svar på: ${fraga.text}` }),
    ),
    ...after,
  )
}

// What others have answered, where the leader lets phones see it.
function drawOthers() {
  for (const place of document.querySelectorAll(".fraga")) {
    const shown = /** @type {HTMLElement} */ (place)
    const theirs = cards.filter((card) => card.fraga === Number(shown.dataset.fraga))
    const details = /** @type {HTMLElement} */ (place.querySelector(".andras"))
    details.hidden = !workshop.visa_svar || !theirs.length
    const isEmpty =
      details.hidden && !byPart(place, ".skickade").childElementCount && !place.querySelector(".ej-skickat")
    shown.hidden = shown.tagName === "SECTION" && isEmpty
    const now = JSON.stringify(theirs)
    if (details.hidden || details.dataset.nu === now) continue
    details.dataset.nu = now
    const answersOfAll = theirs.reduce((sum, card) => sum + 1 + card.lika.length, 0)
    byPart(details, "summary").textContent = `Allas svar (${answersOfAll})`
    byPart(details, "ul").replaceChildren(...theirs.map(theirLine))
  }
}

/**
 * @param {Element} place
 * @param {string} selector
 */
function byPart(place, selector) {
  return /** @type {Element} */ (place.querySelector(selector))
}

/** @param {PhoneCard} card */
function theirLine({ grupp, text, lika, gemensamt }) {
  return part(
    "li",
    {},
    part("b", { text: `${workshop.grupper.find(({ id }) => id === grupp)?.namn ?? ""}: ` }),
    gemensamt ? `★ ${text}` : text,
    ...lika.map((one) => part("span", { className: "lika", text: `+ ${one}` })),
  )
}

/** @param {Answer} svar */
function mayChange({ fraga, tillstand }) {
  return workshop.oppen && tillstand !== "tas bort" && isOpen(fraga)
}

/** @param {number} fraga */
function isOpen(fraga) {
  return workshop.fragor.some(({ id, oppen }) => id === fraga && oppen)
}

/**
 * Other words, under the same number; `fore` is what the server has.
 * @param {Answer} svar
 * @param {string} text
 */
function change(svar, text) {
  const known = answers.get(svar.nyckel) ?? svar
  const fore = known.tillstand === "skickat" ? known.text : known.fore
  const utgava = (known.utgava ?? 1) + 1
  keep({ ...known, text, fore, utgava, fel: undefined, nar: Date.now(), tillstand: "väntar" })
}

/** @param {Answer} svar */
function withdraw(svar) {
  keep({ ...svar, fel: undefined, nar: Date.now(), tillstand: "tas bort" })
}

/**
 * One that was refused, back into the box of its question.
 * @param {Answer} svar
 */
function retry(svar) {
  const box = boxes.get(svar.fraga)
  if (!box) return
  box.fill(box.area.value ? `${box.area.value} ${svar.text}` : svar.text)
  forget(svar)
  box.area.focus()
}

/**
 * Each answer lies by itself in the phone, so that two tabs do not write over each other.
 * @param {Answer} svar
 */
function keep(svar) {
  answers.set(svar.nyckel, svar)
  memory.set(store(`svar_${svar.nyckel}`), JSON.stringify(svar))
  drawSent()
  send()
}

/** @param {Answer} svar */
function forget(svar) {
  answers.delete(svar.nyckel)
  memory.set(store(`svar_${svar.nyckel}`), null)
  drawSent()
}

function recall() {
  for (const name of memory.names(store("svar_"))) {
    try {
      /** @type {Answer | null} */
      const svar = JSON.parse(memory.get(name) ?? "null")
      if (svar?.nyckel && !(answers.get(svar.nyckel)?.tillstand === "skickat")) answers.set(svar.nyckel, svar)
    } catch {
      memory.set(name, null)
    }
  }
  drawSent()
}

// Send what waits, one at a time and in order, until all has been received or refused.
async function send() {
  if (sending) return
  sending = true
  for (let svar = waiting(); svar; svar = waiting()) await sendOne(svar)
  sending = false
}

/** @param {Answer} svar */
async function sendOne(svar) {
  const { nyckel } = svar
  const isWithdrawn = svar.tillstand === "tas bort"
  const body = {
    nyckel,
    telefon: phone,
    alder: Math.max(0, Date.now() - svar.nar),
    ...(isWithdrawn ? {} : content(svar)),
  }
  try {
    await ask(`/api/workshop/${kod}/${isWithdrawn ? "tillbaka" : "svar"}`, { method: "POST", body })
    say(byId("ute"), "")
    if (answers.get(nyckel) !== svar) return // it has been changed meanwhile, and is sent again
    tell(isWithdrawn ? "Svaret är borta." : "Svaret är skickat.")
    if (isWithdrawn) forget(svar)
    else keep({ ...svar, tillstand: "skickat", fore: undefined })
  } catch (error) {
    const refusal = error instanceof Refused ? error : null
    if (refusal && !mayComeBack(error)) return answers.get(nyckel) === svar && refused(svar, refusal)
    say(byId("ute"), refusal?.status === 429 ? refusal.message : WITHOUT)
    tell("Svaret väntar på nätet.")
    await pause(AGAIN)
  }
}

/** @param {Answer} svar */
function content({ fraga, grupp, figur, text, utgava = 1 }) {
  return { fraga, grupp, figur, text, utgava }
}

/**
 * A new one stays, to be changed and sent again; but what may identify a person does not stay on the phone. A change
 * that is refused leaves what the server has.
 * @param {Answer} svar
 * @param {Refused} error
 */
function refused(svar, error) {
  const fel = error.message
  if (svar.tillstand === "tas bort") return keep({ ...svar, tillstand: "skickat", fel })
  if (svar.fore !== undefined) return keep({ ...svar, text: svar.fore, fore: undefined, tillstand: "skickat", fel })
  keep({ ...svar, tillstand: "nekat", fel })
  if (error.code === "person_id") memory.set(store(`svar_${svar.nyckel}`), null)
}

/**
 * A word for those who do not see the list.
 * @param {string} text
 */
function tell(text) {
  const place = byId("sagt")
  if (place.textContent !== text) place.textContent = text
}

function waiting() {
  return [...answers.values()].find(({ tillstand }) => tillstand === "väntar" || tillstand === "tas bort")
}

function drawSent() {
  if (!workshop) return
  for (const place of document.querySelectorAll(".fraga")) {
    const fraga = Number(/** @type {HTMLElement} */ (place).dataset.fraga)
    const mine = [...answers.values()].filter((svar) => svar.fraga === fraga).sort((a, b) => b.nar - a.nar)
    own.draw(byPart(place, ".skickade"), mine)
  }
  drawOthers()
}
