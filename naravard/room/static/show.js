// A show: which screens, in which version, and where in it one is. It lives in the address, so that a page that is
// loaded again comes back to the same screen, and it is shared by the windows of a browser without any server. A workshop's
// is shared by all its walls and leaders, on any device (room.js).

import { ask, isFromMemory, mayComeBack, memory, pause, Refused } from "./ask.js"
import { Clock } from "./clock.js"
import { Room } from "./room.js"

/** @import { News, Screen, State, Status, Workshop } from "../types" */

const ASK_AGAIN = 2_000
const LOOK = 5_000
const MOST_REFUSALS = 5 // refusals of one question, by a server that is in trouble
const IN_ADDRESS = /** @type {const} */ (["nr", "kommun", "tavla", "version"])

export class Show extends EventTarget {
  /**
   * A window that `leads`, and that is opened and not come back to, begins anew; any other joins where the others are.
   * @param {string} address
   */
  constructor(address, { leads = false } = {}) {
    super()
    const { pathname, search, hash } = new URL(address)
    this.query = new URLSearchParams(search)
    this.beginsAnew = leads && !this.query.has("nr")
    this.kod = pathname.startsWith("/led/") ? pathname.slice("/led/".length).toLowerCase() : this.query.get("workshop")
    /** @type {string | null} the leader's */
    this.key = null
    this.clock = new Clock()
    this.room = this.kod ? new Room(this) : null
    if (this.kod) this.takeKey(pathname, hash)
    /** @type {State} */
    this.state = {
      nr: Math.max(0, Number.parseInt(this.query.get("nr") ?? "1", 10) - 1 || 0),
      kommun: this.query.get("kommun"),
      tavla: this.query.get("tavla") === null ? null : Number(this.query.get("tavla")) || 0,
      plats: 0,
      svart: false,
      qr: false,
      kort: null,
      version: Number(this.query.get("version")) || null,
      staplar: false,
      slut: null,
    }
    /** @type {string[]} none before it has begun */
    this.entries = []
    /** @type {Map<string, Promise<Screen>>} */
    this.screens = new Map()
    this.contact = true
    /** @type {number | null} */
    this.newest = null
    /** @type {Status | null} */
    this.base = null
    /** @type {Workshop | null} */
    this.workshop = null
    this.isExample = this.query.get("exempel") === "true"
    /** @type {BroadcastChannel | null} */
    this.channel = null
  }

  /**
   * The leader's key comes in the part of the address that is never sent, and does not stay where a room can see it.
   * It is remembered once the server has said that it is the right one.
   * @param {string} pathname
   * @param {string} hash
   */
  takeKey(pathname, hash) {
    const given = pathname.startsWith("/led/") ? hash.slice(1) : ""
    if (hash) history.replaceState(null, "", location.pathname + location.search)
    this.key = given || memory.get(this.nameOfKey)
  }

  get nameOfKey() {
    return `naravard_nyckel_${this.kod}`
  }

  // Keep the key where the server says that it is the leader's, and drop it where not. One that is remembered has been
  // found right before: without contact it is taken for that.
  async checkKey() {
    if (!this.key) return
    const asking = () => ask(`/api/workshop/${this.kod}/ledare`, { key: this.key })
    const isRemembered = memory.get(this.nameOfKey) === this.key
    const { ledare } = await (isRemembered ? this.once(asking, { ledare: true }) : this.insist(asking))
    memory.set(this.nameOfKey, ledare ? this.key : null)
    if (!ledare) this.key = null
  }

  /**
   * Ask once; without contact go on without an answer.
   * @template Answer
   * @param {() => Promise<Answer>} question
   * @param {Answer} otherwise
   */
  async once(question, otherwise) {
    try {
      const answer = await question()
      this.hearAnswer(answer)
      return answer
    } catch (error) {
      if (!mayComeBack(error)) throw error
      this.hear(false)
      return otherwise
    }
  }

  get name() {
    return this.workshop?.namn || this.query.get("namn") || this.base?.namn || ""
  }

  // Whether this window may change what it shows: that of a workshop is its leaders', until there is no contact.
  get maySteer() {
    return !this.kod || Boolean(this.key) || !this.contact
  }

