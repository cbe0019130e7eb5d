// The board on the wall: a question at a time, its cards as bricks over the whole wall, each with the name and colour of
// its group, in letters that are read from the back row. What does not fit on one screen goes on the next. After the
// questions comes what the groups have in common.

import { barsOf, callOf, resultsOf, roundOn, showRows } from "./bars.js"
import { part } from "./dom.js"
import { COLOURS, layout } from "./masonry.js"
import { FOLLOWS, flash, qr } from "./overlay.js"
import { turning } from "./turning.js"
import { hyphenated } from "./words.js"

export const ON_A_QUESTION = 100 // a place on the board is the number of its question times this, plus its screen
const ALIKE = 3 // so many merged answers are shown on a card; the leader and the files have all
const BETWEEN = 10
const ENLARGED = [180, 150, 128, 108, 90, 78, 66, 56] // letters of the one card that is enlarged
const TURN = 12_000
const QUESTIONS = [72, 64, 56, 50] // letters of a question, which may take so many lines
const QUESTION_LINES = 2

/**
 * @import { Card, FullBoard, Round } from "../types"
 * @import { Board } from "./board.js"
 * @import { Show } from "./show.js"
 * @import { Stage } from "./stage.js"
 */

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
    /** how many screens this window has turned to by itself, and from which place */
    this.turned = 0
    this.turnedFrom = show.state.tavla
    /** @type {HTMLImageElement | null} */
    this.code = null
    this.codeAddress = ""
    this.bricks = part("div", { className: "murverk" })
    this.element = part("section", { className: "tavla", "aria-label": "Tavla" })
    stage.put(this.element)
    board.addEventListener("andrad", () => this.draw())
    show.addEventListener("lage", () => this.draw())
    new ResizeObserver(() => this.draw()).observe(stage.host)
  }

  // Let screens follow on each other, where that is wished for.
  turnByItself() {
    setInterval(() => turning.isOn && this.turn(), TURN)
  }

  turn() {
    if (this.show.state.tavla === null || this.enlarged || this.screens < 2) return
    this.turned += 1
    this.draw()
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

  get question() {
    return this.questions[Math.min(this.place.question, this.questions.length - 1)]
  }

  // What the question that is shown has been answered.
  get cards() {
    return this.board.ofQuestion(this.question.id)
  }

  get enlarged() {
    return this.board.now ? this.cards.find(({ id }) => id === this.show.state.kort) : undefined
  }

  /** @param {number} by */
  step(by) {
    if (this.enlarged) return this.enlarge(by)
    const { question } = this.place
    const screen = this.screen + by
    if (screen >= 0 && screen < this.screens) return this.go(question, screen)
    const next = question + by
    if (next >= 0 && next < this.questions.length) this.go(next, by > 0 ? 0 : ON_A_QUESTION - 1)
  }

  /**
   * The next card alone, as large as the wall; after the last one none.
   * @param {number} by
   */
  enlarge(by) {
    const ids = [null, ...this.cards.map(({ id }) => id)]
    const now = this.enlarged ? ids.indexOf(this.enlarged.id) : 0
    this.show.set({ kort: ids[(now + by + ids.length) % ids.length] })
  }

  /** @param {Card} card */
  clicked({ id }) {
    if (this.show.maySteer) this.show.set({ kort: this.enlarged ? null : id })
    else flash(FOLLOWS)
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
    const { tavla } = this.show.state
    this.element.classList.toggle("framme", tavla !== null)
    if (tavla === null) return
    const { now } = this.board
    if (!now) {
      this.element.replaceChildren(part("p", { className: "saknas", text: this.board.gone ?? "Hämtar svaren …" }))
      return
    }
    if (this.turnedFrom !== tavla) Object.assign(this, { turned: 0, turnedFrom: tavla })
    this.bricks = part("div", { className: "murverk" })
    const foot = part("p", { className: "sida", text: "\u00a0" }) // as high as when it says something
    this.element.replaceChildren(this.head(this.question.text, now), this.bricks, foot)
    this.fitTitle()
    const round = this.show.state.staplar ? roundOn(now, this.question.id) : undefined
    if (this.enlarged) this.showAlone(this.enlarged)
    else if (round) this.fillWithBars(round, now)
    else this.fill()
    foot.textContent = this.whereItIs(now)
  }

  fitTitle() {
    const title = /** @type {HTMLElement} */ (this.element.querySelector("h1"))
    for (const size of QUESTIONS) {
      title.style.fontSize = `${size}px`
      if (title.offsetHeight <= QUESTION_LINES * 1.1 * size) break
    }
  }

  /** @param {FullBoard} now */
  whereItIs({ namn, fragor }) {
    const question = this.question.id === null ? "" : `Fråga ${this.place.question + 1} av ${fragor.length}`
    const isLast = this.screen + 1 >= this.screens
    const screen = this.screens > 1 ? `sida ${this.screen + 1} av ${this.screens}${isLast ? "" : " →"}` : ""
    return [namn, question, this.enlarged ? "" : screen].filter(Boolean).join(" · ")
  }

  /**
   * @param {string} text
   * @param {FullBoard} now
   */
  head(text, { adress, oppen, kod }) {
    // one picture for all screens: a new one would blink
    if (this.codeAddress !== adress) this.code = qr(`/d/${kod}`, `QR-kod till ${adress}`, adress)
    this.codeAddress = adress
    const title = part("h1", { text })
    const way = part("p", {}, "Svara på", part("b", { text: adress.replace(/^https?:\/\//, "") }))
    return part(
      "header",
      {},
      title,
      oppen
        ? part("div", { className: "svara" }, way, this.code)
        : part("p", { className: "svara", text: "Stängd för nya svar" }),
    )
  }

  // The cards that have room on the screen that one is at.
  fill() {
    const { cards } = this
    const newest = Math.max(...cards.map(({ id }) => id))
    const elements = cards.map((card) => this.cardOf(card, cards.length > 1 && card.id === newest))
    this.bricks.replaceChildren(...elements)
    const { clientWidth: width, clientHeight: room } = this.bricks
    if (!cards.length) {
      this.bricks.replaceChildren(
        part("p", { className: "saknas", text: "Inga svar än. Skanna koden och skriv det första." }),
      )
    }
    if (!cards.length || !width || !room) return void Object.assign(this, { screens: 1, screen: 0 })
    const { size, across, pages } = layout({ count: cards.length, width, room, gap: BETWEEN }, (letters, wide) => {
      this.bricks.style.setProperty("--kort", `${letters}px`)
      this.bricks.style.setProperty("--bredd", `${Math.floor(wide)}px`)
      return elements.map((element) => element.offsetHeight)
    })
    this.bricks.style.setProperty("--kort", `${size}px`)
    this.bricks.style.setProperty("--bredd", `${Math.floor(across)}px`)
    this.screens = pages.length
    this.screen = (Math.min(this.place.screen, pages.length - 1) + this.turned) % pages.length
    const page = pages[this.screen]
    for (const { card, column, top } of page) {
      elements[card].style.transform = `translate(${column * (Math.floor(across) + BETWEEN)}px, ${top}px)`
    }
    this.bricks.replaceChildren(...page.map(({ card }) => elements[card]))
  }

  /**
   * @param {Round} round
   * @param {FullBoard} now
   */
  fillWithBars(round, { roster }) {
    const { om, visas } = round
    this.bricks.className = "staplar"
    this.bricks.before(part("p", { className: "prickrad", text: callOf(round, roster[om] ?? 0) }))
    const rows = barsOf(resultsOf(this.board.cards, om), visas)
    Object.assign(this, showRows(this.bricks, rows, this.place.screen, this.turned))
  }

  /**
   * One card, as large as its text allows.
   * @param {Card} card
   */
  showAlone(card) {
    const element = this.cardOf(card, false)
    element.classList.add("ensamt")
    this.bricks.replaceChildren(element)
    for (const size of ENLARGED) {
      this.bricks.style.setProperty("--kort", `${size}px`)
      if (element.offsetHeight <= this.bricks.clientHeight) break
    }
  }

  /**
   * @param {Card} card
   * @param {boolean} isNewest
   */
  cardOf(card, isNewest) {
    const { text, lika, gemensamt, grupp } = card
    const place = this.board.now?.grupper.findIndex(({ id }) => id === grupp) ?? 0
    const element = part(
      "article",
      {
        className: ["kort", gemensamt ? "gemensamt" : "", isNewest ? "nyast" : ""].filter(Boolean).join(" "),
        data: { svar: card.id },
        on: { click: () => this.clicked(card) },
      },
      part(
        "p",
        {},
        isNewest ? part("span", { className: "nytt", text: "Nytt" }) : null,
        part("b", { className: "grupp", text: this.board.groupName(grupp) }),
        " ",
        part("span", { className: "text", text: hyphenated(gemensamt ? `★ ${text}` : text) }),
      ),
      ...lika.slice(0, ALIKE).map((one) => part("p", { className: "lika", text: hyphenated(`+ ${one}`) })),
      lika.length > ALIKE ? part("p", { className: "lika", text: `+ ${lika.length - ALIKE} till` }) : null,
      this.question.id === null ? part("p", { className: "fraga", text: this.questionOf(card) }) : null,
    )
    element.style.setProperty("--grupp", COLOURS[place % COLOURS.length])
    return element
  }

  /** @param {Card} svar */
  questionOf(svar) {
    return this.board.now?.fragor.find((fraga) => fraga.id === svar.fraga)?.text ?? ""
  }
}
