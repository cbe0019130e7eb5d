// A wall of 1920 by 1080, whatever the size of the window: all is drawn in the wall's own measures, and scaled as one.
// A window of another shape has a higher or a wider wall, never a smaller one, so what fits here fits everywhere.

import { part } from "./dom.js"
import { plotlyIsHere } from "./plotly.js"
import { asMuchAs, remarkFor, warns } from "./words.js"

/** @import { Cell, Chart, Kommun, Screen, Table } from "../types" */

const WIDTH = 1920
const HEIGHT = 1080
export const FLOOR = 46 // the smallest letters of what must be read from afar; docs/rummet.md says how far
const CHART = FLOOR / 15 // charts are laid out with letters of 15 points, and enlarged
const ROW = 48 // the least height of a bar with its name
const LEAST_CHART = 430 // and that of a chart without bars
const LIST = 12 // so many rows stand beside a map
const GAP = 0.12
const DIMMED = 0.28
const DIMMED_TEXT = 0.65 // what is not pointed out can still be read
const INK = "#33464b"
const TITLES = [
  [72, 1],
  [72, 2],
  [64, 2],
  [56, 2],
  [50, 3],
] // size, and how many lines it may take
const REMARK_LINES = [2, 1]
const LINE = 1.2
const TABLES = [58, 54, 50, FLOOR]

export class Stage {
  /**
   * @param {HTMLElement} host
   * @param {{ whole: boolean }} size `whole` fills its host; else it is as wide as that, and 16 by 9
   */
  constructor(host, { whole }) {
    this.host = host
    this.whole = whole
    this.width = 0
    this.height = 0
    /** @type {Map<string, Slide>} */
    this.slides = new Map()
    this.scene = part("div", { className: "scen" })
    host.replaceChildren(this.scene)
    new ResizeObserver(() => this.fit()).observe(host)
    this.fit()
  }

  fit() {
    const { clientWidth, clientHeight } = this.host
    if (!clientWidth || (this.whole && !clientHeight)) return
    const scale = this.whole ? Math.min(clientWidth / WIDTH, clientHeight / HEIGHT) : clientWidth / WIDTH
    const width = Math.round(clientWidth / scale)
    const height = this.whole ? Math.round(clientHeight / scale) : HEIGHT
    if (!this.whole) this.host.style.height = `${HEIGHT * scale}px`
    this.scene.style.transform = `scale(${scale})`
    if (this.width === width && this.height === height) return
    Object.assign(this, { width, height })
    this.scene.style.width = `${width}px`
    this.scene.style.height = `${height}px`
    for (const slide of this.slides.values()) slide.arrange()
  }

  /**
   * The slide of a screen, drawn once and kept.
   * @param {string} key
   * @param {Screen} screen
   * @param {string} numbering
   */
  slide(key, screen, numbering) {
    if (this.slides.has(key)) return
    const slide = new Slide(screen, numbering)
    this.slides.set(key, slide)
    this.scene.append(slide.element)
    slide.arrange()
  }

  /** @param {HTMLElement} element */
  put(element) {
    this.scene.append(element)
  }

  /**
   * @param {string} key
   * @param {string | null} kommun
   */
  show(key, kommun) {
    for (const [name, slide] of this.slides) {
      const isShown = name === key
      slide.element.classList.toggle("framme", isShown)
      slide.element.inert = !isShown
      if (isShown) slide.point(kommun)
    }
  }

  /** @param {Set<string>} keys */
  forget(keys) {
    for (const [name, slide] of this.slides) {
      if (keys.has(name)) continue
      slide.element.remove()
      this.slides.delete(name)
    }
  }
}

class Slide {
  /**
   * @param {Screen} screen
   * @param {string} numbering
   */
  constructor(screen, numbering) {
    this.screen = screen
    /** @type {string | null} the kommun that is pointed out */
    this.pointed = null
    /** @type {(HTMLDivElement & Partial<Chart>) | null} Plotly's own, which has its chart once it is drawn */
    this.chart = null
    /** @type {HTMLTableElement | null} */
    this.table = null
    this.title = part("h1", { text: screen.titel })
    this.heading = part("span", { className: "vad" })
    this.band = part("p", { className: "band", text: screen.meningar.join(" ") })
    this.figure = part("div", { className: "figur" })
    this.remark = part("p", { className: "anmarkning" })
    this.more = part("p", { className: "fler" })
    this.element = part(
      "section",
      { className: `bild ${screen.slag}`, "aria-roledescription": "bild" },
      part(
        "header",
        {},
        part(
          "p",
          { className: "rubrik" },
          this.heading,
          screen.exempel ? part("strong", { className: "exempel", text: screen.exempel }) : null,
        ),
        this.title,
      ),
      this.band,
      this.figure,
      this.remark,
      part(
        "footer",
        {},
        part("p", { className: "kalla", text: screen.kalla }),
        this.more,
        part("p", { className: "sida", text: numbering }),
      ),
    )
    this.fill()
  }

