// What the leader decides about the phones during a meeting: which question is open, what they see of each other, dots,
// and the time on the wall.

import { ask, inWords } from "./ask.js"
import { barsOf, phonesIn, resultsOf } from "./bars.js"
import { part, say } from "./dom.js"
import { later, leftOf } from "./timer.js"
import { ON_A_QUESTION } from "./wall.js"

/**
 * @import { FullBoard } from "../types"
 * @import { Board } from "./board.js"
 * @import { Show } from "./show.js"
 */

const MINUTES = 5
const MOST_MINUTES = 180

/**
 * How many are there, and how much they have answered to each question.
 * @param {FullBoard} now
 * @param {number} phones
 */
export function countsOf({ fragor, svar }, phones) {
  /** @param {number} fraga */
  const answers = (fraga) =>
    svar.filter((one) => one.fraga === fraga && !one.dold).reduce((sum, one) => sum + 1 + one.lika.length, 0)
  const waiting = svar.filter((one) => one.vantar).length
  return [
    phones === 1 ? "1 telefon" : `${phones} telefoner`,
    ...fragor.map(({ id }, place) =>
      fragor.length > 1 ? `fråga ${place + 1}: ${answers(id)} svar` : `${answers(id)} svar`,
    ),
    waiting ? `${waiting} väntar på ditt ja` : "",
  ]
    .filter(Boolean)
    .join(" · ")
}

export class Control {
  /**
   * @param {Show} show
   * @param {Board} board
   * @param {HTMLElement} place
   */
  constructor(show, board, place) {
    this.show = show
    this.board = board
    this.message = part("p", { className: "besked", role: "status" })
    this.questions = part("fieldset", {})
    this.sight = part("fieldset", {})
    this.dots = part("fieldset", {})
    this.results = part("div", { className: "resultat" })
    this.left = part("p", { className: "kvar" })
    this.minutes = part("input", {
      id: "s-minuter",
      type: "number",
      min: 1,
      max: MOST_MINUTES,
      value: MINUTES,
      inputmode: "numeric",
    })
    this.drawnState = ""
    place.replaceChildren(
      this.message,
      part(
        "div",
        { className: "om" },
        part("div", {}, this.questions, this.sight, this.time()),
        part("div", {}, this.dots, this.results),
      ),
    )
    board.addEventListener("andrad", () => this.draw())
    show.addEventListener("lage", () => this.drawTime())
    setInterval(() => this.drawTime(), 1_000)
  }