  async begin() {
    if (this.kod) await this.takeWorkshop()
    const now = await this.insist(() => this.status())
    this.base = now
    const own = this.kod ? [] : this.query.getAll("bilder").slice(0, now.flest)
    this.entries = own.length ? own : now.bilder
    this.isExample = now.exempel
    this.newest = now.version
    if (this.room) await this.enter(this.room)
    this.state.version ??= now.version
    this.state.nr = Math.min(this.state.nr, this.entries.length - 1)
    if (this.room && this.contact && !this.room.hasBeenSteered) this.room.steer({ ...this.state })
    this.join()
    this.write()
    this.emit("lage")
    this.watch()
  }

  /** @returns {Promise<Status>} */
  status() {
    return ask(this.kod ? `/api/workshop/${this.kod}/lage` : `/api/projektor/lage?${this.tags()}`)
  }

  /**
   * Whose figures are asked for, beside what else is: EXEMPELDATA or not, and of which län where there are several.
   * @param {Record<string, string>} more
   */
  tags(more = {}) {
    const lan = this.query.get("lan")
    return new URLSearchParams({ ...more, exempel: String(this.isExample), ...(lan ? { lan } : {}) })
  }

  // A workshop has its own slides: all its walls show the same.
  async takeWorkshop() {
    /** @type {Workshop} */
    const workshop = await this.insist(() => ask(`/api/workshop/${this.kod}`))
    this.workshop = workshop
    await this.checkKey()
    for (const name of ["bilder", "namn", "exempel"]) this.query.delete(name)
    this.query.set("workshop", String(this.kod))
  }

  /**
   * Be where the room is. Where nobody has steered yet, the address says where that is.
   * @param {Room} room
   */
  async enter(room) {
    /** @type {News} */
    const { rum } = await this.once(() => ask(`/api/workshop/${this.kod}/nytt?rum=`), {})
    this.clock.hear(rum?.innehall.nu)
    if (!rum?.innehall.nummer) return
    room.number = rum.innehall.nummer
    room.last = rum.innehall
    Object.assign(this.state, rum.innehall.lage)
  }

  /**
   * Ask until there is an answer. Meanwhile all that has been fetched is there.
   * @template Answer
   * @param {() => Promise<Answer>} question
   */
  async insist(question) {
    for (let refusals = 0; ; ) {
      try {
        const answer = await question()
        this.hearAnswer(answer)
        return answer
      } catch (error) {
        if (error instanceof Refused) refusals += 1
        if (!mayComeBack(error) || refusals >= MOST_REFUSALS) throw error
        this.hear(error instanceof Refused)
        await pause(ASK_AGAIN)
      }
    }
  }

  /**
   * An answer of the server is contact; what the browser has kept says nothing of that.
   * @param {unknown} answer
   */
  hearAnswer(answer) {
    if (!isFromMemory(answer)) this.hear(true)
  }

  /** @param {boolean} contact */
  hear(contact) {
    if (this.contact === contact) return
    this.contact = contact
    if (contact) this.room?.comeBack()
    this.emit("kontakt")
  }

  /**
   * One screen, asked for once and kept.
   * @param {number} nr
   * @returns {Promise<Screen>}
   */
  screen(nr, version = this.state.version) {
    const key = this.keyOf(nr, version)
    const here = this.screens.get(key)
    if (here) return here
    const coming = this.fetchScreen(nr, version)
    this.screens.set(key, coming)
    return coming
  }

  /**
   * @param {number} nr
   * @param {number | null} version
   * @returns {Promise<Screen>}
   */
  fetchScreen(nr, version) {
    const bild = this.entries[nr]
    const path = this.kod
      ? `/api/workshop/${this.kod}/bild?nr=${nr}&version=${version}`
      : `/api/projektor/bild?${this.tags({ bild, version: String(version) })}`
    return this.insist(() => ask(path)).catch((error) => faulty(bild, error))
  }

  /** @param {number} nr */
  keyOf(nr, version = this.state.version) {
    return `${version} ${nr} ${this.entries[nr]}`
  }

  /**
   * Change where one is. What is changed here is changed in the browser's other windows of the same show, and on all
   * walls of a workshop.
   * @param {Partial<State>} change
   */
  set(change, { tell = true } = {}) {
    const before = JSON.stringify(this.state)
    const leaves = "nr" in change || "tavla" in change // the card that was enlarged
    Object.assign(this.state, leaves ? { kort: null, ...change } : change)
    this.state.nr = Math.min(Math.max(this.state.nr, 0), this.entries.length - 1)
    if (this.state.tavla !== null) this.state.plats = this.state.tavla
    if (JSON.stringify(this.state) === before) return
    this.write()
    if (tell) {
      this.channel?.postMessage(this.state)
      this.room?.steer(changed(JSON.parse(before), this.state))
    }
    this.emit("lage")
  }

