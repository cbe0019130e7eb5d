// A participant's phone: nothing that is written is lost, sent twice or shown as anything but text.

import assert from "node:assert/strict"
import { test } from "node:test"
import { load, NO_CONTACT, openWindow, Refusal, Server, settle, stopClock, textOf } from "./browser.js"

const HTML = textOf("naravard/room/static/participant.html")
const NEWS = "GET /api/workshop/abc234/nytt"
const POST = "POST /api/workshop/abc234/svar"
const ANSWERS = "/api/workshop/abc234/svar"
const WORKSHOP = {
  kod: "abc234",
  namn: "Hösten",
  oppen: true,
  grupper: [
    { id: 1, namn: "Kalmar" },
    { id: 2, namn: "Öland" },
  ],
  fragor: [
    { id: 11, text: "Vad fungerar?", oppen: true },
    { id: 12, text: "Vad saknas?", oppen: true },
  ],
  fraga_nu: null,
  rostningar: [],
  visa_svar: false,
  granskas: false,
  rensad: 0,
  visas: null,
  granser: { svar: 30, namn: 80, dagar: 30, prickar: 3 },
  personnummer: { text: "ID-[\\d\\u0660]{4}", siffror: "12345" },
}
const IN_A_GROUP = { naravard_abc234_grupp: "2" }

// The server's news for a phone: at once where it has something else, else after as long as the phone lets it wait.
const telling =
  (now) =>
  async ({ query }) => {
    const workshop = now()
    if (workshop === NO_CONTACT || workshop instanceof Refusal) return workshop
    const tagg = JSON.stringify(workshop)
    if (query.get("deltagare") !== tagg) return { deltagare: { tagg, innehall: workshop } }
    const end = Date.now() + 1_000 * Number(query.get("vanta"))
    while (Date.now() < end && now() === workshop) await new Promise((done) => setTimeout(done, 100))
    return now() === workshop ? {} : telling(now)({ query })
  }

class Phone {
  constructor(window, server, pass) {
    Object.assign(this, { window, server, pass })
  }

  get text() {
    return this.window.document.body.textContent
  }

  all(selector) {
    return [...this.window.document.querySelectorAll(selector)]
  }

  one(selector) {
    return this.window.document.querySelector(selector)
  }

  async press(text) {
    this.all("button")
      .find((button) => button.firstChild.textContent === text)
      .click()
    await settle()
  }

  async write(text, question = 11) {
    const area = this.one(`#fraga${question}`)
    area.value = text
    area.dispatchEvent(new this.window.Event("input"))
    this.one(`form[data-fraga="${question}"] [type=submit]`).click()
    await settle()
  }

  // What the participant sees of what has been sent.
  get lines() {
    return this.all(".skickade li").map((line) =>
      [...line.querySelectorAll(":scope > span:not(.gor)")].map((s) => s.textContent),
    )
  }

  get contact() {
    const line = this.one("#ute")
    return line.hidden ? "" : line.textContent
  }

  get fault() {
    const line = this.one("#fraga11-fel")
    return line.hidden ? "" : line.textContent
  }

  get stored() {
    return { ...this.window.localStorage }
  }

  get group() {
    return this.stored.naravard_abc234_grupp
  }

  get waiting() {
    return Object.entries(this.stored).filter(([name]) => name.startsWith("naravard_abc234_svar_"))
  }

  get received() {
    return this.server.sent(ANSWERS).map(({ body }) => body)
  }
}

async function phoneWith(
  t,
  { open = () => WORKSHOP, ...answers } = {},
  { stored = IN_A_GROUP, address = "/d/abc234", came = null } = {},
) {
  const pass = stopClock(t)
  const server = new Server({ [NEWS]: telling(open), [POST]: { nytt: true }, ...answers })
  const html = HTML.replace("{start}", JSON.stringify(came)).replace("{watchdog.js}", "").replace("{first.js}", "")
  const window = openWindow(address, { html, stored })
  await load("naravard/room/static/participant.js")
  await settle()
  return new Phone(window, server, pass)
}

const keys = (bodies) => bodies.map(({ nyckel }) => nyckel)