  fill() {
    const { figur, tabell, saknas, alt } = this.screen
    if (figur) {
      this.chart = part("div", { className: "diagram", role: "img", "aria-label": alt })
      const beside = tabell ? part("div", { className: "upplast" }, tableOf(tabell)) : null // for who does not see it
      this.figure.append(...legendOf(figur), part("div", { className: "plats" }, this.chart))
      if (beside) this.figure.append(beside)
    } else if (tabell) {
      this.table = tableOf(tabell)
      this.figure.append(this.table)
    } else {
      this.figure.append(
        part("p", { className: "saknas", text: saknas || "Det finns inget att visa på den här bilden." }),
      )
    }
  }

  // Lay it out anew: the title as large as it fits, a remark where there is room, the figure in what is left.
  arrange() {
    this.remark.hidden = true
    this.band.hidden = !this.screen.meningar.length
    this.fitTitle()
    this.say()
    this.fitTable()
    this.fitRemark()
    if (this.remark.hidden && !this.band.hidden && warns(this.screen.anmarkningar)) {
      this.band.hidden = true // what must not be read as a ranking is said before anything else
      this.fitRemark()
    }
    this.draw()
  }

  fitTitle() {
    for (const [size, lines] of TITLES) {
      this.title.style.fontSize = `${size}px`
      if (this.title.offsetHeight <= LINE * lines * size) break
    }
  }

  // One remark under the figure, where the figure can do without its room; the others are the presenter's.
  fitRemark() {
    const { anmarkningar } = this.screen
    this.remark.hidden = !anmarkningar.length
    for (const lines of REMARK_LINES) {
      if (this.remark.hidden) break
      this.remark.style.maxHeight = `${Math.ceil(lines * LINE * FLOOR)}px`
      this.remark.style.height = "auto"
      this.sayRemark()
      this.remark.style.height = `${this.remark.offsetHeight}px`
      if (this.remark.textContent && this.figureHasRoom()) break
      if (lines === 1) this.remark.hidden = true
    }
    const more = anmarkningar.length - (this.remark.hidden ? 0 : 1)
    const words = more === 1 ? "anmärkning" : "anmärkningar"
    this.more.textContent = more ? `${more} ${words}${this.remark.hidden ? "" : " till"} (Q)` : ""
  }

  sayRemark() {
    write(this.remark, remarkFor(this.screen.anmarkningar, this.pointed))
  }

  figureHasRoom() {
    if (this.table) return this.table.offsetHeight <= this.figure.clientHeight
    const { figur } = this.screen
    const place = this.chart?.parentElement
    if (!figur || !place) return true
    const { margin } = figur.layout
    const isMap = figur.data.every((trace) => trace.fill === "toself")
    const bars = isMap ? LIST : namesOf(figur.data).length
    return place.clientHeight >= (bars ? bars * ROW + (margin.t + margin.b) * CHART : LEAST_CHART)
  }

  draw() {
    const { chart } = this
    const place = chart?.parentElement
    if (!chart || !place || !this.screen.figur) return
    const width = Math.floor(place.clientWidth / CHART)
    const height = Math.floor(place.clientHeight / CHART)
    if (!width || !height) return
    if (!window.Plotly) return void plotlyIsHere().then(() => this.draw())
    const { data, layout } = structuredClone(this.screen.figur)
    const names = namesOf(data)
    if (names.length) Object.assign(layout.yaxis, { tickmode: "array", tickvals: names, ticktext: names })
    window.Plotly.react(
      chart,
      data,
      { ...layout, bargap: GAP, width, height, autosize: false, showlegend: false },
      { staticPlot: true },
    )
    chart.style.transform = `scale(${CHART})`
    const { pointed } = this
    this.pointed = null
    this.point(pointed)
  }

  fitTable() {
    const { table, figure } = this
    if (!table) return
    table.classList.remove("tat")
    for (const size of TABLES) {
      table.style.fontSize = `${size}px`
      if (table.offsetHeight <= figure.clientHeight && table.offsetWidth <= figure.clientWidth) return
    }
    table.classList.add("tat")
  }

  /**
   * Point out a kommun in the chart or the table that is there, and say its figure; none where it has no such kommun.
   * @param {string | null} name
   */
  point(name) {
    const kommun = this.screen.kommuner.find(({ namn }) => namn === name)
    if (this.pointed === (kommun?.namn ?? null)) return
    this.pointed = kommun?.namn ?? null
    this.say()
    for (const row of this.table?.rows ?? []) {
      row.classList.toggle("pekad", kommun !== undefined && row.dataset.kod === kommun.kod)
    }
    if (this.chart?.data) this.mark(this.chart, this.chart.data, kommun)
  }

