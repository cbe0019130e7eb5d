// A participant's own answers, as they are listed: sent, waiting or refused; each is changed or taken back in its place.

import { Box } from "./box.js"
import { part } from "./dom.js"

/** @import { Answer, Rules } from "../types" */

/**
 * What can be done with one's answers.
 * @typedef {{
 *   rules: () => Rules,
 *   mayChange: (svar: Answer) => boolean,
 *   change: (svar: Answer, text: string) => void,
 *   withdraw: (svar: Answer) => void,
 *   retry: (svar: Answer) => void,
 *   forget: (svar: Answer) => void,
 *   drawn: () => void,
 * }} Acts
 */

const STATES = { skickat: "✓ skickat", väntar: "väntar på nätet", "tas bort": "tas bort …", nekat: "" }

export class Own {
  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts
    /** @type {{ nyckel: string, line: HTMLLIElement, box: Box } | null} the one that is being changed */
    this.editor = null
  }

  /**
   * Lines in place of those that there are; who writes in one goes on writing.
   * @param {Element} list
   * @param {Answer[]} answers
   */
  draw(list, answers) {
    const writes = this.editor && document.activeElement === this.editor.box.area
    list.replaceChildren(...answers.map((svar) => this.line(svar)))
    if (writes && this.editor && list.contains(this.editor.line)) this.editor.box.area.focus()
  }

  /** @param {Answer} svar */
  line(svar) {
    if (this.editor?.nyckel === svar.nyckel) {
      if (this.acts.mayChange(svar)) return this.editor.line
      this.editor = null
    }
    if (svar.tillstand === "nekat") return this.refusedLine(svar)
    const isSent = svar.tillstand === "skickat"
    return part(
      "li",
      {},
      part("span", { text: svar.text }),
      part("span", { className: isSent ? "klart" : "vantande", text: STATES[svar.tillstand] }),
      svar.fel ? part("span", { className: "fel", role: "alert", text: svar.fel }) : null,
      this.acts.mayChange(svar)
        ? part(
            "span",
            { className: "gor" },
            small("Ändra", svar, () => this.edit(svar)),
            small("Ta bort", svar, () => confirm("Ta bort ditt svar?") && this.acts.withdraw(svar)),
          )
        : null,
    )
  }

  /** @param {Answer} svar */
  refusedLine(svar) {
    return part(
      "li",
      { className: "nekat" },
      part("span", { text: svar.text }),
      part("span", { className: "fel", role: "alert", text: svar.fel }),
      part(
        "span",
        { className: "gor" },
        small("Ändra", svar, () => this.acts.retry(svar)),
        small("Ta bort", svar, () => this.acts.forget(svar)),
      ),
    )
  }

  /** @param {Answer} svar */
  edit(svar) {
    const box = new Box(`andra-${svar.nyckel}`, this.acts.rules, { value: svar.text, label: "Ändra ditt svar" })
    const leave = () => {
      this.editor = null
      this.acts.drawn()
    }
    const save = () => {
      const { code } = box
      if (code) return box.judge(code)
      this.editor = null
      this.acts.change(svar, box.area.value.trim())
    }
    const line = part(
      "li",
      { className: "andras-nu" },
      ...box.parts,
      part("span", { className: "gor" }, small("Spara", svar, save), small("Avbryt", svar, leave)),
    )
    this.editor = { nyckel: svar.nyckel, line, box }
    this.acts.drawn()
    box.area.focus()
  }
}

/**
 * @param {string} text
 * @param {Answer} svar
 * @param {() => unknown} act
 */
const small = (text, svar, act) =>
  part(
    "button",
    { type: "button", on: { click: act } },
    text,
    part("span", { className: "upplast", text: `: ${svar.text}` }),
  )
