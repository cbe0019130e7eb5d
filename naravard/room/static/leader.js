// What the leader does with a workshop: orders its answers, changes its questions, takes its board home, deletes it.

import { ask, inWords, Refused } from "./ask.js"
import { part, say } from "./dom.js"
import { LOCAL, qr } from "./overlay.js"

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
    answers.replaceChildren(this.tools(), this.message, this.list)
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
      part("button", { type: "button", className: "farlig", text: "Radera", on: { click: () => this.erase() } }),
      part(
        "span",
        { className: "flytt" },
        this.fraga,
        this.grupp,
        part("button", { type: "button", text: "Flytta", on: { click: () => this.move() } }),
      ),
    )
  }

  move() {
    /** @param {HTMLSelectElement} menu */
    const to = (menu) => (menu.value === "" ? null : Number(menu.value))
    this.act("Flytta", { gor: "flytta", fraga: to(this.fraga), grupp: to(this.grupp) })
  }

  erase() {
    if (confirm("Radera de valda svaren för gott? Det går inte att ångra.")) this.act("Radera", { gor: "radera" })
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
    const about = JSON.stringify({ ...this.board.now, svar: 0, visas: 0, andring: 0 })
    if (this.drawnState !== about && !this.about.contains(document.activeElement)) {
      this.drawnState = about
      this.about.replaceChildren(
        part("div", { className: "om" }, this.settings(this.board.now), this.belongings(this.board.now)),
        this.messageBelow,
      )
    }
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

  /**
   * Name, groups and questions. Not drawn anew while somebody writes there.
   * @param {FullBoard} now
   */
  settings({ namn, grupper, fragor, oppen, granser }) {
    const name = part("input", { id: "w-namn", value: namn, maxlength: granser.namn })
    const groups = part("textarea", { id: "w-grupper", rows: Math.max(4, grupper.length + 1) })
    const questions = part("textarea", { id: "w-fragor", rows: Math.max(4, fragor.length + 1) })
    groups.value = grupper.map((grupp) => grupp.namn).join("\n")
    questions.value = fragor.map((fraga) => fraga.text).join("\n")
    const save = part("button", { type: "button", text: "Spara" })
    save.addEventListener("click", async () => {
      save.blur()
      const changed = { namn: name.value, grupper: lines(groups), fragor: lines(questions) }
      await this.send(`${this.path}/andra`, changed, "Sparat.")
    })
    const open = this.box("w-oppen", oppen, "oppen", ["Stängd för nya svar.", "Öppen för nya svar."])
    return part(
      "div",
      {},
      part("h2", { text: "Namn, grupper och frågor" }),
      field("Workshoppens namn", name),
      field("Grupper, en på varje rad", groups),
      field("Frågor, en på varje rad", questions),
      part("p", {}, save),
      part("p", {}, open, part("label", { for: "w-oppen", text: " Öppen för nya svar" })),
    )
  }

  /**
   * Where phones come in, the board as files, and deletion.
   * @param {FullBoard} now
   */
  belongings({ raderas, adress, kod, granser }) {
    const keep = this.box("w-behall", raderas === null, "behall", [
      `Raderas om ${granser.dagar} dagar.`,
      "Behålls tills du raderar den.",
    ])
    const until = raderas ? `Raderas av sig själv ${raderas}, om den inte behålls.` : "Behålls tills du raderar den."
    return part(
      "div",
      {},
      part("h2", { text: "Deltagarna" }),
      qr(`/d/${kod}`, `QR-kod till ${adress}`),
      part("p", { className: "adress", text: adress }),
      this.show.base?.lokal ? part("p", { className: "lokal", text: LOCAL }) : null,
      part(
        "details",
        {},
        part("summary", { text: "Visa ledarens hemliga länk" }),
        part("p", { className: "adress", text: `${location.origin}/led/${kod}#${this.show.key}` }),
      ),
      part("h2", { text: "Ta med tavlan" }),
      part("p", {}, ...Object.keys(NAMES).map((ending) => this.fileButton(ending))),
      part("h2", { text: "Radera" }),
      part("p", { className: "liten", text: until }),
      part("p", {}, keep, part("label", { for: "w-behall", text: " Behåll den" })),
      part("p", {}, this.removeButton()),
    )
  }

  /** @param {string} ending */
  fileButton(ending) {
    return part("button", { type: "button", text: NAMES[ending], on: { click: () => this.download(ending) } })
  }

  removeButton() {
    const text = "Radera alla svar nu"
    return part("button", { type: "button", className: "farlig", text, on: { click: () => this.remove() } })
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
      this.tell(`${NAMES[ending]} är hämtad.`)
    } catch (error) {
      this.tell(inWords(error))
    }
  }

  async remove() {
    if (!confirm("Radera workshoppen och alla dess svar? Det går inte att ångra. Hämta först filerna, om de behövs."))
      return
    await this.send(this.path, undefined, "Workshoppen är raderad.", "DELETE")
  }
}

/** @type {Record<string, string>} */
const NAMES = { pptx: "PowerPoint", xlsx: "Excel" }

/** @param {HTMLTextAreaElement} area */
const lines = (area) => area.value.split("\n").filter((line) => line.trim())

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
const field = (label, control) => part("p", {}, part("label", { for: control.id, text: label }), control)

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
