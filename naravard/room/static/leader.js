// What the leader does with a workshop: orders its answers, changes its questions, takes its board home, deletes it.

import { ask, inWords, Refused } from "./ask.js"
import { part, say } from "./dom.js"
import { KINDS, matches, sameWords } from "./order.js"
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
    this.search = part("input", { type: "search", id: "o-sok", on: { input: () => this.draw() } })
    this.onlyGroup = part("select", { "aria-label": "Visa grupp", on: { change: () => this.draw() } })
    this.onlyKind = part(
      "select",
      { "aria-label": "Visa slag", on: { change: () => this.draw() } },
      ...KINDS.map(([value, text]) => part("option", { value, text })),
    )
    this.count = part("span", { className: "valda", role: "status", hidden: true })
    this.all = part("button", { type: "button", on: { click: () => this.chooseAll() } })
    this.same = part("button", { type: "button", on: { click: () => this.gather() } })
    this.settings = new Settings(show.kod, (draft) => this.send(`${this.path}/andra`, draft, "Sparat."))
    this.switch = part("div", {})
    this.belongings = part("div", {})
    answers.replaceChildren(this.sieve(), this.tools(), this.message, this.list)
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
      button("Visa", "visa"),
      button("Radera", "radera"),
      part(
        "span",
        { className: "flytt" },
        this.fraga,
        this.grupp,
        part("button", { type: "button", text: "Flytta", on: { click: () => this.move() } }),
      ),
      this.undo,
      this.count,
    )
  }

  // What is looked at, and what can be done with all of it at once.
  sieve() {
    return part(
      "p",
      { className: "urval" },
      part("label", { for: "o-sok", text: "Sök" }),
      this.search,
      this.onlyGroup,
      this.onlyKind,
      this.all,
      this.same,
    )
  }

  // The answers that are looked at.
  get inView() {
    const filter = {
      text: this.search.value,
      grupp: this.onlyGroup.value === "" ? null : Number(this.onlyGroup.value),
      slag: /** @type {import("./order.js").Kind} */ (this.onlyKind.value),
    }
    return (this.board.now?.svar ?? []).filter((card) => matches(card, filter))
  }

  // Those that have been chosen and are looked at: nothing is done to what is not seen.
  get chosenInView() {
    return this.inView.map(({ id }) => id).filter((id) => this.chosen.has(id))
  }

  chooseAll() {
    const ids = this.inView.map(({ id }) => id)
    if (ids.every((id) => this.chosen.has(id))) for (const id of ids) this.chosen.delete(id)
    else for (const id of ids) this.chosen.add(id)
    this.draw()
  }

  async gather() {
    const lots = sameWords(this.inView)
    for (const svar of lots) {
      const body = { gor: "sla_ihop", svar }
      if (!(await this.send(`${this.path}/ordna`, body, `Slog ihop svar med samma text: ${lots.length} gånger.`)))
        return
    }
  }

  move() {
    /** @param {HTMLSelectElement} menu */
    const to = (menu) => (menu.value === "" ? null : Number(menu.value))
    this.act("Flytta", { gor: "flytta", fraga: to(this.fraga), grupp: to(this.grupp) })
  }

  takeBack() {
    const step = this.board.now?.angra
    if (step) this.send(`${this.path}/angra`, { nr: step.nr }, `Ångrat: ${step.text}.`)
  }

  /**
   * @param {string} name
   * @param {object} body
   */
  async act(name, body) {
    if (!this.board.now) return
    const svar = this.chosenInView
    const before = [...this.chosen]
    const isDone = await this.send(`${this.path}/ordna`, { ...body, svar }, `${name}: ${svar.length} svar.`)
    if (isDone) for (const id of before) this.chosen.delete(id) // what was chosen meanwhile is for the next
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
    fillMenu(
      this.onlyGroup,
      "Alla grupper",
      grupper.map(({ id, namn }) => [id, namn]),
    )
    this.drawSieve()
    const inView = this.inView
    const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.svar
    this.list.replaceChildren(
      ...fragor.map((fraga) => {
        const mine = inView
          .filter((one) => one.fraga === fraga.id)
          .sort((a, b) => Number(b.vantar) - Number(a.vantar) || b.id - a.id)
        const isSieved = inView.length < svar.length
        return part(
          "section",
          {},
          part("h2", { text: `${fraga.text} (${mine.length})` }),
          ...mine.map((one) => this.line(one)),
          mine.length
            ? null
            : part("p", { className: "liten", text: isSieved ? "Inga sådana svar." : "Inga svar än." }),
        )
      }),
    )
    if (focus) for (const box of this.list.querySelectorAll("input")) if (box.dataset.svar === focus) box.focus()
    this.undo.textContent = this.board.now.angra ? `Ångra: ${this.board.now.angra.text}` : "Ångra"
    this.undo.disabled = !this.board.now.angra
    this.settings.take(this.board.now)
    const areThereAny = svar.length > 0
    const base = this.show.base?.adress
    const about = JSON.stringify({ ...this.board.now, svar: areThereAny, visas: 0, andring: 0, base })
    if (this.drawnState === about) return
    this.drawnState = about
    const focused = document.activeElement?.id
    this.switch.replaceChildren(...this.opening(this.board.now))
    this.belongings.replaceChildren(...this.rest(this.board.now))
    if (focused && this.about.querySelector(`#${focused}`)) document.getElementById(focused)?.focus()
  }

  drawSieve() {
    const ids = this.inView.map(({ id }) => id)
    const chosen = this.chosenInView.length
    const areAllChosen = ids.length > 0 && chosen === ids.length
    this.all.textContent = areAllChosen ? "Välj inga" : `Välj alla ${ids.length}`
    this.all.disabled = !ids.length
    const lots = sameWords(this.inView).length
    this.same.textContent = `Slå ihop lika texter (${lots})`
    this.same.disabled = !lots
    say(this.count, chosen ? `${chosen} valda` : "")
  }

  /** @param {Card} svar */
  line(svar) {
    const box = part("input", { type: "checkbox", data: { svar: svar.id }, checked: this.chosen.has(svar.id) })
    box.addEventListener("change", () => {
      if (box.checked) this.chosen.add(svar.id)
      else this.chosen.delete(svar.id)
      this.drawSieve()
    })
    const marks = [svar.gemensamt ? "★ " : "", svar.dold ? "(dolt) " : "", svar.vantar ? "(väntar) " : ""].join("")
    const dots = svar.prickar + svar.prickar_gemensamt
    return part(
      "label",
      { className: `svar${svar.dold ? " dolt" : ""}${svar.vantar ? " granskas" : ""}` },
      box,
      part(
        "span",
        {},
        part("b", { text: `${this.board.groupName(svar.grupp)}: ` }),
        part("span", { text: marks + svar.text }),
        ...svar.lika.map((text) => part("span", { className: "lika", text: `+ ${text}` })),
        dots ? part("span", { className: "lika", text: dots === 1 ? "1 prick" : `${dots} prickar` }) : null,
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
const FILES = { pptx: "PowerPoint", pdf: "PDF", xlsx: "Excel" }

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