test("a group is chosen first, remembered, and can be changed", async (t) => {
  const phone = await phoneWith(t, {}, { stored: {}, address: "/d/ABC234" })
  assert.deepEqual(
    phone.all("button").map((button) => button.textContent),
    ["Kalmar", "Öland"],
  )
  await phone.press("Öland")
  assert.match(phone.text, /Öland/)
  assert.equal(phone.group, "2")
  assert.equal(phone.window.document.activeElement.textContent, "Öland")
  await phone.press("Byt grupp")
  assert.equal(phone.group, undefined)
  assert.equal(phone.window.document.activeElement.textContent, "Vilken grupp är du med i?")
  assert.equal(phone.all("form").length, 0)
})

test("a phone that comes back is in its group, unless the leader has removed it", async (t) => {
  assert.equal((await phoneWith(t)).all("form").length, 2)
  t.mock.timers.reset()
  const stored = { naravard_abc234_grupp: "3" }
  assert.equal((await phoneWith(t, {}, { stored })).all("form").length, 0)
})

test("a browser that remembers nothing keeps the group for as long as the page is there", async (t) => {
  const phone = await phoneWith(t, {}, { stored: {} })
  Object.defineProperty(globalThis, "localStorage", {
    get() {
      throw new Error("SecurityError")
    },
    configurable: true,
  })
  await phone.press("Kalmar")
  assert.match(phone.text, /KalmarByt grupp/)
  await phone.write("Korta vägar")
  assert.deepEqual(phone.lines, [["Korta vägar", "✓ skickat"]])
})

test("an answer is sent with its question, group, figure and a number of its own", async (t) => {
  const shown = { id: 5, titel: "77 %", kalla: "Källa", kolumner: [], rader: [], exempel: false, adress: null }
  const withFigure = { ...WORKSHOP, visas: shown }
  const phone = await phoneWith(t, { open: () => withFigure })
  assert.equal(phone.fault, "")
  let submitted
  phone.window.addEventListener("submit", (event) => (submitted = event))
  await phone.write("  Korta vägar ")
  assert.ok(submitted.defaultPrevented, "the page is not loaded anew")
  assert.equal(phone.window.document.activeElement.id, "fraga11", "one can write on")
  await phone.write("Tid", 12)
  const [first, second] = phone.received
  const { nyckel, telefon, alder, ...rest } = first
  assert.equal(alder, 0)
  assert.deepEqual(rest, { fraga: 11, grupp: 2, figur: 5, text: "Korta vägar", utgava: 1 })
  assert.match(nyckel, /^[0-9a-f]{32}$/)
  assert.match(telefon, /^[0-9a-f]{32}$/)
  assert.notEqual(nyckel, second.nyckel)
  assert.equal(telefon, second.telefon)
  assert.equal(second.fraga, 12)
  assert.deepEqual(phone.lines, [
    ["Korta vägar", "✓ skickat"],
    ["Tid", "✓ skickat"],
  ])
  assert.equal(phone.one("#fraga11").value, "")
})

test("what has been received is not sent again, however long the page is there", async (t) => {
  const phone = await phoneWith(t)
  await phone.write("Korta vägar")
  await phone.pass(30_000)
  assert.equal(phone.received.length, 1)
})

test("without contact an answer waits, and is sent under the same number until it is received", async (t) => {
  let contact = false
  const phone = await phoneWith(t, { [POST]: () => (contact ? { nytt: true } : NO_CONTACT) })
  await phone.write("Korta vägar")
  assert.deepEqual(phone.lines, [["Korta vägar", "väntar på nätet"]])
  assert.match(phone.contact, /^Ingen kontakt just nu/)
  await phone.pass(1_900)
  assert.equal(phone.received.length, 1)
  await phone.pass(2_100)
  assert.equal(phone.received.length, 3)
  await phone.pass(2_000)
  assert.match(phone.contact, /^Ingen kontakt just nu/)
  contact = true
  await phone.pass(2_000)
  assert.deepEqual(phone.lines, [["Korta vägar", "✓ skickat"]])
  assert.equal(phone.contact, "", "at once, not at the next look")
  await phone.pass(20_000)
  assert.equal(phone.received.length, 5)
  assert.equal(new Set(keys(phone.received)).size, 1)
})

