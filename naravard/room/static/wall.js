// The board on the wall: a question at a time, the groups side by side, in letters that are read from the back of a room.
// What does not fit on one screen goes on the next. After the questions comes what the groups have in common.

import { barsOf, callOf, resultsOf, roundOn, showRows } from "./bars.js"
import { part } from "./dom.js"
import { qr } from "./overlay.js"

export const ON_A_QUESTION = 100 // a place on the board is the number of its question times this, plus its screen
const COLUMNS = 6
const ALIKE = 3 // so many merged answers are shown on a card; the leader and the files have all
const CARD_SIZES = [40, 34, 28] // letters on a card: as large as lets all of them stay on one screen

/**
 * @import { Card, FullBoard, Group, Round } from "../types"
 * @import { Board } from "./board.js"
 * @import { Show } from "./show.js"
 * @import { Stage } from "./stage.js"
 */

/** @typedef {Group & { svar: Card[] }} GroupWithCards */

export class Wall {
  /**
   * @param {Stage} stage
   * @param {Board} board
   * @param {Show} show
   */
  constructor(stage, board, show) {
    this.board = board
    this.show = show
    this.screens = 1
    this.screen = 0
    this.columns = part("div", { className: "spalter" })
    /** @type {HTMLImageElement | null} */
    this.code = null
    this.codeAddress = ""
    this.element = part("section", { className: "tavla", "aria-label": "Tavla" })
    stage.put(this.element)
    board.addEventListener("andrad", () => this.draw())
    show.addEventListener("lage", () => this.draw())
    new ResizeObserver(() => this.draw()).observe(stage.host)
  }

  get place() {
    const tavla = this.show.state.tavla ?? 0
    return { question: Math.floor(tavla / ON_A_QUESTION), screen: tavla % ON_A_QUESTION }
  }

  get questions() {
    /** @type {{ id: number | null, text: string }[]} */
    const asked = (this.board.now?.fragor ?? []).map(({ id, text }) => ({ id, text }))
    return this.board.common.length ? [...asked, { id: null, text: "Det gemensamma" }] : asked
  }

  /** @param {number} by */
  step(by) {
    const { question } = this.place
    const screen = this.screen + by
    if (screen >= 0 && screen < this.screens) return this.go(question, screen)
    const next = question + by
    if (next >= 0 && next < this.questions.length) this.go(next, by > 0 ? 0 : ON_A_QUESTION - 1)
  }

  /**
   * @param {number} question
   * @param {number} screen
   */
  go(question, screen) {
    this.show.set({ tavla: question * ON_A_QUESTION + screen })
  }

  first() {
    this.go(0, 0)
  }

  last() {
    this.go(this.questions.length - 1, 0)
  }

  draw() {
    const isShown = this.show.state.tavla !== null
    this.element.classList.toggle("framme", isShown)
    if (!isShown) return
    const { now } = this.board
    if (!now) {
      this.element.replaceChildren(part("p", { className: "saknas", text: this.board.gone ?? "Hämtar svaren …" }))
      return
    }
    const question = Math.min(this.place.question, this.questions.length - 1)
    const { id, text } = this.questions[question]
    const groups = now.grupper.map((grupp) => ({ ...grupp, svar: this.board.answers(id, grupp.id) }))
    const columns = id === null ? groups.filter((grupp) => grupp.svar.length) : groups
    this.columns = part("div", { className: "spalter" })
    const foot = part("p", { className: "sida", text: "\u00a0" }) // as high as when it says something
    this.element.replaceChildren(this.head(text, now), this.columns, foot)
    const round = this.show.state.staplar ? roundOn(now, id) : undefined
    if (round) this.fillWithBars(round, now)
    else this.fill(columns, id === null)
    const asked = id === null ? "" : `Fråga ${question + 1} av ${now.fragor.length}`
    const notes = [
      asked,
      this.screens > 1 ? `sida ${this.screen + 1} av ${this.screens}${this.screen + 1 < this.screens ? " →" : ""}` : "",
    ]
    foot.textContent = notes.filter(Boolean).join(", ")
  }

  /**
   * @param {string} text
   * @param {FullBoard} now
   */
  head(text, { namn, adress, oppen, kod }) {
    // one picture for all screens: a new one would blink
    if (this.codeAddress !== adress) this.code = qr(`/d/${kod}`, `QR-kod till ${adress}`, adress)
    this.codeAddress = adress
    return part(
      "header",
      {},
      part("div", {}, part("p", { className: "rubrik", text: namn }), part("h1", { text })),
      oppen
        ? part(
            "div",
            { className: "svara" },
            part("p", { text: `Svara på ${adress.replace(/^https?:\/\//, "")}` }),
            this.code,
          )
        : part("p", { className: "svara", text: "Stängd för nya svar" }),
    )
  }

