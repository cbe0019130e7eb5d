// A box to write an answer in, which tells how long it is, and what is wrong with it, without cutting anything.

import { part, say } from "./dom.js"
import { faultOf, isTooLong, lengthOf } from "./written.js"

/** @import { Rules } from "../types" */

/** @type {Record<string, (rules: Rules) => string>} */
const FAULTS = {
  tomt: () => "Skriv något först.",
  for_langt: ({ granser }) => `Svaret får ha högst ${granser.svar} tecken. Korta det.`,
  person_id: () => "Svaret innehåller något som liknar ett personnummer. Skriv utan det.",
}

export class Box {
  /**
   * @param {string} name
   * @param {() => Rules} rules
   * @param {{ value?: string, disabled?: boolean, label?: string }} options
   */
  constructor(name, rules, { value = "", disabled = false, label }) {
    this.rules = rules
    this.area = part("textarea", {
      id: name,
      name,
      rows: 3,
      disabled,
      "aria-label": label,
      "aria-describedby": `${name}-fel ${name}-antal`,
      on: { input: () => this.count() },
    })
    this.area.value = value
    this.counter = part("p", { id: `${name}-antal`, className: "raknare" })
    this.fault = part("p", { id: `${name}-fel`, className: "fel", role: "alert", hidden: true })
    this.count()
  }

  get parts() {
    return [this.area, this.counter, this.fault]
  }

  // Why what is written cannot be sent, as a code; empty when it can.
  get code() {
    return faultOf(this.area.value, this.rules())
  }

  /** @param {string} code */
  judge(code) {
    say(this.fault, FAULTS[code]?.(this.rules()))
    this.area.setAttribute("aria-invalid", String(Boolean(code)))
  }

  count() {
    const rules = this.rules()
    const { value } = this.area
    const isOver = isTooLong(value, rules)
    this.counter.textContent = `${lengthOf(value)} av ${rules.granser.svar} tecken`
    this.counter.classList.toggle("over", isOver)
    this.judge(isOver ? "for_langt" : "")
  }

  /** @param {string} text */
  fill(text) {
    this.area.value = text
    this.count()
  }
}
