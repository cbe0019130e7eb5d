// The board on the wall: a question at a time, the groups side by side, in letters that are read from the back of a room.
// What does not fit on one screen goes on the next. After the questions comes what the groups have in common.

import { part } from "./dom.js"
import { qr } from "./overlay.js"

const ON_A_QUESTION = 100 // a place on the board is the number of its question times this, plus its screen
const COLUMNS = 6
const SIZES = [40, 34, 28] // letters on a card: as large as lets all of them stay on one screen

export class Wall {
  constructor(stage, board, show) {
    Object.assign(this, { stage, board, show })
    this.element = part("section", { className: "tavla", "aria-label": "Tavla" })
    stage.put(this.element)
    board.addEventListener("andrad", () => this.draw())
    show.addEventListener("lage", () => this.draw())
    new ResizeObserver(() => this.draw()).observe(stage.host)
  }

  get place() {
    const { tavla } = this.show.state
    return { question: Math.floor(tavla / ON_A_QUESTION), screen: tavla % ON_A_QUESTION }
  }

  get questions() {
    const asked = this.board.now.fragor.map((fraga) => ({ id: fraga.id, text: fraga.text }))
    return this.board.common.length ? [...asked, { id: null, text: "Det gemensamma" }] : asked
  }

  step(by) {
    const { question, screen } = this.place
    if (screen + by >= 0 && screen + by < this.screens) return this.go(question, screen + by)
    const next = question + by
    if (next >= 0 && next < this.questions.length) this.go(next, 0)
  }

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
    const shown = this.show.state.tavla !== null
    this.element.classList.toggle("framme", shown)
    if (!shown) return
    if (!this.board.now) {
      this.element.replaceChildren(part("p", { className: "saknas", text: this.board.gone ?? "Hämtar svaren …" }))
      return
    }
    const question = Math.min(this.place.question, this.questions.length - 1)
    const { id, text } = this.questions[question]
    const groups = this.board.now.grupper.map((grupp) => ({ ...grupp, svar: this.board.answers(id, grupp.id) }))
    const seen = id === null ? groups.filter((grupp) => grupp.svar.length) : groups
    this.columns = part("div", { className: "spalter" })
    this.foot = part("p", { className: "sida" })
    this.element.replaceChildren(this.head(text), this.columns, this.foot)
    this.fill(seen, id === null)
    const asked = id === null ? "" : `Fråga ${question + 1} av ${this.board.now.fragor.length}`
    const told = [asked, this.screens > 1 ? `sida ${this.shown + 1} av ${this.screens}` : ""]
    this.foot.textContent = told.filter(Boolean).join(", ")
  }

  head(text) {
    const { adress, oppen, kod } = this.board.now
    return part(
      "header",
      {},
      part("div", {}, part("p", { className: "rubrik", text: this.board.now.namn }), part("h1", { text })),
      oppen
        ? part("div", { className: "svara" }, part("p", { text: `Svara på ${adress.replace(/^https?:\/\//, "")}` }), qr(`/d/${kod}`, `QR-kod till ${adress}`))
        : part("p", { className: "svara", text: "Stängd för nya svar" }),
    )
  }

  // Columns side by side, in letters as large as there is room for; a column that is too high goes on the next screen.
  fill(groups, named) {
    const chunks = []
    for (let i = 0; i < groups.length; i += COLUMNS) chunks.push(groups.slice(i, i + COLUMNS))
    let screens = []
    for (const size of SIZES) {
      this.element.style.setProperty("--kort", `${size}px`)
      screens = chunks.flatMap((chunk) => this.pages(chunk, named))
      if (screens.length === chunks.length) break
    }
    this.screens = screens.length
    this.shown = Math.min(this.place.screen, this.screens - 1)
    this.columns.replaceChildren(...(screens[this.shown] ?? []))
    if (!groups.some((grupp) => grupp.svar.length)) {
      this.columns.replaceChildren(part("p", { className: "saknas", text: "Inga svar än. Skanna koden och skriv det första." }))
    }
  }

  pages(groups, named) {
    const made = groups.map((grupp) => this.column(grupp, grupp.svar.map((svar) => cardOf(svar, named ? this.questionOf(svar) : ""))))
    this.columns.replaceChildren(...made)
    const room = this.columns.clientHeight
    const split = made.map((column, i) => splitAt(column, room).map((cards) => this.column(groups[i], cards)))
    const count = Math.max(1, ...split.map((pages) => pages.length))
    return Array.from({ length: count }, (_, page) => split.map((pages, i) => pages[page] ?? this.column(groups[i], [])))
  }

  column(grupp, cards) {
    const count = grupp.svar.reduce((sum, svar) => sum + 1 + svar.lika.length, 0)
    return part("div", { className: "spalt" }, part("h2", { text: count ? `${grupp.namn} (${count})` : grupp.namn }), ...cards)
  }

  questionOf(svar) {
    return this.board.now.fragor.find((fraga) => fraga.id === svar.fraga)?.text ?? ""
  }
}

function cardOf(svar, question) {
  return part(
    "article",
    { className: svar.gemensamt ? "kort gemensamt" : "kort", data: { svar: svar.id } },
    part("p", { text: svar.gemensamt ? `★ ${svar.text}` : svar.text }),
    ...svar.lika.map((text) => part("p", { className: "lika", text: `+ ${text}` })),
    question ? part("p", { className: "fraga", text: question }) : null,
  )
}

// The cards of a column as many lists as it takes for each to fit in the height.
function splitAt(column, room) {
  const [heading, ...cards] = column.children
  const top = heading.offsetTop + heading.offsetHeight
  const pages = [[]]
  let start = top
  for (const card of cards) {
    const bottom = card.offsetTop + card.offsetHeight
    if (pages.at(-1).length && bottom - start + top > room) {
      pages.push([])
      start = card.offsetTop - (cards[0].offsetTop - top)
    }
    pages.at(-1).push(card)
  }
  return pages
}
