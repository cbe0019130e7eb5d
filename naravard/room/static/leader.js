// What the leader does with a workshop: orders its answers, changes its questions, takes its board home, deletes it.

import { ask, inWords, Refused } from "./ask.js"
import { part, say } from "./dom.js"
import { LOCAL, qr } from "./overlay.js"
import { Settings } from "./settings.js"

/**
 * @import { Card, FullBoard } from "../types"
 * @import { Board } from "./board.js"
 * @import { Show } from "./show.js"
 */

export class Leader {
  /**
   * @param {Show} show
   * @param {Board} board
   * @param {{ answers: HTMLElement, about: HTMLElement }} places
   */
  constructor(show, board, { answers, about }) {
    this.show = show
    this.board = board
    this.about = about
    /** @type {Set<number>} */
    this.chosen = new Set()
    this.drawnState = ""
    this.message = part("p", { className: "besked", role: "status" })
    this.messageBelow = part("p", { className: "besked", role: "status" })
    this.list = part("div", { className: "svarslista" })
    this.fraga = part("select", { "aria-label": "Till fråga" })
    this.grupp = part("select", { "aria-label": "Till grupp" })
    this.undo = part("button", { type: "button", text: "Ångra", on: { click: () => this.takeBack() } })
    this.settings = new Settings(show.kod, (draft) => this.send(`${this.path}/andra`, draft, "Sparat."))
    this.switch = part("div", {})
    this.belongings = part("div", {})
    answers.replaceChildren(this.tools(), this.message, this.list)
    about.replaceChildren(
      part("div", { className: "om" }, part("div", {}, this.settings.element, this.switch), this.belongings),
      this.messageBelow,
    )
    show.addEventListener("adress", () => this.draw())
    board.addEventListener("andrad", () => this.draw())
  }

  get path() {
    return `/api/workshop/${this.show.kod}`
  }

  tools() {
    /**
     * @param {string} text
     * @param {string} gor
     */
    const button = (text, gor) => part("button", { type: "button", text, on: { click: () => this.act(text, { gor }) } })
    return part(
      "div",
      { className: "verktyg", role: "toolbar", "aria-label": "Ordna valda svar" },
      button("★ Gemensamt", "gemensamt"),
      button("Inte gemensamt", "inte_gemensamt"),
      button("Slå ihop", "sla_ihop"),
      button("Dela upp", "dela"),
      button("Dölj", "dolj"),
      button("Visa igen", "visa"),
      button("Radera", "radera"),
      part(
        "span",
        { className: "flytt" },
        this.fraga,
        this.grupp,
        part("button", { type: "button", text: "Flytta", on: { click: () => this.move() } }),
      ),
      this.undo,
    )
  }

  move() {
    /** @param {HTMLSelectElement} menu */
    const to = (menu) => (menu.value === "" ? null : Number(menu.value))
    this.act("Flytta", { gor: "flytta", fraga: to(this.fraga), grupp: to(this.grupp) })
  }

  takeBack() {
    this.send(`${this.path}/angra`, {}, "Ångrat.")
  }

  /**
   * @param {string} name
   * @param {object} body
   */
  async act(name, body) {
    if (!this.board.now) return
    const svar = this.board.now.svar.map((one) => one.id).filter((id) => this.chosen.has(id))
    const isDone = await this.send(`${this.path}/ordna`, { ...body, svar }, `${name}: ${svar.length} svar.`)
    if (isDone) this.chosen.clear()
    this.draw()
  }

  /** @param {string} text */
  tell(text) {
    for (const line of [this.message, this.messageBelow]) say(line, text)
  }

  /**
   * @param {string} path
   * @param {object | undefined} body
   * @param {string} success what to say when it is done
   */
  async send(path, body, success, method = "POST") {
    try {
      await ask(path, { method, body, key: this.show.key })
      this.tell(success)
      await this.board.look()
      return true
    } catch (error) {
      this.tell(inWords(error))
      return false
    }
  }