  // What is shown, or the sentence of the kommun that is pointed out in its place; and a remark on that.
  say() {
    const { kommuner, rubrik, titel, meningar } = this.screen
    const kommun = kommuner.find(({ namn }) => namn === this.pointed)
    this.heading.classList.toggle("pekad", Boolean(kommun))
    write(this.heading, kommun?.mening ?? (titel.endsWith(rubrik) ? "" : rubrik))
    write(this.band, meningar.join(" "))
    if (!this.remark.hidden && this.remark.textContent) this.sayRemark()
  }

  /**
   * Numbers in the bars that have been paled are dark, so that they can still be read.
   * @param {any} trace
   * @param {number} position
   * @param {Kommun | undefined} kommun
   */
  inks(trace, position, kommun) {
    const name = trace.insidetextfont ? "insidetextfont" : "textfont"
    const own = this.screen.figur?.data[position][name]?.color
    /** @type {string[]} */
    const kods = trace.customdata
    return own ? { [`${name}.color`]: [kods.map((kod) => (!kommun || kod === kommun.kod ? own : INK))] } : {}
  }

  /**
   * @param {HTMLElement & Partial<Chart>} chart
   * @param {Chart["data"]} data
   * @param {Kommun | undefined} kommun
   */
  mark(chart, data, kommun) {
    /** @param {string} kod */
    const strength = (kod) => (!kommun || kod === kommun.kod ? 1 : DIMMED)
    for (const [position, trace] of data.entries()) {
      if (trace.customdata) {
        window.Plotly.restyle(
          chart,
          { "marker.opacity": [trace.customdata.map(strength)], ...this.inks(trace, position, kommun) },
          [position],
        )
      } else if (trace.meta) {
        window.Plotly.restyle(chart, { opacity: strength(trace.meta) }, [position])
      }
    }
    for (const [position, { name }] of (chart.layout.annotations ?? []).entries()) {
      if (name)
        window.Plotly.relayout(chart, { [`annotations[${position}].opacity`]: Math.max(strength(name), DIMMED_TEXT) })
    }
    const names = namesOf(data)
    if (!names.length) return
    /** @param {string} text */
    const bold = (text) => (kommun && text.replace(/ \(\d+\)$/, "") === kommun.namn ? `<b>${text}</b>` : text)
    window.Plotly.relayout(chart, {
      "yaxis.tickmode": "array",
      "yaxis.tickvals": names,
      "yaxis.ticktext": names.map(bold),
    })
  }
}

/**
 * As much of a text as has room in its place.
 * @param {HTMLElement} place
 * @param {string} text
 */
function write(place, text) {
  place.textContent = asMuchAs(text, (candidate) => {
    place.textContent = candidate
    return place.scrollHeight <= place.clientHeight + 3
  })
}

/**
 * The names at the side of a chart with bars.
 * @param {Chart["data"]} data
 * @returns {string[]}
 */
const namesOf = (data) => [...new Set(data.flatMap((trace) => (trace.orientation === "h" ? trace.y : [])))]

/**
 * What the colours mean, in letters of our own size.
 * @param {Chart} chart
 */
function legendOf({ data, layout }) {
  if (!layout.showlegend) return []
  const traces = data.filter((trace) => trace.showlegend !== false && trace.name)
  if (layout.legend?.traceorder === "reversed") traces.reverse()
  const items = traces.map((trace) => {
    const line = trace.type !== "bar"
    const colour = line ? (trace.line?.color ?? trace.marker?.color) : trace.marker.color
    const sign = part("i", { className: line ? `linje ${trace.line?.dash ?? ""}` : "" })
    sign.style.setProperty("--farg", colour)
    return part("span", {}, sign, part("span", { text: trace.name }))
  })
  return [part("p", { className: "forklaring" }, ...items)]
}

/** @param {Table} table */
function tableOf({ rubriker, rader }) {
  /** @param {Cell} cell */
  const cell = ({ text, why, mark, aloud, tone, kind }) =>
    part(
      "td",
      { className: kind, title: why || undefined },
      mark ? part("span", { className: `form ${tone}`, text: `${mark} `, "aria-hidden": "true" }) : null,
      part("span", { text, "aria-label": why || undefined, role: why ? "img" : undefined }),
      aloud ? part("span", { className: "upplast", text: `, ${aloud}` }) : null,
    )
  const isText = rubriker.map(
    (_, column) => column === 0 || rader.every((rad) => rad.celler[column - 1]?.kind === "text"),
  )
  return part(
    "table",
    {},
    part(
      "thead",
      {},
      part(
        "tr",
        {},
        ...rubriker.map((text, i) => part("th", { scope: "col", text, className: isText[i] ? "text" : "" })),
      ),
    ),
    part(
      "tbody",
      {},
      ...rader.map((rad) =>
        part(
          "tr",
          { data: { kod: rad.kod }, className: rad.kod.length === 2 ? "lan" : "" },
          part("th", { scope: "row", text: rad.fotnot ? `${rad.namn} (${rad.fotnot})` : rad.namn }),
          ...rad.celler.map(cell),
        ),
      ),
    ),
  )
}
