// What is laid over the screen on demand: the keys, and the QR code with a short link to the same view.

import { ask, inWords } from "./ask.js"
import { byId, part, say } from "./dom.js"
import { letters } from "./keys.js"
import { turning } from "./turning.js"

/** @import { Show } from "./show.js" */

const FETCH_AGAIN = 2_000
const LAYERS = { keys: "Tangenter", code: "QR-kod" }

export class Overlay {
  constructor() {
    this.place = /** @type {HTMLDialogElement} */ (byId("over"))
    this.place.addEventListener("cancel", (event) => event.preventDefault()) // Escape is one of our keys (keys.js)
    /** @type {() => unknown} what its own button does */
    this.leave = () => this.close()
    /** @type {"keys" | "code" | null} */
    this.name = null
    this.address = ""
  }

  /**
   * @param {"keys" | "code"} name
   * @param {Node} content
   */
  toggle(name, content) {
    if (this.name === name) return this.close()
    this.name = name
    const close = part("button", {
      type: "button",
      className: "stang",
      text: "Stäng",
      on: { click: () => this.leave() },
    })
    this.place.replaceChildren(content, close)
    this.place.tabIndex = -1
    this.place.setAttribute("aria-label", LAYERS[name])
    if (!this.place.open) this.place.showModal()
    this.place.focus() // not its button, whose ring would be on the wall
  }

  close() {
    this.name = null
    if (this.place.open) this.place.close()
    this.place.replaceChildren()
  }

  /** @param {Show} show */
  keys(show) {
    const rows = (show.base?.tangenter ?? []).map(([keys, text]) =>
      part("tr", {}, part("th", { scope: "row", text: keys }), part("td", { text })),
    )
    this.toggle(
      "keys",
      part(
        "div",
        { className: "ruta" },
        part("h2", { text: "Tangenter" }),
        part("table", {}, ...rows),
        part("p", { text: "Pekskärm: svep åt sidan. Stäng med ? eller Esc." }),
        part("p", {}, part("label", {}, lettersBox(), " Tangenter med en bokstav (B, K, Q …) styr visningen")),
        show.kod
          ? part("p", {}, part("label", {}, turningBox(), " Tavlans sidor byts av sig själva här, var tolfte sekund"))
          : null,
      ),
    )
  }

  /**
   * The QR code is a part of what is shown: the presenter's Q puts it on the wall. It is drawn anew at a new address.
   * @param {Show} show
   */
  async code(show) {
    const address = show.base?.adress ?? ""
    if (show.state.qr === (this.name === "code") && (!show.state.qr || this.address === address)) return
    if (!show.state.qr) return this.close()
    this.name = null
    this.address = address
    const box = part(
      "div",
      { className: "ruta kod" },
      part("h2", { text: show.kod ? "Svara på din telefon" : "Samma bild på din telefon" }),
    )
    this.toggle("code", box)
    try {
      box.append(...(await codeOf(show)))
    } catch (error) {
      box.append(part("p", { text: inWords(error) }))
    }
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let flashing

/**
 * A word that is there for a moment.
 * @param {string} text
 */
export function flash(text) {
  const place = byId("besked")
  say(place, text)
  clearTimeout(flashing)
  flashing = setTimeout(() => say(place, ""), 2_500)
}

/**
 * The QR code, its address in letters that can be read from the back of a room, and a word where phones cannot reach it.
 * @param {Show} show
 */
async function codeOf(show) {
  if (show.base?.rum && !show.kod) return [part("p", { text: ONLY_WORKSHOP })]
  const path = show.kod ? `/d/${show.kod}` : await shortLink(show)
  if (!path) return [part("p", { text: "Den här bilden har ingen egen sida." })]
  const address = `${show.base?.adress}${path}`
  /** @type {HTMLElement[]} */
  const parts = [
    qr(path, `QR-kod till ${address}`, address),
    part("p", { className: "adress", text: address.replace(/^https?:\/\//, "") }),
  ]
  if (show.base?.rum)
    parts.push(
      part(
        "p",
        { className: "eller" },
        "eller skriv koden ",
        part("b", { text: show.kod ?? "" }),
        ` på ${hostOf(show)}`,
      ),
    )
  return show.base?.lokal ? [...parts, part("p", { className: "lokal", text: LOCAL })] : parts
}

/** @param {Show} show */
const hostOf = (show) => (show.base?.adress ?? "").replace(/^https?:\/\//, "")

export const LOCAL = "Den här adressen når bara den här datorn. På sidan Hjälp står hur telefonerna når den."

export const FOLLOWS = "Den här skärmen följer ledaren. Öppna den från ledarens vy för att styra härifrån."

const ONLY_WORKSHOP = "I rumsläget når telefonerna bara en workshop. Öppna en på sidan Workshop."

/**
 * @param {Show} show
 * @returns {Promise<string | null>}
 */
async function shortLink(show) {
  const screen = await show.screen(show.state.nr)
  if (!screen.adress) return null
  const { lank } = await ask("/api/projektor/lank", { method: "POST", body: { adress: screen.adress } })
  return lank
}

/**
 * A picture of a code; fetched again until it has come, and anew where the address is another.
 * @param {string} path
 * @param {string} alt
 * @param {string} address
 */
export function qr(path, alt, address) {
  const source = `/api/projektor/qr.svg?${new URLSearchParams({ adress: path, vid: address })}`
  const picture = part("img", { src: source, alt, className: "qr" })
  let tries = 0
  picture.addEventListener("error", () => {
    tries += 1
    setTimeout(() => picture.setAttribute("src", `${source}&igen=${tries}`), FETCH_AGAIN)
  })
  return picture
}

function lettersBox() {
  const box = part("input", { type: "checkbox", checked: letters.areOn })
  box.addEventListener("change", () => {
    letters.areOn = box.checked
  })
  return box
}

function turningBox() {
  const box = part("input", { type: "checkbox", checked: turning.isOn })
  box.addEventListener("change", () => {
    turning.isOn = box.checked
  })
  return box
}

/**
 * Whether there is contact, and whether there are newer figures: discreet lines, told when they change.
 * @param {Show} show
 */
export function tellOf(show) {
  const contact = () => say(byId("ute"), show.contact ? "" : "Ingen kontakt med servern. Bilderna finns kvar här.")
  const version = () => say(byId("ny"), show.hasNewer ? "Ny version finns (V)" : "")
  show.addEventListener("kontakt", contact)
  show.addEventListener("version", version)
  show.addEventListener("lage", version)
}