  get path() {
    return `/api/workshop/${this.show.kod}`
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {string} success
   */
  async send(path, body, success) {
    try {
      await ask(this.path + path, { method: "POST", body, key: this.show.key })
      this.tell(success)
      await this.board.look()
      return true
    } catch (error) {
      this.tell(inWords(error))
      this.drawnState = "" // what has been chosen is not so
      this.draw()
      return false
    }
  }

  /** @param {string} text */
  tell(text) {
    say(this.message, text)
  }

  draw() {
    const { now } = this.board
    if (!now) return
    this.drawResults(now)
    const { fragor, visa_svar, granskas, rostningar } = now
    const drawn = JSON.stringify([fragor, visa_svar, granskas, rostningar, this.board.common.length > 0])
    if (drawn === this.drawnState) return
    this.drawnState = drawn
    const focused = document.activeElement?.id
    this.questions.replaceChildren(...this.choiceOfQuestion(now))
    this.sight.replaceChildren(...this.choicesOfSight(now))
    this.dots.replaceChildren(...this.choicesOfDots(now))
    if (focused?.startsWith("s-")) document.getElementById(focused)?.focus()
  }

  /** @param {FullBoard} now */
  choiceOfQuestion({ fragor }) {
    const open = fragor.filter(({ oppen }) => oppen)
    const only = open.length === 1 && fragor.length > 1 ? open[0].id : null
    /** @type {[number | null, string][]} */
    const choices = [
      [null, "Alla frågor"],
      ...fragor.map(
        ({ id, text }, place) => /** @type {[number, string]} */ ([id, `Bara fråga ${place + 1}: ${text}`]),
      ),
    ]
    return [
      part("legend", { text: "Vad telefonerna kan svara på" }),
      ...choices.map(([id, text]) => {
        const name = `s-fraga-${id ?? "alla"}`
        const choose = () => this.send("/andra", { fraga: id }, id === null ? "Alla frågor är öppna." : `${text}.`)
        const button = part("input", {
          type: "radio",
          name: "s-fraga",
          id: name,
          checked: open.length === fragor.length ? id === null : id === only,
          on: { change: choose },
        })
        return part("p", { className: "val" }, button, part("label", { for: name, text }))
      }),
    ]
  }

  /** @param {FullBoard} now */
  choicesOfSight({ visa_svar, granskas }) {
    return [
      part("legend", { text: "Vad deltagarna ser av varandra" }),
      this.box("s-visa", visa_svar, "Visa allas svar på telefonerna", (is) =>
        this.send(
          "/andra",
          { visa_svar: is },
          is ? "Telefonerna visar allas svar." : "Telefonerna visar bara egna svar.",
        ),
      ),
      this.box("s-granska", granskas, "Jag läser varje svar innan det visas", (is) =>
        this.send(
          "/andra",
          { granskas: is },
          is ? "Nya svar väntar i fliken Tavla tills du väljer Visa." : "Nya svar visas genast.",
        ),
      ),
    ]
  }

  /** @param {FullBoard} now */
  choicesOfDots({ fragor, rostningar, granser }) {
    const open = rostningar.find(({ oppen }) => oppen)
    /** @type {[number, string][]} */
    const subjects = fragor.map(({ id, text }, place) => [id, `Fråga ${place + 1}: ${text}`])
    if (this.board.common.length) subjects.push([0, "Det gemensamma"])
    const legend = part("legend", { text: "Prickar: vad är viktigast?" })
    if (!open) {
      const menu = part(
        "select",
        { id: "s-om", "aria-label": "Vad prickarna ska gälla" },
        ...subjects.map(([id, text]) => part("option", { value: id, text })),
      )
      const latest = rostningar.at(-1)
      if (latest) menu.value = String(latest.om)
      else if (this.board.common.length) menu.value = "0"
      return [
        legend,
        part("p", {
          className: "liten",
          text: `Varje telefon får ${granser.prickar} prickar att lägga på svaren. Resultatet blir staplar på väggen.`,
        }),
        part("p", {}, menu),
        part(
          "p",
          {},
          part("button", {
            type: "button",
            id: "s-oppna",
            text: "Öppna för prickar",
            on: { click: () => this.openDots(Number(menu.value)) },
          }),
        ),
        this.wallBox(),
      ]
    }
    const subject = subjects.find(([id]) => id === open.om)?.[1] ?? ""
    return [
      legend,
      part("p", {}, part("b", { text: `Öppet nu: ${subject}` })),
      this.box("s-staplar", open.visas, "Visa hur många prickar varje svar har redan nu", (is) =>
        this.send(
          "/rostning",
          { gor: "visa", om: open.om, visas: is },
          is ? "Alla ser prickarna medan de läggs." : "Prickarna syns för alla när du stänger.",
        ),
      ),
      part(
        "p",
        {},
        part("button", {
          type: "button",
          id: "s-stang",
          text: "Stäng och visa resultatet",
          on: { click: () => this.send("/rostning", { gor: "stang" }, "Stängt för prickar. Resultatet är på väggen.") },
        }),
      ),
      this.wallBox(),
    ]
  }

  wallBox() {
    return this.box("s-vagg", this.show.state.staplar, "Tavlan visar staplar, där det finns prickar", (is) =>
      this.show.set({ staplar: is }),
    )
  }

  // Open a round, and show on the wall what it is about.
  /** @param {number} om */
  async openDots(om) {
    const isOpen = await this.send("/rostning", { gor: "oppna", om }, "Öppet för prickar. Telefonerna visar svaren.")
    if (!isOpen || !this.board.now) return
    const { fragor } = this.board.now
    const place = om ? fragor.findIndex(({ id }) => id === om) : fragor.length
    this.show.set({ staplar: true, tavla: place * ON_A_QUESTION, svart: false, qr: false })
  }

  /** @param {FullBoard} now */
  drawResults(now) {
    const round = now.rostningar.at(-1)
    if (!round) return this.results.replaceChildren()
    const name = now.fragor.find(({ id }) => id === round.om)?.text ?? "Det gemensamma"
    this.results.replaceChildren(
      part("h2", { text: `Prickar: ${name}` }),
      part("p", { text: `${phonesIn(now.roster[round.om] ?? 0)}${round.oppen ? "" : ". Stängt."}` }),
      ...barsOf(resultsOf(this.board.cards, round.om), true),
    )
  }

  time() {
    /**
     * @param {string} text
     * @param {() => void} act
     */
    const button = (text, act) => part("button", { type: "button", text, on: { click: act } })
    const begin = () => {
      const minutes = Number(this.minutes.value)
      if (!(minutes >= 1 && minutes <= MOST_MINUTES)) return this.tell(`Skriv mellan 1 och ${MOST_MINUTES} minuter.`)
      this.show.set({ slut: later(null, minutes, this.show.clock.now) })
      this.tell(`${minutes} minuter på väggen.`)
    }
    const add = () => this.show.set({ slut: later(this.show.state.slut, 1, this.show.clock.now) })
    return part(
      "fieldset",
      {},
      part("legend", { text: "Tid på väggen" }),
      part("p", { className: "val" }, part("label", { for: "s-minuter", text: "Minuter" }), this.minutes),
      part(
        "p",
        {},
        button("Starta tiden", begin),
        button("En minut till", add),
        button("Ta bort tiden", () => this.show.set({ slut: null })),
      ),
      this.left,
    )
  }

  drawTime() {
    const text = leftOf(this.show.state.slut, this.show.clock.now)
    say(this.left, text && (/\d/.test(text) ? `${text} kvar` : text))
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById("s-vagg"))
    if (box) box.checked = this.show.state.staplar
  }

  /**
   * @param {string} id
   * @param {boolean} checked
   * @param {string} text
   * @param {(isChosen: boolean) => unknown} act
   */
  box(id, checked, text, act) {
    const checkbox = part("input", { type: "checkbox", id, checked })
    checkbox.addEventListener("change", () => act(checkbox.checked))
    return part("p", { className: "val" }, checkbox, part("label", { for: id, text }))
  }
}
