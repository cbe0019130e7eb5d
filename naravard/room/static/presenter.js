// The presenter's view, on the laptop: what is on the wall, what comes next, notes and clock. It steers the projected
// window of the same browser, with or without contact with the server.

import { Board } from "./board.js"
import { Control, countsOf } from "./control.js"
import { byId, part, say } from "./dom.js"
import { keepPages } from "./keep.js"
import { listen, swipes } from "./keys.js"
import { Leader } from "./leader.js"
import { flash, Overlay, tellOf } from "./overlay.js"
import { Show } from "./show.js"
import { fill, OwnNotes, SlideList } from "./slides.js"
import { Stage } from "./stage.js"
import { steering } from "./steering.js"
import { Timer } from "./timer.js"
import { ON_A_QUESTION, Wall } from "./wall.js"

/** @import { Screen } from "../types" */

const show = new Show(location.href)
const overlay = new Overlay()
const STARTED = "naravard_start"
const began = { at: Number(session().getItem(STARTED)) || Date.now() }
/** @type {Stage} */
let now
/** @type {Stage} */
let next
/** @type {Wall | undefined} */
let wall
/** @type {SlideList} */
let list
let coming = 0
let openTab = "bilder"

const HERE = new Set(["window", "help"]) // what nobody but oneself sees
/** @type {Record<string, () => unknown>} */
const actions = {
  ...steering(show, overlay, () => wall),
  fullscreen: () => flash("F fyller skärmen i visningens eget fönster."),
  window: () => window.open(`/visa?${show.query}`, "naravard_visning"),
}

tellOf(show)
keepPages(location.pathname.startsWith("/led/") ? "/led/" : "/presentator")
listen(
  (name) => show.entries.length && actions[name]?.(),
  () => openTab === "bilder",
)
clock()
begin()
document.documentElement.dataset.klar = ""

async function begin() {
  try {
    await show.begin()
  } catch (error) {
    const text = /** @type {Error} */ (error).message
    document.querySelector("main")?.replaceChildren(part("p", { className: "vantar", text }))
    return
  }
  byId("namn").textContent = show.name
  document.title = `Presentatörsvy: ${show.name}`
  await document.fonts.load("400 24px 'Source Sans'").catch(() => {})
  now = new Stage(byId("nu"), { whole: false })
  next = new Stage(byId("nasta"), { whole: false })
  new Timer(byId("tid"), show, now)
  if (show.kod) withWorkshop()
  list = new SlideList(show, byId("lista"))
  buttons()
  swipes((way) => actions[way](), byId("nu"))
  show.addEventListener("lage", draw)
  show.addEventListener("version", draw)
  show.addEventListener("kontakt", draw)
  draw()
}

function withWorkshop() {
  const board = new Board(show)
  wall = new Wall(now, board, show)
  for (const event of ["andrad", "telefoner"]) board.addEventListener(event, () => tellOfRoom(board))
  if (!show.key) {
    if (location.pathname.startsWith("/led/"))
      say(byId("ute"), "Länken är inte ledarens. Kontrollera att hela länken kom med.")
    return
  }
  new Leader(show, board, { answers: byId("tavla"), about: byId("om") })
  new OwnNotes(show, board, byId("egna-anteckningar"))
  new Control(show, board, byId("deltagare"))
  tabs()
}

async function draw() {
  const mine = ++coming
  const { nr, kommun, svart, tavla } = show.state
  const last = nr + 1 >= show.entries.length
  now.scene.classList.toggle("med-tavla", tavla !== null)
  byId("nu").classList.toggle("svart", svart)
  byId("nu-rubrik").textContent = `På skärmen: ${whatIsOnScreen()}`
  say(byId("ser"), `Rummet ser: ${whatIsOnScreen()}`)
  for (const button of byId("knappar").querySelectorAll("button")) {
    if (button.dataset.gor === "renew") button.disabled = !show.hasNewer
    else if (!HERE.has(button.dataset.gor ?? "")) button.disabled = !show.maySteer
  }
  const screen = await show.screen(nr)
  if (mine !== coming) return
  now.slide(show.keyOf(nr), screen, `${nr + 1} (${show.entries.length})`)
  now.show(show.keyOf(nr), kommun)
  fill(byId("anteckningar"), notes(screen))
  say(byId("nasta-titel"), last ? "Det här är den sista bilden." : (await show.screen(nr + 1)).titel)
  byId("nasta").hidden = last
  if (!last) await drawNext(nr + 1, kommun, mine)
  const keys = new Set(show.entries.map((_, i) => show.keyOf(i)))
  for (const stage of [now, next]) stage.forget(keys)
  await list.draw() // which fetches all of them, so that they are here if the contact is lost
}

