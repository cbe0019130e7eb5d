// The projected window: one screen at a time, driven by keys, which goes on showing what it has when the server is gone.

import { Board } from "./board.js"
import { byId, part } from "./dom.js"
import { keepPages } from "./keep.js"
import { listen, swipes } from "./keys.js"
import { Overlay, tellOf } from "./overlay.js"
import { Show } from "./show.js"
import { Stage } from "./stage.js"
import { steering } from "./steering.js"
import { Timer } from "./timer.js"
import { Wall } from "./wall.js"

const IDLE = 2_500

const show = new Show(location.href, { leads: true })
const overlay = new Overlay()
/** @type {Stage} */
let stage
/** @type {Wall | undefined} */
let wall
let coming = 0

/** @type {Record<string, () => unknown>} */
const actions = {
  ...steering(show, overlay, () => wall),
  presenter: () => window.open(`/presentator?${show.query}`, "naravard_presentator"),
}

tellOf(show)
listen((name) => show.entries.length && actions[name]?.())
swipes((way) => actions[way]())
buttons()
keepPages("/visa")
begin()
document.documentElement.dataset.klar = ""

async function begin() {
  try {
    await show.begin()
  } catch (error) {
    byId("scen").replaceChildren(part("p", { className: "vantar", text: /** @type {Error} */ (error).message }))
    return
  }
  stage = new Stage(byId("scen"), { whole: true })
  await document.fonts.load("400 24px 'Source Sans'").catch(() => {}) // letters of another width would lay it out wrongly
  new Timer(byId("tid"), show, stage)
  if (show.kod) {
    wall = new Wall(stage, new Board(show), show)
    wall.turnByItself()
  }
  show.addEventListener("lage", draw)
  show.addEventListener("adress", draw)
  draw()
  stayAwake()
}

// A laptop that dims its screen in the middle of a discussion does not do so here, where the browser can be asked.
async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen")
  } catch {
    // the laptop's own settings decide
  }
}

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && stayAwake())

// Show the screen that one is at. Until it has come, the one before stays; then its neighbours are made ready.
async function draw() {
  const mine = ++coming
  byId("svart").hidden = !show.state.svart
  overlay.code(show)
  stage.scene.classList.toggle("med-tavla", show.state.tavla !== null)
  const { nr, kommun } = show.state
  const screen = await show.screen(nr)
  if (mine !== coming) return
  stage.slide(show.keyOf(nr), screen, `${nr + 1} (${show.entries.length})`)
  stage.show(show.keyOf(nr), kommun)
  tell(screen.titel)
  document.documentElement.dataset.visar = show.keyOf(nr)
  for (const near of [nr + 1, nr - 1, ...show.entries.map((_, i) => i)]) await ready(near, mine)
  stage.forget(new Set(show.entries.map((_, i) => show.keyOf(i))))
}

/**
 * Which screen it is, for those who do not see it.
 * @param {string} title
 */
function tell(title) {
  if (byId("sagt").textContent !== title) byId("sagt").textContent = title
  document.title = `${title} – ${show.name}`
}

/**
 * @param {number} nr
 * @param {number} mine
 */
async function ready(nr, mine) {
  if (nr < 0 || nr >= show.entries.length || mine !== coming) return
  const screen = await show.screen(nr)
  if (stage.slides.has(show.keyOf(nr))) return
  await new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done))
  if (mine === coming) stage.slide(show.keyOf(nr), screen, `${nr + 1} (${show.entries.length})`)
}

// For those without a keyboard: buttons that are there while the pointer moves (a debounce: they go when it has been
// still for a while), or when one of them has the focus.
function buttons() {
  const place = byId("knappar")
  for (const [name, text, title] of [
    ["before", "‹", "Föregående bild"],
    ["next", "›", "Nästa bild"],
    ["kommun", "Kommun", "Markera nästa kommun"],
    ["code", "QR", "QR-kod till telefoner"],
    ["board", "Tavla", "Mellan figur och tavla"],
    ["fullscreen", "Helskärm", "Helskärm"],
    ["help", "?", "Visa tangenterna"],
  ]) {
    if (name === "board" && !show.kod) continue
    place.append(
      part("button", { type: "button", text, title, "aria-label": title, on: { click: () => actions[name]() } }),
    )
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  addEventListener("pointermove", () => {
    document.body.classList.add("ror-sig")
    clearTimeout(timer)
    timer = setTimeout(() => document.body.classList.remove("ror-sig"), IDLE)
  })
}