test("several that wait are sent one at a time and in order", async (t) => {
  let contact = false
  let underWay = 0
  const phone = await phoneWith(t, {
    [POST]: async () => {
      underWay += 1
      assert.equal(underWay, 1)
      await settle()
      underWay -= 1
      return contact ? { nytt: true } : NO_CONTACT
    },
  })
  for (const text of ["ett", "två", "tre"]) {
    await phone.write(text)
    await phone.pass(100)
  }
  await phone.pass(2_000)
  contact = true
  await phone.pass(4_000)
  const texts = phone.received.map(({ text }) => text)
  assert.deepEqual([...new Set(texts)], ["ett", "två", "tre"])
  assert.deepEqual(texts.slice(-3), ["ett", "två", "tre"])
  assert.deepEqual(
    phone.lines.map(([text]) => text),
    ["tre", "två", "ett"],
    "the newest is shown first",
  )
})

test("an answer whose receipt was lost is sent again under its number, so that it is kept once", async (t) => {
  const numbers = new Set()
  let lost = 0
  const phone = await phoneWith(t, {
    [POST]: ({ body }) => {
      numbers.add(body.nyckel)
      lost += 1
      return lost === 1 ? NO_CONTACT : { nytt: false }
    },
  })
  await phone.write("Korta vägar")
  await phone.pass(2_000)
  assert.equal(numbers.size, 1)
  assert.deepEqual(phone.lines, [["Korta vägar", "✓ skickat"]])
})

test("a phone that is loaded again sends what waits, under its old number", async (t) => {
  const phone = await phoneWith(t, { [POST]: NO_CONTACT })
  await phone.write("Korta vägar")
  const [{ nyckel }] = phone.received
  t.mock.timers.reset()
  const again = await phoneWith(t, {}, { stored: phone.stored })
  assert.deepEqual(keys(again.received), [nyckel])
  assert.deepEqual(again.lines, [["Korta vägar", "✓ skickat"]])
  t.mock.timers.reset()
  const third = await phoneWith(t, {}, { stored: again.stored })
  assert.deepEqual(third.received, [])
  assert.deepEqual(third.lines, [["Korta vägar", "✓ skickat"]])
})

test("what is stored and cannot be read is removed, and hinders nothing", async (t) => {
  const broken = { naravard_abc234_svar_x: "{", naravard_abc234_svar_y: "null", naravard_annan_svar_z: "{" }
  const phone = await phoneWith(t, {}, { stored: { ...IN_A_GROUP, ...broken } })
  await phone.write("Korta vägar")
  assert.equal(phone.received.length, 1)
  assert.equal(phone.stored.naravard_abc234_svar_x, undefined)
  assert.equal(phone.stored.naravard_annan_svar_z, "{", "another workshop's is not touched")
})

test("two tabs of a phone see each other's answers, and what is received never waits again", async (t) => {
  const phone = await phoneWith(t)
  await phone.write("Mitt")
  const [{ nyckel }] = phone.received
  const stale = { nyckel, fraga: 11, grupp: 2, text: "Mitt", nar: 1, tillstand: "väntar" }
  const theirs = { nyckel: "b".repeat(32), fraga: 11, grupp: 2, text: "Deras", nar: 2, tillstand: "skickat" }
  phone.window.localStorage.setItem(`naravard_abc234_svar_${nyckel}`, JSON.stringify(stale))
  phone.window.localStorage.setItem(`naravard_abc234_svar_${theirs.nyckel}`, JSON.stringify(theirs))
  phone.window.dispatchEvent(new phone.window.Event("storage"))
  await phone.pass(10_000)
  assert.equal(phone.received.length, 1)
  assert.deepEqual(phone.lines, [
    ["Mitt", "✓ skickat"],
    ["Deras", "✓ skickat"],
  ])
})

test("a phone that sends too often is told so in the server's words, and sends later by itself", async (t) => {
  let refuses = true
  const phone = await phoneWith(t, {
    [POST]: () => (refuses ? new Refusal(429, { fel: "Vänta lite." }) : { nytt: true }),
  })
  await phone.write("Korta vägar")
  assert.equal(phone.contact, "Vänta lite.")
  assert.deepEqual(phone.lines, [["Korta vägar", "väntar på nätet"]])
  refuses = false
  await phone.pass(2_000)
  assert.deepEqual(phone.lines, [["Korta vägar", "✓ skickat"]])
})