function whatIsOnScreen() {
  const { nr, svart, qr, tavla } = show.state
  if (svart) return "svart"
  if (qr) return "QR-koden"
  if (tavla === null) return `bild ${nr + 1} av ${show.entries.length}`
  const question = show.workshop?.fragor[Math.floor(tavla / ON_A_QUESTION)]
  return question ? `tavlan, ${question.text}` : "tavlan, det gemensamma"
}

/**
 * How many are there, and how much they have answered.
 * @param {Board} board
 */
function tellOfRoom(board) {
  if (!board.now) return say(byId("antal"), "")
  show.workshop = board.now
  say(byId("antal"), countsOf(board.now, board.phones))
}

/**
 * @param {number} nr
 * @param {string | null} kommun
 * @param {number} mine
 */
async function drawNext(nr, kommun, mine) {
  const screen = await show.screen(nr)
  if (mine !== coming) return
  next.slide(show.keyOf(nr), screen, `${nr + 1} (${show.entries.length})`)
  next.show(show.keyOf(nr), kommun)
}

/**
 * What to say: the notes of the slide, and all that the wall may have had no room for.
 * @param {Screen} screen
 */
function notes({ anteckningar, meningar, anmarkningar, kallor, tecken }) {
  const texts = [...meningar, ...anteckningar.split("\n"), ...anmarkningar, ...kallor, tecken].filter(Boolean)
  return texts.length
    ? texts.map((text) => part("p", { text }))
    : [part("p", { text: "Bilden har inga anteckningar." })]
}

function buttons() {
  const choices = [
    ["window", "Öppna visningen"],
    ["before", "‹ Föregående"],
    ["next", "Nästa ›"],
    ["kommunBefore", "‹ Kommun"],
    ["kommun", "Kommun ›"],
    ["board", "Visa tavlan (T)"],
    ["enlarge", "Förstora svar (E)"],
    ["blank", "Svart skärm (B)"],
    ["code", "Visa QR-kod (Q)"],
    ["renew", "Ny version (V)"],
    ["help", "Tangenter (?)"],
  ].filter(([name]) => show.kod || !["board", "enlarge"].includes(name))
  byId("knappar").append(
    ...choices.map(([name, text]) =>
      part("button", { type: "button", text, data: { gor: name }, on: { click: () => actions[name]() } }),
    ),
  )
}

function clock() {
  /** @param {number} number */
  const two = (number) => String(number).padStart(2, "0")
  const tick = () => {
    const time = new Date()
    byId("klocka").textContent = `${two(time.getHours())}:${two(time.getMinutes())}`
    const seconds = Math.floor((Date.now() - began.at) / 1000)
    byId("gatt").textContent =
      `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  }
  byId("nolla").addEventListener("click", () => {
    began.at = Date.now()
    session().setItem(STARTED, String(began.at))
    tick()
  })
  session().setItem(STARTED, String(began.at))
  setInterval(tick, 1_000)
  tick()
}

/**
 * What this tab remembers, so that the clock goes on when the page is loaded again; nothing where that is not allowed.
 * @returns {Pick<Storage, "getItem" | "setItem">}
 */
function session() {
  try {
    return sessionStorage
  } catch {
    return { getItem: () => null, setItem: () => {} }
  }
}

function tabs() {
  const names = ["bilder", "deltagare", "tavla", "om"]
  byId("flikar").hidden = false
  /** @param {string} chosen */
  const open = (chosen) => {
    openTab = chosen
    byId("bilder").inert = chosen !== "bilder"
    byId("bilder").classList.toggle("borta", chosen !== "bilder")
    for (const name of names.slice(1)) byId(name).hidden = name !== chosen
    for (const name of names) byId(`flik-${name}`).setAttribute("aria-pressed", String(name === chosen))
  }
  for (const name of names) byId(`flik-${name}`).addEventListener("click", () => open(name))
  open("bilder")
}
