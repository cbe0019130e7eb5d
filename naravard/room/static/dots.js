// A participant's dots: a few to put on what one finds most important, moved until the leader closes. What has been put
// waits in the phone until the server has it, and all of it is sent each time: nothing is counted twice.

import { ask, inWords, mayComeBack, memory, pause } from "./ask.js"
import { part, say } from "./dom.js"

/** @import { PhoneCard, Workshop } from "../types" */

/** @typedef {{ utgava: number, svar: number[], nar: number, skickad: boolean }} Ballot */

const SEND_AGAIN = 2_000

/**
 * The answers that have a dot of a ballot: one that has been merged into another is where that is.
 * @param {PhoneCard[]} cards
 * @param {number[]} ids
 */
export const dotted = (cards, ids) =>
  cards.filter(({ id, ihop }) => ids.includes(id) || ihop.some((one) => ids.includes(one))).map(({ id }) => id)

/** @param {number} left */
export function leftInWords(left) {
  if (left === 0) return "Alla dina prickar är lagda."
  return left === 1 ? "Du har 1 prick kvar." : `Du har ${left} prickar kvar.`
}

export class Dots {
  /**
   * @param {{ kod: string, number: () => string, place: HTMLElement }} phone
   */
  constructor({ kod, number, place }) {
    this.path = `/api/workshop/${kod}/prickar`
    this.store = `naravard_${kod}_prickar`
    this.key = memory.get(`${this.store}_nyckel`) ?? number()
    memory.set(`${this.store}_nyckel`, this.key)
    this.place = place
    /** @type {number | null} which round is open */
    this.om = null
    /** @type {PhoneCard[]} */
    this.cards = []
    /** @type {Map<number, Ballot>} */
    this.ballots = new Map()
    this.sending = false
    this.most = 0
    this.drawnState = ""
    this.left = part("p", { className: "kvar", role: "status" })
    this.list = part("ul", { className: "prickar" })
  }

  /**
   * @param {Workshop} workshop
   * @param {PhoneCard[]} cards
   */
  take({ rostningar, granser, fragor }, cards) {
    const open = rostningar.find(({ oppen }) => oppen)
    this.most = granser.prickar
    this.om = open ? open.om : null
    this.place.hidden = !open
    if (!open) return
    this.cards = cards.filter((card) => (open.om ? card.fraga === open.om : card.gemensamt))
    const subject = fragor.find(({ id }) => id === open.om)?.text ?? "Det gemensamma"
    const now = JSON.stringify([open.om, subject, this.cards])
    if (now !== this.drawnState) this.build(subject)
    this.drawnState = now
    this.draw()
    this.send()
  }

  /** @param {string} subject */
  build(subject) {
    const focused = document.activeElement?.id
    this.list.replaceChildren(...this.cards.map((card) => this.line(card)))
    if (!this.list.isConnected || this.place.dataset.om !== subject) {
      this.place.dataset.om = subject
      this.place.replaceChildren(
        part("h2", { text: "Vad är viktigast?" }),
        part("p", { className: "om", text: subject }),
        part("p", {
          text: `Du har ${this.most} prickar. Tryck på de svar som du tycker är viktigast. Tryck igen för att ta tillbaka en prick.`,
        }),
        this.left,
        this.list,
      )
    }
    if (focused?.startsWith("prick")) document.getElementById(focused)?.focus()
  }

  /** @param {PhoneCard} card */
  line({ id, text, lika }) {
    return part(
      "li",
      {},
      part(
        "button",
        { type: "button", id: `prick${id}`, data: { svar: id }, on: { click: () => this.turn(id) } },
        part("span", { className: "prick", "aria-hidden": "true" }),
        part("span", {}, text, ...lika.map((one) => part("span", { className: "lika", text: `+ ${one}` }))),
      ),
    )
  }

  /** @returns {Ballot} */
  get ballot() {
    const om = Number(this.om)
    const known = this.ballots.get(om) ?? readBallot(memory.get(`${this.store}_${om}`))
    return known ?? { utgava: 0, svar: [], nar: 0, skickad: true }
  }

  /**
   * @param {number} om
   * @param {Ballot} ballot
   */
  keep(om, ballot) {
    this.ballots.set(om, ballot)
    memory.set(`${this.store}_${om}`, JSON.stringify(ballot))
    this.draw()
  }

  // The leader has cleared the answers: dots are on none of those that come.
  forget() {
    this.ballots.clear()
    for (const name of memory.names(`${this.store}_`)) if (/_\d+$/.test(name)) memory.set(name, null)
  }

  get chosen() {
    return dotted(this.cards, this.ballot.svar)
  }

  /** @param {number} id */
  turn(id) {
    const { chosen } = this
    const svar = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
    if (svar.length > this.most)
      return say(
        this.left,
        `Alla dina ${this.most} prickar är lagda. Tryck först på ett svar med prick, så blir den ledig.`,
      )
    this.keep(Number(this.om), { utgava: this.ballot.utgava + 1, svar, nar: Date.now(), skickad: false })
    this.send()
  }

  // What the round is waited for with: the latest ballot alone, until it has been received or refused.
  async send() {
    if (this.sending || this.om === null) return
    this.sending = true
    while (this.om !== null && !this.ballot.skickad) await this.sendOne(this.om, this.ballot)
    this.sending = false
  }

  /**
   * @param {number} om
   * @param {Ballot} ballot
   */
  async sendOne(om, ballot) {
    const { utgava, svar } = ballot
    const alder = Math.max(0, Date.now() - ballot.nar)
    try {
      await ask(this.path, { method: "POST", body: { nyckel: this.key, om, utgava, prickar: svar, alder } })
      this.settle(om, ballot)
    } catch (error) {
      if (mayComeBack(error)) {
        this.fault = inWords(error)
        this.draw()
        await pause(SEND_AGAIN)
      } else {
        this.settle(om, ballot)
        say(this.left, inWords(error))
      }
    }
  }

  /**
   * The server has answered; one that has been changed meanwhile is still to be sent.
   * @param {number} om
   * @param {Ballot} ballot
   */
  settle(om, ballot) {
    this.fault = ""
    if (om === this.om && this.ballot.utgava === ballot.utgava) this.keep(om, { ...ballot, skickad: true })
  }

  draw() {
    if (this.om === null) return
    const { chosen, ballot } = this
    for (const button of this.list.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(chosen.includes(Number(button.dataset.svar))))
    const sent = ballot.skickad ? " ✓ Skickat." : ` ${this.fault ? "Skickas när kontakten är tillbaka." : "Skickas …"}`
    say(this.left, leftInWords(this.most - chosen.length) + (ballot.utgava ? sent : ""))
  }

  fault = ""
}

/**
 * @param {string | null} text
 * @returns {Ballot | null}
 */
function readBallot(text) {
  try {
    return JSON.parse(text ?? "null")
  } catch {
    return null
  }
}