test("an answer that is refused stays with its reason, and the next is sent", async (t) => {
  const phone = await phoneWith(t, {
    [POST]: ({ body }) => (body.text === "nej" ? new Refusal(400, { fel: "Ledaren har stängt." }) : { nytt: true }),
  })
  await phone.write("nej")
  await phone.write("ja", 12)
  assert.deepEqual(phone.lines[0].slice(0, 2), ["nej", "Ledaren har stängt."])
  assert.deepEqual(phone.lines[1], ["ja", "✓ skickat"])
  await phone.pass(10_000)
  assert.equal(phone.received.length, 2)
  assert.equal(phone.waiting.length, 2, "it is there also when the page is loaded again")
})

test("an answer that is refused can be changed and sent anew, or removed", async (t) => {
  let refuses = true
  const phone = await phoneWith(t, { [POST]: () => (refuses ? new Refusal(400, { fel: "Nej." }) : { nytt: true }) })
  await phone.write("första")
  phone.one("#fraga11").value = "påbörjat"
  await phone.press("Ändra")
  assert.equal(phone.one("#fraga11").value, "påbörjat första")
  assert.equal(phone.window.document.activeElement.id, "fraga11")
  assert.deepEqual(phone.lines, [])
  assert.deepEqual(phone.waiting, [])
  await phone.write("andra")
  await phone.press("Ta bort")
  assert.deepEqual([phone.lines, phone.waiting], [[], []])
  refuses = false
  await phone.write("tredje")
  assert.equal(new Set(keys(phone.received)).size, 3)
})

test("nothing is sent of an empty answer, and the second press on a button is no fault", async (t) => {
  const phone = await phoneWith(t)
  await phone.write("   ")
  assert.equal(phone.fault, "Skriv något först.")
  await phone.write("Korta vägar")
  assert.equal(phone.fault, "")
  await phone.write("")
  assert.equal(phone.fault, "")
  await phone.pass(1_600)
  await phone.write("")
  assert.equal(phone.fault, "Skriv något först.")
  assert.equal(phone.received.length, 1)
})

test("one question waits at the server at a time, and without contact one is asked every two seconds", async (t) => {
  let answer = NO_CONTACT
  const phone = await phoneWith(t, { open: () => answer })
  const looks = () => phone.server.sent("/api/workshop/abc234/nytt", "GET").length
  assert.match(phone.contact, /^Ingen kontakt just nu/)
  await phone.pass(4_000)
  assert.equal(looks(), 3)
  answer = WORKSHOP
  await phone.pass(2_000)
  assert.equal(phone.contact, "")
  const before = looks()
  await phone.pass(60_000)
  assert.equal(looks() - before, 3)
  answer = { ...WORKSHOP, namn: "Våren" }
  await phone.pass(200)
  assert.match(phone.text, /Våren/)
})

test("what came with the page is used at once, and what was known is shown without a net", async (t) => {
  const came = { nar: 5, deltagare: { tagg: "t", innehall: WORKSHOP } }
  const phone = await phoneWith(t, { open: () => NO_CONTACT }, { came })
  assert.equal(phone.all("form").length, 2)
  assert.match(phone.contact, /^Ingen kontakt just nu/)
  assert.equal("klar" in phone.window.document.documentElement.dataset, true)
  t.mock.timers.reset()
  const known = { nar: 9, deltagare: { tagg: "u", innehall: { ...WORKSHOP, namn: "Senare" } } }
  const waits = { nyckel: "a".repeat(32), fraga: 11, grupp: 2, text: "Väntar", nar: 1, tillstand: "väntar" }
  const stored = {
    ...IN_A_GROUP,
    naravard_abc234_workshop_2: JSON.stringify(known),
    [`naravard_abc234_svar_${waits.nyckel}`]: JSON.stringify(waits),
  }
  const offline = await phoneWith(t, { open: () => NO_CONTACT, [POST]: NO_CONTACT }, { came, stored })
  assert.match(offline.text, /Senare/)
  assert.deepEqual(offline.lines, [["Väntar", "väntar på nätet"]])
})

