// The presenter's view, on the laptop: what is on the wall, what comes next, notes and clock. It steers the projected
// window of the same browser, with or without contact with the server.

import { Board, reportFigure } from "./board.js"
import { byId, part, say } from "./dom.js"
import { listen } from "./keys.js"
import { Leader } from "./leader.js"
import { Overlay, tellOf } from "./overlay.js"
import { Show } from "./show.js"
import { Stage } from "./stage.js"
import { Wall } from "./wall.js"

const show = new Show(location.href)
const overlay = new Overlay()
const began = { at: Date.now() }
let now
let next
let wall
let coming = 0

tellOf(show)
listen((name) => actions[name]?.())
clock()
begin()

async function begin() {
  try {
    await show.begin()
  } catch (error) {
    document.querySelector("main").replaceChildren(part("p", { className: "vantar", text: error.message }))
    return
  }
  byId("namn").textContent = show.name
  document.title = `Presentatörsvy: ${show.name}`
  await document.fonts.load("400 24px 'Source Sans'")
  now = new Stage(byId("nu"), { whole: false })
  next = new Stage(byId("nasta"), { whole: false })
  if (show.kod) withWorkshop()
  buttons()
  show.addEventListener("lage", draw)
  draw()
}

function withWorkshop() {
  const board = new Board(show)
  wall = new Wall(now, board, show)
  if (!show.key) return
  reportFigure(show)
  new Leader(show, board, { answers: byId("tavla"), about: byId("om") })
  tabs()
}

async function draw() {
  const mine = ++coming
  const { nr, kommun, svart, tavla } = show.state
  const last = nr + 1 >= show.entries.length
  now.scene.classList.toggle("med-tavla", tavla !== null)
  byId("nu").classList.toggle("svart", svart)
  byId("nu-rubrik").textContent = svart ? "På skärmen: svart" : `På skärmen: ${tavla === null ? `bild ${nr + 1} av ${show.entries.length}` : "tavlan"}`
  const screen = await show.screen(nr)
  const after = last ? null : await show.screen(nr + 1)
  if (mine !== coming) return
  now.slide(show.keyOf(nr), screen, `${nr + 1} (${show.entries.length})`)
  now.show(show.keyOf(nr), kommun)
  byId("anteckningar").replaceChildren(...notes(screen))
  say(byId("nasta-titel"), last ? "Det här är den sista bilden." : "")
  byId("nasta").hidden = last
  if (after) {
    next.slide(show.keyOf(nr + 1), after, `${nr + 2} (${show.entries.length})`)
    next.show(show.keyOf(nr + 1), kommun)
  }
}

// What to say: the notes of the slide, and all its remarks, also those that there was no room for.
function notes({ anteckningar, anmarkningar }) {
  const told = [...anteckningar.split("\n").filter(Boolean), ...anmarkningar]
  return told.length ? told.map((text) => part("p", { text })) : [part("p", { text: "Bilden har inga anteckningar." })]
}

const onBoard = () => wall && show.state.tavla !== null && !show.state.svart
const actions = {
  next: () => (onBoard() ? wall.step(1) : show.step(1)),
  before: () => (onBoard() ? wall.step(-1) : show.step(-1)),
  first: () => (onBoard() ? wall.first() : show.set({ nr: 0 })),
  last: () => (onBoard() ? wall.last() : show.set({ nr: show.entries.length - 1 })),
  blank: () => show.set({ svart: !show.state.svart }),
  kommun: () => show.nextKommun(1),
  kommunBefore: () => show.nextKommun(-1),
  board: () => show.kod && show.set({ tavla: show.state.tavla === null ? 0 : null }),
  renew: () => show.renew(),
  code: () => overlay.code(show),
  help: () => overlay.keys(show),
  close: () => overlay.close(),
  window: () => window.open(`/visa?${show.query}`, "naravard_visning"),
}

function buttons() {
  const made = [
    ["window", "Öppna visningen"], ["before", "‹ Föregående"], ["next", "Nästa ›"], ["blank", "Svart (B)"],
    ["kommunBefore", "‹ Kommun"], ["kommun", "Kommun ›"], ["board", "Figur/tavla (T)"], ["renew", "Ny version (V)"], ["help", "Tangenter (?)"],
  ].filter(([name]) => name !== "board" || show.kod)
  byId("knappar").append(...made.map(([name, text]) => part("button", { type: "button", text, on: { click: () => actions[name]() } })))
}

function clock() {
  const two = (number) => String(number).padStart(2, "0")
  const tick = () => {
    const time = new Date()
    byId("klocka").textContent = `${two(time.getHours())}:${two(time.getMinutes())}`
    const seconds = Math.floor((Date.now() - began.at) / 1000)
    byId("gatt").textContent = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  }
  byId("nolla").addEventListener("click", () => {
    began.at = Date.now()
    tick()
  })
  setInterval(tick, 1_000)
  tick()
}

function tabs() {
  const names = ["bilder", "tavla", "om"]
  byId("flikar").hidden = false
  const open = (chosen) => {
    for (const name of names) {
      byId(name).hidden = name !== chosen
      byId(`flik-${name}`).setAttribute("aria-selected", String(name === chosen))
      byId(`flik-${name}`).tabIndex = name === chosen ? 0 : -1
    }
  }
  names.forEach((name, place) => {
    byId(`flik-${name}`).addEventListener("click", () => open(name))
    byId(`flik-${name}`).addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (!way) return
      event.stopPropagation()
      const to = names[(place + way + names.length) % names.length]
      open(to)
      byId(`flik-${to}`).focus()
    })
  })
  open("bilder")
}