  /**
   * The next slide; what covers the one that is shown, black or a QR code, is first taken away.
   * @param {number} by
   */
  step(by) {
    if (this.state.svart || this.state.qr) this.set({ svart: false, qr: false })
    else this.set({ nr: this.state.nr + by })
  }

  // To the board, where it was last, and back to the slide.
  turnBoard() {
    this.set({ tavla: this.state.tavla === null ? this.state.plats : null, qr: false })
  }

  /**
   * The next kommun of the screen that is shown, and after the last one none.
   * @param {number} by
   */
  async nextKommun(by) {
    const { kommuner } = await this.screen(this.state.nr)
    const sorted = kommuner.map((kommun) => kommun.namn).sort((a, b) => a.localeCompare(b, "sv"))
    const names = [null, ...sorted]
    const now = Math.max(0, names.indexOf(this.state.kommun))
    this.set({ kommun: names[(now + by + names.length) % names.length] })
  }

  write() {
    const { nr, kommun, tavla, version } = this.state
    const choices = { nr: nr + 1, kommun, tavla, version }
    for (const name of IN_ADDRESS) {
      const value = choices[name]
      if (value === null || value === undefined) this.query.delete(name)
      else this.query.set(name, String(value))
    }
    history.replaceState(null, "", `${location.pathname}?${this.query}`)
  }

  join() {
    const same = new URLSearchParams(this.kod ? { workshop: this.kod } : this.query)
    for (const name of IN_ADDRESS) same.delete(name)
    same.sort()
    if (!globalThis.BroadcastChannel) return // then each window is steered by itself
    const channel = new BroadcastChannel(`naravard ${same}`)
    channel.onmessage = ({ data }) => {
      if (data === "var") return channel.postMessage(this.state)
      this.room?.isToldByNeighbour()
      this.set(data, { tell: false })
    }
    const isAlone = !this.room || !this.contact // else the server says where one is
    if (isAlone) channel.postMessage(this.beginsAnew ? this.state : "var")
    this.channel = channel
  }

  async watch() {
    for (;;) {
      await pause(LOOK)
      try {
        const now = await this.status()
        this.hearAnswer(now)
        this.hearAddress(now)
        if (now.version !== this.newest) {
          this.newest = now.version
          this.emit("version")
        }
      } catch (error) {
        if (mayComeBack(error)) this.hear(false)
      }
    }
  }

  /**
   * Where phones reach the app, which another network changes.
   * @param {{ adress: string, lokal: boolean }} now
   */
  hearAddress({ adress, lokal }) {
    if (!this.base || this.base.adress === adress) return
    Object.assign(this.base, { adress, lokal })
    this.emit("adress")
  }

  get hasNewer() {
    return this.newest !== null && this.newest !== this.state.version
  }

  // The newest figures, once the leader asks for them: fetched first, and shown when all are here.
  async renew() {
    if (!this.hasNewer) return
    const version = this.newest
    for (const nr of this.entries.keys()) await this.screen(nr, version)
    this.set({ version })
    for (const key of [...this.screens.keys()]) if (!key.startsWith(`${version} `)) this.screens.delete(key)
  }

  /** @param {"lage" | "version" | "kontakt" | "adress"} name */
  emit(name) {
    this.dispatchEvent(new Event(name))
  }
}

/**
 * What is other in a state than in the one before.
 * @param {State} before
 * @param {State} now
 * @returns {Partial<State>}
 */
const changed = (before, now) =>
  Object.fromEntries(Object.entries(now).filter(([name, value]) => before[/** @type {keyof State} */ (name)] !== value))

/**
 * A screen that cannot be had says so in its place, and the others are shown all the same.
 * @param {string} bild
 * @param {unknown} error
 * @returns {Screen}
 */
function faulty(bild, error) {
  const text = error instanceof Refused ? error.message : "Bilden går inte att visa."
  return {
    bild,
    slag: "missing",
    titel: "Bilden går inte att visa",
    rubrik: "",
    meningar: [],
    kalla: "",
    kallor: [],
    anmarkningar: [],
    tecken: "",
    anteckningar: "",
    saknas: text,
    exempel: "",
    alt: "",
    figur: null,
    tabell: null,
    kommuner: [],
    adress: "",
  }
}