test("how long an answer has waited is told, so that one from before the closing is kept", async (t) => {
  let contact = false
  let open = WORKSHOP
  const phone = await phoneWith(t, { open: () => open, [POST]: () => (contact ? { nytt: true } : NO_CONTACT) })
  await phone.write("Korta vägar")
  await phone.pass(6_000)
  open = { ...WORKSHOP, oppen: false }
  contact = true
  await phone.pass(2_000)
  assert.deepEqual(phone.lines, [["Korta vägar", "✓ skickat"]])
  assert.equal(phone.received.at(-1).alder, 8_000)
})

test("when the leader clears the answers the phone forgets what it has sent, and not what waits", async (t) => {
  let open = WORKSHOP
  let contact = true
  const phone = await phoneWith(t, { open: () => open, [POST]: () => (contact ? { nytt: true } : NO_CONTACT) })
  await phone.write("repetition")
  contact = false
  await phone.write("väntar", 12)
  open = { ...WORKSHOP, rensad: 1 }
  await phone.pass(200)
  assert.deepEqual(phone.lines, [["väntar", "väntar på nätet"]])
})

test("which question is on the board is told, and the one who writes stays where they are", async (t) => {
  let open = WORKSHOP
  const phone = await phoneWith(t, { open: () => open })
  phone.one("#fraga11").focus()
  open = { ...WORKSHOP, fraga_nu: 12 }
  await phone.pass(200)
  assert.match(phone.one("form[data-fraga='12']").textContent, /på tavlan nu/)
  assert.doesNotMatch(phone.one("form[data-fraga='11']").textContent, /på tavlan nu/)
  assert.equal(phone.window.document.activeElement.id, "fraga11")
})

test("letters are counted as they are written, and what becomes of an answer is said aloud", async (t) => {
  let contact = true
  const phone = await phoneWith(t, { [POST]: () => (contact ? { nytt: true } : NO_CONTACT) })
  const area = phone.one("#fraga11")
  area.value = "å".repeat(31)
  area.dispatchEvent(new phone.window.Event("input"))
  assert.equal(phone.one("#fraga11-antal").textContent, "31 av 30 tecken")
  assert.equal(area.getAttribute("aria-invalid"), "true")
  assert.equal(area.value.length, 31, "nothing is cut")
  await phone.write("kort")
  assert.equal(phone.one("#sagt").textContent, "Svaret är skickat.")
  assert.equal(phone.one("#fraga11-antal").textContent, "0 av 30 tecken")
  contact = false
  await phone.write("till")
  assert.equal(phone.one("#sagt").textContent, "Svaret väntar på nätet.")
  assert.deepEqual(
    phone.all("form [type=submit]").map((button) => button.textContent),
    ["Skicka svar på: Vad fungerar?", "Skicka svar på: Vad saknas?"],
  )
})

test("half-written answers stay when the leader changes the questions, and nothing is drawn anew without a change", async (t) => {
  let workshop = WORKSHOP
  const phone = await phoneWith(t, { open: () => workshop })
  const area = phone.one("#fraga11")
  area.value = "halvskri"
  await phone.pass(5_000)
  assert.equal(phone.one("#fraga11"), area)
  workshop = { ...WORKSHOP, namn: "Våren", fragor: [{ id: 11, text: "Vad fungerar här?", oppen: true }] }
  await phone.pass(5_000)
  assert.notEqual(phone.one("#fraga11"), area)
  assert.equal(phone.one("#fraga11").value, "halvskri")
  assert.equal(phone.one("label[for=fraga11]").textContent, "Vad fungerar här?")
  assert.equal(phone.window.document.title, "Våren – Nära vård i siffror")
  assert.equal(phone.one("#fraga12"), null)
})

test("a closed workshop takes nothing new and shows what has been sent", async (t) => {
  let workshop = WORKSHOP
  const phone = await phoneWith(t, { open: () => workshop })
  await phone.write("Korta vägar")
  workshop = { ...WORKSHOP, oppen: false }
  await phone.pass(5_000)
  assert.ok(phone.one("#fraga11").disabled)
  assert.ok(phone.one("form [type=submit]").disabled)
  assert.match(phone.text, /Ledaren har stängt för nya svar/)
  assert.deepEqual(phone.lines, [["Korta vägar", "✓ skickat"]])
})