  draw() {
    if (!this.board.now) {
      this.list.replaceChildren(part("p", { text: this.board.gone ?? "Hämtar svaren …" }))
      if (this.board.gone) this.about.replaceChildren(part("p", { text: this.board.gone }))
      return
    }
    const { fragor, grupper, svar } = this.board.now
    fillMenu(
      this.fraga,
      "Samma fråga",
      fragor.map(({ id, text }) => [id, text]),
    )
    fillMenu(
      this.grupp,
      "Samma grupp",
      grupper.map(({ id, namn }) => [id, namn]),
    )
    const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.svar
    this.list.replaceChildren(
      ...fragor.map((fraga) => {
        const mine = svar.filter((one) => one.fraga === fraga.id).sort((a, b) => b.id - a.id)
        return part(
          "section",
          {},
          part("h2", { text: `${fraga.text} (${mine.length})` }),
          ...mine.map((one) => this.line(one)),
          mine.length ? null : part("p", { className: "liten", text: "Inga svar än." }),
        )
      }),
    )
    if (focus) for (const box of this.list.querySelectorAll("input")) if (box.dataset.svar === focus) box.focus()
    this.undo.textContent = this.board.now.angra ? `Ångra: ${this.board.now.angra}` : "Ångra"
    this.undo.disabled = !this.board.now.angra
    this.settings.take(this.board.now)
    const about = JSON.stringify({ ...this.board.now, svar: 0, visas: 0, andring: 0, base: this.show.base?.adress })
    if (this.drawnState === about) return
    this.drawnState = about
    const focused = document.activeElement?.id
    this.switch.replaceChildren(...this.opening(this.board.now))
    this.belongings.replaceChildren(...this.rest(this.board.now))
    if (focused && this.about.querySelector(`#${focused}`)) document.getElementById(focused)?.focus()
  }

  /** @param {Card} svar */
  line(svar) {
    const box = part("input", { type: "checkbox", data: { svar: svar.id }, checked: this.chosen.has(svar.id) })
    box.addEventListener("change", () => (box.checked ? this.chosen.add(svar.id) : this.chosen.delete(svar.id)))
    const marks = [svar.gemensamt ? "★ " : "", svar.dold ? "(dolt) " : ""].join("")
    return part(
      "label",
      { className: svar.dold ? "svar dolt" : "svar" },
      box,
      part(
        "span",
        {},
        part("b", { text: `${this.board.groupName(svar.grupp)}: ` }),
        part("span", { text: marks + svar.text }),
        ...svar.lika.map((text) => part("span", { className: "lika", text: `+ ${text}` })),
        svar.figur ? part("span", { className: "liten", text: `Senast på skärmen: ${svar.figur}` }) : null,
      ),
    )
  }

  /** @param {FullBoard} now */
  opening({ oppen }) {
    const open = this.box("w-oppen", oppen, "oppen", ["Stängd för nya svar.", "Öppen för nya svar."])
    return [part("p", {}, open, part("label", { for: "w-oppen", text: " Öppen för nya svar" }))]
  }

