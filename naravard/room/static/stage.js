// A wall of 1920 by 1080, whatever the size of the window: all is drawn in the wall's own measures, and scaled as one.
// A window of another shape has a higher or a wider wall, never a smaller one, so what fits here fits everywhere.

import { part } from "./dom.js"
import { plotlyIsHere } from "./plotly.js"

/** @import { Cell, Chart, Kommun, Screen, Table } from "../types" */

const WIDTH = 1920
const HEIGHT = 1080
const CHART = 1.9 // charts are laid out with letters of 13 to 15 points, and enlarged
const GAP = 0.18
const BOTTOM = 24
const DIMMED = 0.28
const INK = "#33464b"
const TITLES = [
  [60, 1],
  [54, 1],
  [50, 2],
  [44, 2],
  [38, 2],
  [32, 3],
] // size, and how many lines it may take
const REMARKS = [31, 28, 26, 24]
const SIZES = [38, 36, 34, 32, 30, 28, 26, 25, 24]

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
    this.band = part("p", { className: "band" })
    this.figure = part("div", { className: "figur" })
    this.remarks = part("aside", { className: "anmarkningar" })
    this.element = part(
      "section",
      { className: `bild ${screen.slag}`, "aria-roledescription": "bild" },
      part(
        "header",
        {},
        part(
          "p",
          { className: "rubrik" },
          part("span", { text: screen.rubrik === screen.titel ? "" : screen.rubrik }),
          screen.exempel ? part("strong", { className: "exempel", text: screen.exempel }) : null,
        ),
        this.title,
      ),
      this.band,
      part("div", { className: "kropp" }, this.figure, this.remarks),
      part(
        "footer",
        {},
        part("div", {}, ...[...screen.kallor, screen.tecken].filter(Boolean).map((text) => part("p", { text }))),
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
    this.element.classList.toggle("utan-band", !this.screen.meningar.length && !this.screen.kommuner.length)
  }

  // Lay it out anew: the title as large as it fits, the remarks that there is room for, the figure in what is left.
  arrange() {
    this.fitTitle()
    this.say()
    this.fitRemarks()
    this.draw()
    this.fitTable()
  }

  fitTitle() {
    for (const [size, lines] of TITLES) {
      this.title.style.fontSize = `${size}px`
      if (this.title.offsetHeight <= 1.2 * lines * size) break
    }
  }

  // The remarks in letters as large as there is room for; rather than smaller than a room can read, fewer of them.
  fitRemarks() {
    const { anmarkningar } = this.screen
    this.remarks.hidden = !anmarkningar.length
    if (this.remarks.hidden) return
    /** @param {number} count */
    const fits = (count) => {
      const more = anmarkningar.length - count
      this.remarks.replaceChildren(
        part("h2", { text: "Att tänka på" }),
        ...anmarkningar.slice(0, count).map((text) => part("p", { text })),
        more ? part("p", { text: `${more} till: se bilden på den egna skärmen (Q).` }) : "",
      )
      return this.remarks.scrollHeight <= this.remarks.clientHeight
    }
    for (const size of REMARKS) {
      this.remarks.style.fontSize = `${size}px`
      if (fits(anmarkningar.length)) return
    }
    for (let count = anmarkningar.length - 1; count >= 0 && !fits(count); count--);
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
    for (const label of mapTexts(data, layout)) label.text = label.text.split("<br>")[1]
    const margin = { ...layout.margin, t: 4, b: BOTTOM }
    window.Plotly.react(
      chart,
      data,
      { ...layout, margin, bargap: GAP, width, height, autosize: false, showlegend: false },
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
    for (const size of SIZES) {
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

  say() {
    const kommun = this.screen.kommuner.find(({ namn }) => namn === this.pointed)
    this.band.textContent = kommun ? kommun.mening : this.screen.meningar.join(" ")
    this.band.classList.toggle("pekad", Boolean(kommun))
    for (const size of [34, 30, 27, 24]) {
      this.band.style.fontSize = `${size}px`
      if (this.band.scrollHeight <= this.band.clientHeight + 1) break
    }
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
    for (const position of mapTexts(data, chart.layout).keys()) {
      /** @type {string} */
      const own = this.screen.figur?.layout.annotations[position].text
      const text = kommun && own.includes(`<b>${kommun.namn}</b>`) ? own : own.split("<br>")[1]
      window.Plotly.relayout(chart, { [`annotations[${position}].text`]: text })
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
 * The names at the side of a chart with bars.
 * @param {Chart["data"]} data
 * @returns {string[]}
 */
const namesOf = (data) => [...new Set(data.flatMap((trace) => (trace.orientation === "h" ? trace.y : [])))]

/**
 * The names and figures on a map: there is room for the figures, and for the name of the kommun that is pointed out.
 * @param {Chart["data"]} data
 * @param {Chart["layout"]} layout
 * @returns {{ text: string }[]}
 */
const mapTexts = (data, layout) => (data.every((trace) => trace.fill === "toself") ? (layout.annotations ?? []) : [])

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