test("a workshop that is deleted says so, and comes back whole if it was a mistake", async (t) => {
  const figure = { id: 5, titel: "77 %", kalla: "", kolumner: [], rader: [], exempel: false, adress: null }
  let answer = { ...WORKSHOP, visas: figure }
  const phone = await phoneWith(t, { open: () => answer })
  assert.equal(phone.one("#visas").hidden, false)
  answer = new Refusal(404, { fel: "Workshoppen är raderad." })
  await phone.pass(5_000)
  assert.equal(phone.one("#innehall").textContent, "Workshoppen är raderad.")
  assert.ok(phone.one("#visas").hidden)
  answer = WORKSHOP
  await phone.pass(5_000)
  assert.equal(phone.all("form").length, 2)
})

test("the figure on the wall is a table of texts, open where it was open", async (t) => {
  const figure = {
    id: 5,
    titel: "77 % <b>av</b> de boende",
    kalla: "Källa: SÄBO",
    kolumner: ["Område", "Andel"],
    rader: [["Kalmar", "77 %"]],
    exempel: true,
    adress: "sabo?x=1",
  }
  let workshop = { ...WORKSHOP, visas: figure }
  const phone = await phoneWith(t, { open: () => workshop })
  assert.match(phone.one("#visas summary").textContent, /På skärmen: EXEMPELDATA\. 77 % <b>av<\/b> de boende/)
  assert.deepEqual(
    phone.all("#visas th, #visas td").map((cell) => cell.textContent),
    ["Område", "Andel", "Kalmar", "77 %"],
  )
  assert.equal(phone.one("#visas a").getAttribute("href"), "/sabo?x=1")
  const details = phone.one("#visas details")
  assert.equal(details.open, false)
  details.open = true
  await phone.pass(5_000)
  assert.equal(phone.one("#visas details"), details)
  workshop = { ...WORKSHOP, visas: { ...figure, rader: [], exempel: false, adress: null } }
  await phone.pass(5_000)
  assert.ok(phone.one("#visas details").open)
  assert.equal(phone.one("#visas table"), null)
  assert.equal(phone.one("#visas a"), null)
  assert.doesNotMatch(phone.one("#visas").textContent, /EXEMPELDATA/)
  workshop = WORKSHOP
  await phone.pass(5_000)
  assert.ok(phone.one("#visas").hidden)
})

for (const text of ["mitt ID-1234", "ID-\u0661\u0662\u0663\u0664", "ID\u200b-12\u00ad34", "1 2 3  4\n5"]) {
  test(`what the server says looks like a person id does not leave the phone: ${JSON.stringify(text)}`, async (t) => {
    const phone = await phoneWith(t)
    await phone.write(text)
    assert.equal(phone.fault, "Svaret innehåller något som liknar ett personnummer. Skriv utan det.")
    assert.equal(phone.one("#fraga11").value, text, "it can be changed")
    assert.deepEqual([phone.received, phone.waiting, phone.lines], [[], [], []])
    await phone.write("utan")
    assert.deepEqual([phone.fault, phone.received.length], ["", 1])
  })
}

test("what the server says looks like a person id is no other text, and a new rule holds at once", async (t) => {
  let workshop = WORKSHOP
  const phone = await phoneWith(t, { open: () => workshop })
  for (const text of ["ID-123", "19121212-1212", "1 2 3 4 år 5"]) await phone.write(text)
  assert.equal(phone.received.length, 3)
  workshop = { ...WORKSHOP, personnummer: { text: "hemlig", siffror: "hemlig" } }
  await phone.pass(5_000)
  await phone.write("en hemlig sak")
  await phone.write("ID-1234")
  assert.deepEqual(phone.received.at(-1).text, "ID-1234")
  assert.equal(phone.received.length, 4)
})

test("an answer is as long as the server says: letters are counted, and not how they are stored", async (t) => {
  const phone = await phoneWith(t)
  await phone.write("å".repeat(31))
  assert.equal(phone.fault, "Svaret får ha högst 30 tecken. Korta det.")
  assert.deepEqual([phone.received, phone.waiting], [[], []])
  for (const text of ["å".repeat(30), "a\u030a".repeat(30), "👍".repeat(30), `${"x ".repeat(14)}\n\n  xx`])
    await phone.write(text)
  assert.equal(phone.received.length, 4)
  await phone.write("👍".repeat(31))
  assert.equal(phone.received.length, 4)
})

