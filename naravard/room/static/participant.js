// A participant's phone: choose a group, write, send. What has not been received waits in the phone, and is sent again
// under the same number, so that nothing is lost and nothing is kept twice.

import { ask, mayComeBack, memory, pause } from "./ask.js"
import { byId, part, say } from "./dom.js"

const LOOK = 5_000
const AGAIN = 2_000
const LONGEST = 280
const kod = location.pathname.split("/").at(-1)
const number = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
const phone = number()
const store = (name) => `naravard_${kod}_${name}`

let workshop
let drawn = ""
let sending = false
const sent = JSON.parse(memory.get(store("svar")) ?? "[]")

begin()

async function begin() {
  for (;;) {
    await look()
    await pause(workshop ? LOOK : AGAIN)
  }
}

async function look() {
  try {
    workshop = await ask(`/api/workshop/${kod}`)
    say(byId("ute"), "")
    draw()
    send()
  } catch (error) {
    if (mayComeBack(error)) say(byId("ute"), "Ingen kontakt just nu. Det du skriver skickas när kontakten är tillbaka.")
    else byId("innehall").replaceChildren(part("p", { text: error.message }))
  }
}

// Drawn anew only when the leader has changed something, so that nobody's half-written answer is lost.
function draw() {
  byId("namn").textContent = workshop.namn
  document.title = `${workshop.namn} – Nära vård i siffror`
  tellWhatIsShown()
  const now = JSON.stringify([workshop.grupper, workshop.fragor, workshop.oppen, group()?.id])
  if (now === drawn) return
  drawn = now
  const written = Object.fromEntries([...document.querySelectorAll("textarea")].map((area) => [area.name, area.value]))
  byId("innehall").replaceChildren(...(group() ? questions(written) : groups()))
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
  const row = (name, cells) => part("tr", {}, part("th", { scope: "row", text: name }), ...cells.map((text) => part("td", { text })))
  place.replaceChildren(
    part(
      "details",
      { open: was },
      part("summary", {}, part("span", { text: "På skärmen: " }), part("b", { text: visas.titel })),
      visas.exempel ? part("p", { className: "exempel", text: "EXEMPELDATA" }) : null,
      visas.rader.length
        ? part("div", { className: "rulla", tabindex: "0", role: "region", "aria-label": visas.titel }, part("table", {},
            part("thead", {}, part("tr", {}, ...visas.kolumner.map((text) => part("th", { scope: "col", text })))),
            part("tbody", {}, ...visas.rader.map(([name, ...cells]) => row(name, cells)))))
        : null,
      part("p", { className: "liten", text: visas.kalla }),
      visas.adress ? part("p", {}, part("a", { href: `/${visas.adress}`, text: "Se mer om siffrorna", target: "_blank" })) : null,
    ),
  )
}

function group() {
  const chosen = Number(memory.get(store("grupp")) ?? chosenNow)
  return workshop.grupper.find((grupp) => grupp.id === chosen)
}

let chosenNow = null

function choose(id) {
  chosenNow = id
  memory.set(store("grupp"), id)
  draw()
}

function groups() {
  return [
    part("h2", { text: "Vilken grupp är du med i?" }),
    part("div", { className: "val" }, ...workshop.grupper.map((grupp) =>
      part("button", { type: "button", text: grupp.namn, on: { click: () => choose(grupp.id) } }))),
    part("p", { className: "liten", text: "Inget konto behövs och ingen frågar efter ditt namn." }),
  ]
}

function questions(written) {
  return [
    part("p", { className: "grupp" }, part("span", { text: `Grupp: ${group().namn}` }),
      part("button", { type: "button", className: "byt", text: "Byt grupp", on: { click: () => choose(null) } })),
    workshop.oppen ? null : part("p", { className: "stangd", text: "Ledaren har stängt för nya svar. Det du har skickat finns kvar." }),
    ...workshop.fragor.map((fraga) => form(fraga, written[`fraga${fraga.id}`] ?? "")),
    part("p", { className: "liten", text: "Skriv kort. Skriv inget om enskilda personer: inga namn och inga personnummer." }),
  ].filter(Boolean)
}

function form(fraga, written) {
  const name = `fraga${fraga.id}`
  const area = part("textarea", { id: name, name, rows: 3, maxlength: LONGEST, disabled: !workshop.oppen, "aria-describedby": `${name}-fel` })
  const fault = part("p", { id: `${name}-fel`, className: "fel", role: "alert", hidden: true })
  area.value = written
  area.addEventListener("input", () => say(fault, ""))
  const post = (event) => {
    event.preventDefault()
    const text = area.value.trim()
    if (!text) return say(fault, "Skriv något först.")
    const refused = (reason) => {
      say(fault, reason)
      area.value ||= text
    }
    keep({ nyckel: number(), fraga: fraga.id, grupp: group().id, text, tillstand: "väntar" }, refused)
    area.value = ""
    area.focus()
  }
  return part(
    "form",
    { on: { submit: post }, data: { fraga: fraga.id } },
    part("label", { for: name, text: fraga.text }),
    area,
    fault,
    part("button", { type: "submit", text: "Skicka", disabled: !workshop.oppen }),
    part("ul", { className: "skickade", "aria-label": "Det du har skickat" }),
  )
}

const reasons = new Map()

function keep(svar, refused) {
  reasons.set(svar.nyckel, refused)
  sent.push(svar)
  remember()
  send()
}

function remember() {
  memory.set(store("svar"), JSON.stringify(sent))
  drawSent()
}

// Send what waits, one at a time and in order, until all has been received or refused.
async function send() {
  if (sending) return
  sending = true
  for (let svar = waiting(); svar; svar = waiting()) {
    try {
      const { nyckel, fraga, grupp, text } = svar
      await ask(`/api/workshop/${kod}/svar`, { method: "POST", body: { nyckel, fraga, grupp, text, telefon: phone } })
      svar.tillstand = "skickat"
      say(byId("ute"), "")
    } catch (error) {
      if (mayComeBack(error)) {
        say(byId("ute"), error.status === 429 ? error.message : "Ingen kontakt just nu. Det du skriver skickas när kontakten är tillbaka.")
        await pause(AGAIN)
        continue
      }
      sent.splice(sent.indexOf(svar), 1)
      reasons.get(svar.nyckel)?.(error.message)
    }
    remember()
  }
  sending = false
}

const waiting = () => sent.find((svar) => svar.tillstand === "väntar")

function drawSent() {
  for (const form of document.querySelectorAll("form[data-fraga]")) {
    const mine = sent.filter((svar) => svar.fraga === Number(form.dataset.fraga)).reverse()
    form.querySelector(".skickade").replaceChildren(...mine.map((svar) =>
      part("li", {}, part("span", { text: svar.text }), part("span", { className: svar.tillstand === "skickat" ? "klart" : "vantande",
        text: svar.tillstand === "skickat" ? "✓ skickat" : "väntar på nätet" }))))
  }
}
