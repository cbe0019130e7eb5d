// A workshop's name, groups and questions, as its leader changes them. What has been written and not saved is kept in the
// browser until it is saved or left, whatever happens to the page. A line keeps its number, so that a question with
// answers can get other words, another place and new ones beside it in one save.

import { memory } from "./ask.js"
import { part, say } from "./dom.js"

/** @import { FullBoard } from "../types" */

/** @typedef {{ id: number | null, text: string }} Line */
/** @typedef {{ namn: string, grupper: Line[], fragor: Line[] }} Draft */

/** @type {["grupper" | "fragor", string, string, string][]} */
const LISTS = [
  ["grupper", "Grupper", "Grupp", "Lägg till en grupp"],
  ["fragor", "Frågor", "Fråga", "Lägg till en fråga"],
]

export class Settings {
  /**
   * @param {string | null} kod
   * @param {(draft: Draft) => Promise<boolean>} save
   */
  constructor(kod, save) {
    this.save = save
    this.place = `naravard_${kod}_utkast`
    /** @type {Draft} as the server has it */
    this.saved = { namn: "", grupper: [], fragor: [] }
    /** @type {Draft | null} as it has been written, where that is something else */
    this.draft = recalled(this.place)
    this.lines = part("div", {})
    this.unsaved = part("p", { className: "osparat", role: "status", hidden: true })
    this.element = part(
      "div",
      {},
      part("h2", { text: "Namn, grupper och frågor" }),
      this.lines,
      this.unsaved,
      part(
        "p",
        {},
        part("button", { type: "button", text: "Spara", on: { click: () => this.send() } }),
        part("button", { type: "button", text: "Ta tillbaka det osparade", on: { click: () => this.leave() } }),
      ),
    )
  }

  get value() {
    return this.draft ?? this.saved
  }

  /** @param {FullBoard} now */
  take({ namn, grupper, fragor }) {
    const saved = { namn, grupper: grupper.map(({ id, namn: text }) => ({ id, text })), fragor }
    const isSame = JSON.stringify(saved) === JSON.stringify(this.saved)
    this.saved = saved
    if (isSame) return
    if (this.draft && sameTexts(this.draft, saved)) this.keep(null)
    this.draw()
  }

  draw() {
    const { namn } = this.value
    const name = part("input", { id: "w-namn", value: namn, maxlength: 80 })
    name.addEventListener("input", () => this.change({ namn: name.value }))
    this.lines.replaceChildren(
      part("p", {}, part("label", { for: "w-namn", text: "Workshoppens namn" }), name),
      ...LISTS.map((list) => this.list(...list)),
    )
    this.tell()
  }

  /**
   * @param {"grupper" | "fragor"} key
   * @param {string} title
   * @param {string} one
   * @param {string} more
   */
  list(key, title, one, more) {
    const lines = this.value[key]
    const add = () => {
      this.change({ [key]: [...this.value[key], { id: null, text: "" }] })
      this.draw()
      this.focus(key, this.value[key].length - 1, "input")
    }
    return part(
      "fieldset",
      { data: { lista: key } },
      part("legend", { text: title }),
      ...lines.map((line, place) => this.line(key, one, line, place)),
      part("button", { type: "button", text: more, on: { click: add } }),
    )
  }

  /**
   * @param {"grupper" | "fragor"} key
   * @param {string} one
   * @param {Line} line
   * @param {number} place
   */
  line(key, one, line, place) {
    const lines = this.value[key]
    const field = part("input", { value: line.text, "aria-label": `${one} ${place + 1}` })
    field.addEventListener("input", () =>
      this.change({
        [key]: this.value[key].map((other, i) => (i === place ? { ...other, text: field.value } : other)),
      }),
    )
    /**
     * @param {string} text
     * @param {string} name
     * @param {number} to where the line goes; -1 is away
     */
    const button = (text, name, to) => {
      const isPossible = to < lines.length && (to >= 0 || name === "Ta bort")
      const act = () => {
        const others = this.value[key].filter((_, i) => i !== place)
        if (name !== "Ta bort") others.splice(to, 0, this.value[key][place])
        this.change({ [key]: others })
        this.draw()
        this.focus(key, name === "Ta bort" ? Math.min(place, others.length - 1) : to, `[data-gor="${name}"]`)
      }
      return part("button", {
        type: "button",
        text,
        data: { gor: name },
        disabled: !isPossible,
        "aria-label": `${name}: ${line.text || `${one.toLowerCase()} ${place + 1}`}`,
        on: { click: act },
      })
    }
    return part(
      "p",
      { className: "rad" },
      field,
      button("↑", "Flytta upp", place - 1),
      button("↓", "Flytta ned", place + 1),
      button("Ta bort", "Ta bort", -1),
    )
  }

  /**
   * The line that one has moved keeps the focus; at an end, where its button cannot be pressed again, its text has it.
   * @param {string} key
   * @param {number} place
   * @param {string} what
   */
  focus(key, place, what) {
    const row = this.lines.querySelectorAll(`[data-lista="${key}"] .rad`)[place]
    const wanted = /** @type {HTMLButtonElement | HTMLInputElement | null} */ (row?.querySelector(what))
    const field = /** @type {HTMLInputElement | null} */ (row?.querySelector("input"))
    ;(wanted && !wanted.disabled ? wanted : field)?.focus()
  }

  /** @param {Partial<Draft>} change */
  change(change) {
    const draft = { ...this.value, ...change }
    this.keep(sameTexts(draft, this.saved) ? null : draft)
    this.tell()
  }

  /** @param {Draft | null} draft */
  keep(draft) {
    this.draft = draft
    memory.set(this.place, draft && JSON.stringify(draft))
  }

  tell() {
    say(this.unsaved, this.draft ? "Du har ändringar som inte är sparade. De finns kvar här tills du sparar." : "")
  }

  async send() {
    if (!(await this.save(this.value))) return
    this.keep(null)
    this.tell()
  }

  leave() {
    this.keep(null)
    this.draw()
  }
}

/**
 * @param {string} place
 * @returns {Draft | null}
 */
function recalled(place) {
  try {
    return JSON.parse(memory.get(place) ?? "null")
  } catch {
    return null
  }
}

/**
 * @param {Draft} one
 * @param {Draft} other
 */
const sameTexts = (one, other) => JSON.stringify(textsOf(one)) === JSON.stringify(textsOf(other))

/** @param {Draft} draft */
const textsOf = ({ namn, grupper, fragor }) => [
  namn,
  ...[grupper, fragor].map((lines) => lines.map(({ text }) => text)),
]