test("an answer that grows too long is told while it is written, and a person id first when it is sent", async (t) => {
  const phone = await phoneWith(t)
  const area = phone.one("#fraga11")
  const type = (text) => {
    area.value = text
    area.dispatchEvent(new phone.window.Event("input"))
    return phone.fault
  }
  assert.equal(type("x".repeat(30)), "")
  assert.match(type("x".repeat(31)), /högst 30 tecken/)
  assert.equal(type("x".repeat(30)), "")
  assert.equal(type("ID-1234"), "")
  assert.equal(type(""), "")
})

test("what the server takes for a person id stays on the page to be changed, and not in the phone", async (t) => {
  const told = { fel: "Svaret liknar något.", felkod: "person_id" }
  const phone = await phoneWith(t, {
    [POST]: ({ body }) => new Refusal(400, body.text === "id" ? told : { fel: "Inget personnummer.", felkod: "" }),
  })
  await phone.write("id")
  await phone.write("annat", 12)
  assert.deepEqual(
    phone.lines.map(([text, fault]) => [text, fault]),
    [
      ["id", "Svaret liknar något."],
      ["annat", "Inget personnummer."],
    ],
  )
  assert.deepEqual(
    phone.waiting.map(([, stored]) => JSON.parse(stored).text),
    ["annat"],
    "it is the code that says so, not the words",
  )
})

const WITHDRAW = "POST /api/workshop/abc234/tillbaka"

test("an answer is changed in its place, under its number, and counted", async (t) => {
  const phone = await phoneWith(t)
  await phone.write("först")
  await phone.press("Ändra")
  const area = phone.one(".skickade textarea")
  assert.deepEqual([area.value, phone.window.document.activeElement], ["först", area])
  area.value = "å".repeat(31)
  await phone.press("Spara")
  assert.match(phone.one(".skickade .fel").textContent, /högst 30 tecken/)
  area.value = " sedan "
  await phone.write("ett till")
  assert.equal(phone.window.document.activeElement.tagName, "TEXTAREA")
  await phone.press("Spara")
  assert.deepEqual(phone.lines, [
    ["sedan", "✓ skickat"],
    ["ett till", "✓ skickat"],
  ])
  const [first, , changed] = phone.received
  assert.deepEqual([changed.nyckel, changed.text, changed.utgava], [first.nyckel, "sedan", 2])
})

test("a change waits without contact, and one that is refused leaves what the server has", async (t) => {
  let answer = { nytt: true }
  const phone = await phoneWith(t, { [POST]: () => answer })
  await phone.write("först")
  answer = NO_CONTACT
  await phone.press("Ändra")
  phone.one(".skickade textarea").value = "sedan"
  await phone.press("Spara")
  assert.deepEqual(phone.lines, [["sedan", "väntar på nätet"]])
  answer = new Refusal(400, { fel: "Ledaren har stängt för nya svar.", felkod: "" })
  await phone.pass(2_100)
  assert.deepEqual(phone.lines, [["först", "✓ skickat", "Ledaren har stängt för nya svar."]])
})

test("an answer is taken back after a question, and until the server knows", async (t) => {
  let contact = false
  const phone = await phoneWith(t, { [WITHDRAW]: () => (contact ? { borta: true } : NO_CONTACT) })
  await phone.write("ångrar mig")
  globalThis.confirm = () => false
  await phone.press("Ta bort")
  assert.deepEqual(phone.lines, [["ångrar mig", "✓ skickat"]])
  globalThis.confirm = () => true
  await phone.press("Ta bort")
  assert.deepEqual(phone.lines, [["ångrar mig", "tas bort …"]])
  assert.equal(phone.all(".gor").length, 0)
  contact = true
  await phone.pass(2_100)
  assert.deepEqual([phone.lines, phone.waiting], [[], []])
  const [{ body }] = phone.server.sent("/api/workshop/abc234/tillbaka").slice(-1)
  assert.deepEqual([body.nyckel, body.text], [phone.received[0].nyckel, undefined])
})

