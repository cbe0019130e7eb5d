// A participant's phone: choose a group, write, send. What has not been received waits in the phone, and is sent again
// under the same number, so that nothing is lost and nothing is kept twice.

import { ask, inWords, mayComeBack, memory, pause, Refused } from "./ask.js"
import { byId, part, say } from "./dom.js"
import { Dots } from "./dots.js"
import { keepPages } from "./keep.js"
import { faultOf, isTooLong, lengthOf } from "./written.js"

/** @import { Answer, News, PhoneCard, Question, Workshop } from "../types" */

const WAIT = 20 // seconds that a question waits at the server for something to tell
const ON_THE_WAY = 8_000
const AGAIN = 2_000
const WITHOUT = "Ingen kontakt just nu. Det du skriver skickas när kontakten är tillbaka."
const kod = location.pathname.slice(location.pathname.lastIndexOf("/") + 1).toLowerCase()
const number = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
const phone = number()
/** @param {string} name */
const store = (name) => `naravard_${kod}_${name}`

const DOUBLE = 1_500
/** @type {Record<string, () => string>} */
const FAULTS = {
  tomt: () => "Skriv något först.",
  for_langt: () => `Svaret får ha högst ${workshop.granser.svar} tecken. Korta det.`,
  person_id: () => "Svaret innehåller något som liknar ett personnummer. Skriv utan det.",
}

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
const dots = new Dots({ kod, number, place: byId("prickar") })

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
  for (const svar of [...answers.values()]) if (svar.tillstand === "skickat") forget(svar)
}