  /**
   * Columns side by side, in letters as large as there is room for. First the groups, then what did not fit of them.
   * @param {GroupWithCards[]} groups
   * @param {boolean} withQuestion whether each card says which question it is an answer to
   */
  fill(groups, withQuestion) {
    /** @type {HTMLElement[][]} */
    let screens = []
    for (const size of CARD_SIZES) {
      this.element.style.setProperty("--kort", `${size}px`)
      screens = this.pages(groups, withQuestion)
      if (screens.length <= Math.ceil(groups.length / COLUMNS)) break
    }
    this.screens = Math.max(1, screens.length)
    this.screen = Math.min(this.place.screen, this.screens - 1)
    this.columns.replaceChildren(...(screens[this.screen] ?? []))
    if (!groups.some((grupp) => grupp.svar.length)) {
      this.columns.replaceChildren(
        part("p", { className: "saknas", text: "Inga svar än. Skanna koden och skriv det första." }),
      )
    }
  }

  /**
   * @param {Round} round
   * @param {FullBoard} now
   */
  fillWithBars(round, { roster }) {
    const { om, visas } = round
    this.columns.className = "staplar"
    this.columns.before(part("p", { className: "prickrad", text: callOf(round, roster[om] ?? 0) }))
    Object.assign(this, showRows(this.columns, barsOf(resultsOf(this.board.cards, om), visas), this.place.screen))
  }

  /**
   * @param {GroupWithCards[]} groups
   * @param {boolean} withQuestion
   */
  pages(groups, withQuestion) {
    /** @type {HTMLElement[][]} */
    const beginnings = []
    /** @type {HTMLElement[]} */
    const more = []
    for (const chunk of inParts(groups, COLUMNS)) {
      const whole = chunk.map((grupp) =>
        this.column(
          heading(grupp),
          grupp.svar.map((svar) => cardOf(svar, withQuestion ? this.questionOf(svar) : "")),
        ),
      )
      this.columns.replaceChildren(...whole)
      const room = this.columns.clientHeight
      const split = whole.map((column) => splitAt(column, room))
      beginnings.push(split.map(([first], i) => this.column(heading(chunk[i]), first)))
      for (const [i, [, ...rest]] of split.entries()) {
        more.push(...rest.map((cards) => this.column(`${chunk[i].namn}, fler`, cards)))
      }
    }
    return [...beginnings, ...inParts(more, Math.min(COLUMNS, Math.max(groups.length, 1)))]
  }

  /**
   * @param {string} text
   * @param {Element[]} cards
   */
  column(text, cards) {
    return part("div", { className: "spalt" }, part("h2", { text }), ...cards)
  }

  /** @param {Card} svar */
  questionOf(svar) {
    return this.board.now?.fragor.find((fraga) => fraga.id === svar.fraga)?.text ?? ""
  }
}

/** @param {GroupWithCards} grupp */
function heading(grupp) {
  const count = grupp.svar.reduce((sum, svar) => sum + 1 + svar.lika.length, 0)
  return count ? `${grupp.namn} (${count})` : grupp.namn
}

/**
 * @template Item
 * @param {Item[]} list
 * @param {number} size
 */
function inParts(list, size) {
  /** @type {Item[][]} */
  const parts = []
  for (let i = 0; i < list.length; i += size) parts.push(list.slice(i, i + size))
  return parts
}

/**
 * @param {Card} svar
 * @param {string} question
 */
function cardOf(svar, question) {
  return part(
    "article",
    { className: svar.gemensamt ? "kort gemensamt" : "kort", data: { svar: svar.id } },
    part("p", { text: svar.gemensamt ? `★ ${svar.text}` : svar.text }),
    ...svar.lika.slice(0, ALIKE).map((text) => part("p", { className: "lika", text: `+ ${text}` })),
    svar.lika.length > ALIKE ? part("p", { className: "lika", text: `+ ${svar.lika.length - ALIKE} till` }) : null,
    question ? part("p", { className: "fraga", text: question }) : null,
  )
}

/**
 * The cards of a column as many lists as it takes for each to fit in the height.
 * @param {HTMLElement} column
 * @param {number} room
 */
function splitAt(column, room) {
  const [title, ...cards] = /** @type {HTMLElement[]} */ ([...column.children])
  const top = title.offsetTop + title.offsetHeight
  /** @type {HTMLElement[][]} */
  const pages = [[]]
  let start = top
  for (const card of cards) {
    const bottom = card.offsetTop + card.offsetHeight
    if (pages.at(-1)?.length && bottom - start + top > room) {
      pages.push([])
      start = card.offsetTop - (cards[0].offsetTop - top)
    }
    pages.at(-1)?.push(card)
  }
  return pages
}