test("an answer that is changed while it is on its way is sent again, and never taken for sent", async (t) => {
  const gates = []
  const phone = await phoneWith(t, { [POST]: () => new Promise((done) => gates.push(done)) })
  await phone.write("först")
  await phone.press("Ändra")
  phone.one(".skickade textarea").value = "sedan"
  await phone.press("Spara")
  gates.shift()({ nytt: true })
  await phone.pass(100)
  assert.deepEqual(phone.lines, [["sedan", "väntar på nätet"]])
  gates.shift()({ nytt: true })
  await phone.pass(100)
  assert.deepEqual(phone.lines, [["sedan", "✓ skickat"]])
  assert.deepEqual(
    phone.received.map(({ text, utgava }) => [text, utgava]),
    [
      ["först", 1],
      ["sedan", 2],
    ],
  )
})

test("a question that is closed shows one's answers and what was not sent, and gives it back", async (t) => {
  let workshop = WORKSHOP
  const phone = await phoneWith(t, { open: () => workshop })
  await phone.write("mitt svar")
  phone.one("#fraga11").value = "halvskri"
  workshop = { ...WORKSHOP, fragor: WORKSHOP.fragor.map((one) => ({ ...one, oppen: one.id === 12 })) }
  await phone.pass(5_000)
  assert.deepEqual(
    phone.all(".vilken").map((one) => one.textContent),
    ["Fråga 2 av 2", "Fråga 1 av 2"],
    "what can be answered comes first",
  )
  const closed = phone.one("section[data-fraga='11']")
  assert.match(closed.textContent, /Frågan är stängd just nu\..*Du hann inte skicka: ”halvskri”.*mitt svar/)
  assert.equal(closed.querySelector("button"), null)
  workshop = WORKSHOP
  await phone.pass(5_000)
  assert.equal(phone.one("#fraga11").value, "halvskri")
})

test("others' answers are asked for and shown when the leader lets them be", async (t) => {
  let workshop = WORKSHOP
  const card = { id: 1, fraga: 11, grupp: 1, text: "<b>deras</b>", gemensamt: true, ihop: [2], lika: ["Öland: lika"] }
  const phone = await phoneWith(t, {
    open: () => workshop,
    [NEWS]: async (request) => {
      if (request.query.get("kort") === "") return { kort: { tagg: "k", innehall: [card] } }
      return telling(() => workshop)(request)
    },
  })
  await phone.pass(5_000)
  assert.ok(phone.server.requests.every(({ query }) => !query.has("kort")))
  workshop = { ...WORKSHOP, visa_svar: true, granskas: true }
  await phone.pass(10_000)
  const shown = phone.one("form[data-fraga='11'] .andras")
  assert.deepEqual([shown.hidden, shown.querySelector("summary").textContent], [false, "Allas svar (2)"])
  assert.equal(shown.querySelector("li").textContent, "Kalmar: ★ <b>deras</b>+ Öland: lika")
  assert.ok(phone.one("form[data-fraga='12'] .andras").hidden)
  assert.match(phone.text, /Ledaren läser svaren innan de visas/)
  workshop = WORKSHOP
  await phone.pass(5_000)
  assert.ok(phone.one("form[data-fraga='11'] .andras").hidden)
})

test("while dots are put they come first, and one can still write", async (t) => {
  const card = { id: 1, fraga: 11, grupp: 1, text: "svar", gemensamt: false, ihop: [], lika: [] }
  const workshop = { ...WORKSHOP, rostningar: [{ om: 11, oppen: true, visas: false }] }
  const phone = await phoneWith(t, {
    open: () => workshop,
    [NEWS]: async (request) =>
      request.query.get("kort") === "" ? { kort: { tagg: "k", innehall: [card] } } : telling(() => workshop)(request),
  })
  await phone.pass(500)
  assert.ok(!phone.one("#prickar").hidden)
  assert.equal(phone.all("#prickar button").length, 1)
  assert.equal(phone.one("details > summary").textContent, "Skriv fler svar")
  await phone.write("ett till")
  assert.deepEqual(phone.lines, [["ett till", "✓ skickat"]])
})