// Drawn anew only when the leader has changed something, so that nobody's half-written answer is lost.
function draw() {
  byId("namn").textContent = workshop.namn
  document.title = `${workshop.namn} – Nära vård i siffror`
  tellWhatIsShown()
  dots.take(workshop, cards)
  const now = JSON.stringify([workshop.grupper, workshop.fragor, workshop.fraga_nu, workshop.oppen, group()?.id])
  if (now === drawnState) return
  drawnState = now
  const written = Object.fromEntries([...document.querySelectorAll("textarea")].map((area) => [area.name, area.value]))
  const focused = document.activeElement?.id
  byId("innehall").replaceChildren(...(group() ? questions(written) : groups()))
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

/** @param {Record<string, string>} written what is in the questions' boxes, by their names */
function questions(written) {
  return [
    part(
      "div",
      { className: "grupp" },
      part("h2", { text: `Grupp: ${group()?.namn}`, tabindex: "-1" }),
      part("button", { type: "button", className: "byt", text: "Byt grupp", on: { click: () => choose(null) } }),
    ),
    workshop.oppen
      ? null
      : part("p", { className: "stangd", text: "Ledaren har stängt för nya svar. Det du har skickat finns kvar." }),
    ...workshop.fragor.map((fraga) => form(fraga, written[`fraga${fraga.id}`] ?? "")),
    part("p", {
      className: "liten",
      text: "Skriv kort. Skriv inget om enskilda personer: inga namn och inga personnummer.",
    }),
  ].filter((one) => one !== null)
}

/**
 * @param {Question} fraga
 * @param {string} written
 */
function form(fraga, written) {
  const name = `fraga${fraga.id}`
  const area = part("textarea", {
    id: name,
    name,
    rows: 3,
    disabled: !workshop.oppen,
    "aria-describedby": `${name}-fel ${name}-antal`,
  })
  area.value = written
  const count = part("p", { id: `${name}-antal`, className: "raknare" })
  const fault = part("p", { id: `${name}-fel`, className: "fel", role: "alert", hidden: true })
  /** @param {string} code */
  const judge = (code) => {
    say(fault, FAULTS[code]?.())
    area.setAttribute("aria-invalid", String(Boolean(code)))
  }
  const counted = () => {
    const isOver = isTooLong(area.value, workshop)
    count.textContent = `${lengthOf(area.value)} av ${workshop.granser.svar} tecken`
    count.classList.toggle("over", isOver)
    judge(isOver ? "for_langt" : "")
  }
  area.addEventListener("input", counted)
  counted()
  /** @param {Event} event */
  const post = (event) => {
    event.preventDefault()
    const code = faultOf(area.value, workshop)
    if (code === "tomt" && Date.now() - lastPost <= DOUBLE) return // a second press on the button
    if (code) return judge(code)
    lastPost = Date.now()
    byId("sagt").textContent = ""
    keep({
      nyckel: number(),
      fraga: fraga.id,
      grupp: Number(group()?.id),
      figur: workshop.visas?.id,
      text: area.value.trim(),
      nar: lastPost,
      tillstand: "väntar",
    })
    area.value = ""
    counted()
    area.focus()
  }
  return part(
    "form",
    { on: { submit: post }, data: { fraga: fraga.id }, "aria-label": fraga.text },
    fraga.id === workshop.fraga_nu ? part("p", { className: "nu", text: "Den här frågan är på tavlan nu" }) : null,
    part("label", { for: name, text: fraga.text }),
    area,
    count,
    fault,
    part(
      "button",
      { type: "submit", disabled: !workshop.oppen },
      "Skicka",
      part("span", { className: "upplast", text: ` svar på: ${fraga.text}` }),
    ),
    part("ul", { className: "skickade", "aria-label": `Det du har skickat: ${fraga.text}` }),
  )
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
  const { nyckel, fraga, grupp, figur, text } = svar
  try {
    await ask(`/api/workshop/${kod}/svar`, {
      method: "POST",
      body: { nyckel, fraga, grupp, figur, text, telefon: phone, alder: Math.max(0, Date.now() - svar.nar) },
    })
    say(byId("ute"), "")
    tell("Svaret är skickat.")
    keep({ ...svar, tillstand: "skickat" })
  } catch (error) {
    const refusal = error instanceof Refused ? error : null
    if (refusal && !mayComeBack(error)) return refused(svar, refusal)
    say(byId("ute"), refusal?.status === 429 ? refusal.message : WITHOUT)
    tell("Svaret väntar på nätet.")
    await pause(AGAIN)
  }
}

/**
 * It stays, to be changed and sent again; but what may identify a person does not stay on the phone.
 * @param {Answer} svar
 * @param {Refused} error
 */
function refused(svar, error) {
  keep({ ...svar, tillstand: "nekat", fel: error.message })
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
  return [...answers.values()].find((svar) => svar.tillstand === "väntar")
}

function drawSent() {
  if (!workshop) return
  for (const asked of document.forms) {
    const mine = [...answers.values()]
      .filter((svar) => svar.fraga === Number(asked.dataset.fraga))
      .sort((a, b) => b.nar - a.nar)
    const [area] = asked.getElementsByTagName("textarea")
    asked.querySelector(".skickade")?.replaceChildren(...mine.map((svar) => lineOf(svar, area)))
  }
}

/**
 * @param {Answer} svar
 * @param {HTMLTextAreaElement} area
 */
function lineOf(svar, area) {
  if (svar.tillstand !== "nekat") {
    const done = svar.tillstand === "skickat"
    return part(
      "li",
      {},
      part("span", { text: svar.text }),
      part("span", { className: done ? "klart" : "vantande", text: done ? "✓ skickat" : "väntar på nätet" }),
    )
  }
  const change = () => {
    area.value = area.value ? `${area.value} ${svar.text}` : svar.text
    forget(svar)
    area.focus()
  }
  return part(
    "li",
    { className: "nekat" },
    part("span", { text: svar.text }),
    part("span", { className: "fel", role: "alert", text: svar.fel }),
    part(
      "span",
      {},
      part("button", { type: "button", text: "Ändra", on: { click: change } }),
      part("button", { type: "button", text: "Ta bort", on: { click: () => forget(svar) } }),
    ),
  )
}