  /**
   * Where phones come in, the board as files, and deletion.
   * @param {FullBoard} now
   */
  rest({ raderas, adress, kod, granser, svar }) {
    const keep = this.box("w-behall", raderas === null, "behall", [
      `Raderas om ${granser.dagar} dagar.`,
      "Behålls tills du raderar den.",
    ])
    const until = raderas ? `Raderas av sig själv ${raderas}, om den inte behålls.` : "Behålls tills du raderar den."
    const base = this.show.base?.adress ?? location.origin
    return [
      part("h2", { text: "Deltagarna" }),
      qr(`/d/${kod}`, `QR-kod till ${adress}`, adress),
      part("p", { className: "adress", text: adress }),
      this.show.base?.lokal ? part("p", { className: "lokal", text: LOCAL }) : null,
      part(
        "details",
        {},
        part("summary", { text: "Visa ledarens hemliga länk" }),
        part("p", { className: "adress", text: `${base}/led/${kod}#${this.show.key}` }),
        part("p", { className: "liten", text: "Öppna den på en telefon för att styra visningen därifrån." }),
      ),
      part("h2", { text: "Ta med tavlan" }),
      part("p", {}, ...Object.keys(FILES).map((ending) => this.fileButton(ending))),
      part("h2", { text: "Efter en repetition" }),
      part("p", { className: "liten", text: "Svaren försvinner. Namn, grupper, frågor, länkar och QR-kod är kvar." }),
      part(
        "p",
        {},
        dangerous("Rensa alla svar", !svar.length, () => this.clear()),
      ),
      part("h2", { text: "Radera" }),
      part("p", { className: "liten", text: until }),
      part("p", {}, keep, part("label", { for: "w-behall", text: " Radera inte automatiskt" })),
      part(
        "p",
        {},
        dangerous("Radera workshoppen och alla svar", false, () => this.remove()),
      ),
    ].filter((one) => one !== null)
  }

  /** @param {string} ending */
  fileButton(ending) {
    return part("button", { type: "button", text: FILES[ending], on: { click: () => this.download(ending) } })
  }

  /**
   * A box that says what the server has, also when it could not be asked.
   * @param {string} id
   * @param {boolean} checked
   * @param {string} name
   * @param {[string, string]} texts what to say when it is empty, and when it is checked
   */
  box(id, checked, name, texts) {
    const checkbox = part("input", { type: "checkbox", id, checked })
    checkbox.addEventListener("change", async () => {
      const wanted = checkbox.checked
      if (!(await this.send(`${this.path}/andra`, { [name]: wanted }, texts[Number(wanted)])))
        checkbox.checked = !wanted
      checkbox.blur()
      this.draw()
    })
    return checkbox
  }

  /** @param {string} ending */
  async download(ending) {
    try {
      const answer = await fetch(`${this.path}/fil.${ending}`, { headers: { "x-nyckel": this.show.key ?? "" } })
      if (!answer.ok) throw new Refused((await answer.json()).fel, answer.status)
      const name = answer.headers.get("content-disposition")?.match(/filename="(.*)"/)?.[1]
      const link = part("a", { href: URL.createObjectURL(await answer.blob()), download: name })
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
      this.tell(`${FILES[ending]} är hämtad.`)
    } catch (error) {
      this.tell(inWords(error))
    }
  }

  async clear() {
    if (!confirm("Rensa alla svar? Det går inte att ångra. Workshoppen, dess länkar och frågor är kvar.")) return
    await this.send(`${this.path}/svar`, undefined, "Svaren är rensade.", "DELETE")
  }

  async remove() {
    if (!confirm("Radera workshoppen och alla dess svar? Det går inte att ångra. Hämta först filerna, om de behövs."))
      return
    await this.send(this.path, undefined, "Workshoppen är raderad.", "DELETE")
  }
}

/** @type {Record<string, string>} */
const FILES = { pptx: "PowerPoint", xlsx: "Excel" }

/**
 * @param {string} text
 * @param {boolean} disabled
 * @param {() => unknown} act
 */
const dangerous = (text, disabled, act) =>
  part("button", { type: "button", className: "farlig", text, disabled, on: { click: act } })

/**
 * @param {HTMLSelectElement} menu
 * @param {string} first what it says when nothing is chosen
 * @param {[number, string][]} options
 */
function fillMenu(menu, first, options) {
  const now = JSON.stringify(options)
  if (menu.dataset.options === now) return
  const chosen = menu.value
  menu.dataset.options = now
  menu.replaceChildren(
    part("option", { value: "", text: first }),
    ...options.map(([id, text]) => part("option", { value: id, text })),
  )
  menu.value = options.some(([id]) => String(id) === chosen) ? chosen : ""
}
