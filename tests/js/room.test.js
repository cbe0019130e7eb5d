// The state that all walls of a workshop share: what is done here is shown at once and received once, what others do
// is shown here, and a wall without contact goes on alone.

import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { Show } from "../../naravard/room/static/show.js"
import { Kept, NO_CONTACT, openWindow, Server, settle, stopClock, until } from "./browser.js"

const STEER = "/api/workshop/abc234/rum"
const START = {
  nr: 0,
  kommun: null,
  tavla: null,
  plats: 0,
  svart: false,
  qr: false,
  kort: null,
  version: null,
  staplar: false,
  slut: null,
}
const opened = []

afterEach(() => {
  for (const show of opened.splice(0)) show.channel?.close()
})

// The server's room, as the server keeps it (workshop/walls.py).
class Walls {
  constructor(number = 0, state = {}) {
    Object.assign(this, { number, state: { ...START, ...state }, last: "", contact: true, loses: false })
  }

  get told() {
    return { nummer: this.number, lage: { ...this.state } }
  }

  steer({ andring, efter, vem }) {
    if (efter === undefined || efter === this.number || vem === this.last) {
      this.number += 1
      Object.assign(this.state, andring)
      this.last = vem
    }
    return this.told
  }

  serve() {
    return new Server({
      "GET /api/workshop/abc234": { namn: "Hösten" },
      "GET /api/workshop/abc234/ledare": ({ headers }) =>
        this.contact ? { ledare: headers["x-nyckel"] === "hemlig" } : NO_CONTACT,
      "GET /api/workshop/abc234/lage": () => {
        const status = { version: 7, bilder: ["a", "b", "c", "d"], exempel: false, flest: 60 }
        const without = this.isKept ? new Kept(status) : NO_CONTACT
        return this.contact ? status : without
      },
      "GET /api/workshop/abc234/nytt": () =>
        this.contact ? { rum: { tagg: String(this.number), innehall: this.told } } : NO_CONTACT,
      [`POST ${STEER}`]: ({ body }) => {
        if (!this.contact) return NO_CONTACT
        const told = this.steer(body)
        return this.loses ? NO_CONTACT : told
      },
    })
  }
}

async function windowAt(address, key = "hemlig") {
  openWindow(address, { stored: key ? { naravard_nyckel_abc234: key } : {} })
  const show = new Show(location.href, { leads: address.startsWith("/visa") })
  opened.push(show)
  await show.begin()
  await settle()
  return show
}

test("a window that comes is where the room is, whatever its address says", async (t) => {
  stopClock(t)
  const walls = new Walls(4, { nr: 2, kommun: "Kalmar", tavla: 101, plats: 101, version: 6 })
  const server = walls.serve()
  const show = await windowAt("/visa?workshop=abc234&nr=1")
  assert.deepEqual(show.state, walls.state)
  assert.deepEqual(server.sent(STEER), [], "and moves nobody")
  assert.match(location.search, /nr=3/)
})

test("where nobody has steered, the leader's address says where the room begins", async (t) => {
  stopClock(t)
  const walls = new Walls()
  walls.serve()
  await windowAt("/visa?workshop=abc234&nr=3")
  assert.deepEqual([walls.number, walls.state.nr, walls.state.version], [1, 2, 7])
})

test("who comes is where the server says, and not where a window beside is that only follows", async (t) => {
  stopClock(t)
  const walls = new Walls()
  walls.serve()
  const wall = await windowAt("/visa?workshop=abc234&nr=2", null)
  const leader = await windowAt("/led/abc234")
  await new Promise((done) => setImmediate(() => setImmediate(done)))
  await settle()
  assert.deepEqual([wall.state.nr, leader.state.nr, walls.state.nr], [1, 0, 0])
})

test("who is no leader changes nothing for the room, and is told so", async (t) => {
  stopClock(t)
  const walls = new Walls()
  const server = walls.serve()
  const show = await windowAt("/visa?workshop=abc234&nr=3", null)
  assert.deepEqual([show.state.nr, show.maySteer], [2, false])
  assert.deepEqual(server.sent(STEER), [])
  show.hear(false)
  assert.ok(show.maySteer, "without contact a wall is steered by itself")
  show.hear(true)
  assert.ok(!show.maySteer)
})

test("a step is shown at once and sent, with what has changed and nothing else", async (t) => {
  stopClock(t)
  const walls = new Walls(1)
  const server = walls.serve()
  const show = await windowAt("/led/abc234")
  show.step(1)
  assert.equal(show.state.nr, 1)
  await settle()
  const [{ body, headers }] = server.sent(STEER)
  assert.deepEqual([body.andring, headers["x-nyckel"]], [{ nr: 1 }, "hemlig"])
  assert.equal(walls.state.nr, 1)
})

test("steps that come while one is under way go together, and no answer leads back", async (t) => {
  stopClock(t)
  const walls = new Walls(1)
  const server = walls.serve()
  const show = await windowAt("/led/abc234")
  const seen = []
  show.addEventListener("lage", () => seen.push(show.state.nr))
  show.step(1)
  show.step(1)
  show.set({ kommun: "Kalmar" })
  show.room.hear({ nummer: 2, lage: { ...START, nr: 1 } })
  await settle()
  assert.deepEqual(
    server.sent(STEER).map(({ body }) => body.andring),
    [{ nr: 1 }, { nr: 2, kommun: "Kalmar" }],
  )
  assert.deepEqual([walls.state.nr, walls.state.kommun, seen], [2, "Kalmar", [1, 2, 2]])
})

test("what another device does is shown here, and what is older is not", async (t) => {
  stopClock(t)
  const walls = new Walls(3, { nr: 1 })
  const server = walls.serve()
  const show = await windowAt("/visa?workshop=abc234", null)
  show.room.hear({ nummer: 5, lage: { ...START, nr: 3, svart: true } })
  assert.deepEqual([show.state.nr, show.state.svart, show.state.version], [3, true, 7])
  show.room.hear({ nummer: 4, lage: { ...START, nr: 2 } })
  assert.equal(show.state.nr, 3)
  assert.deepEqual(server.sent(STEER), [], "and is not sent back")
})

test("without contact one goes on, and is where one went to when it comes back", async (t) => {
  const pass = stopClock(t)
  const walls = new Walls(1)
  const server = walls.serve()
  const show = await windowAt("/visa?workshop=abc234")
  walls.contact = false
  show.step(1)
  await pass(1_500)
  show.step(1)
  await pass(10_000)
  assert.deepEqual([show.state.nr, show.contact, walls.state.nr], [2, false, 0])
  walls.contact = true
  await pass(1_000)
  assert.deepEqual([show.state.nr, walls.state.nr, walls.number, show.contact], [2, 2, 2, true])
  assert.equal(server.sent(STEER).at(-1).body.efter, 1)
})

test("what others did while one was away goes before what one did alone", async (t) => {
  const pass = stopClock(t)
  const walls = new Walls(1)
  walls.serve()
  const show = await windowAt("/visa?workshop=abc234")
  walls.contact = false
  show.step(1)
  await pass(1_000)
  walls.steer({ andring: { nr: 3 }, vem: "annan" })
  walls.contact = true
  await pass(2_000)
  assert.deepEqual([show.state.nr, walls.state.nr], [3, 3])
})

test("a receipt that is lost on a bad net loses no step", async (t) => {
  const pass = stopClock(t)
  const walls = new Walls(1)
  walls.serve()
  const show = await windowAt("/visa?workshop=abc234")
  walls.loses = true
  show.step(1)
  await settle()
  show.step(1)
  walls.loses = false
  await pass(2_000)
  assert.deepEqual([show.state.nr, walls.state.nr], [2, 2])
})

test("a wall that only follows leaves what it did alone when the contact is back", async (t) => {
  stopClock(t)
  new Walls(3, { nr: 1 }).serve()
  const show = await windowAt("/visa?workshop=abc234", null)
  show.hear(false)
  show.step(1)
  assert.equal(show.state.nr, 2)
  show.hear(true)
  assert.equal(show.state.nr, 1)
})

test("what the browser keeps of an answer is no contact: a wall without a server stays where it went", async (t) => {
  const pass = stopClock(t)
  const walls = new Walls(3, { nr: 1, tavla: 0 })
  walls.serve()
  const show = await windowAt("/visa?workshop=abc234", null)
  Object.assign(walls, { contact: false, isKept: true })
  show.hear(false)
  show.turnBoard()
  show.step(1)
  await pass(20_000)
  assert.deepEqual([show.state.tavla, show.state.nr, show.contact], [null, 2, false])
})

test("a wall that is loaded again without a net shows what the browser keeps, and is led by the same key", async (t) => {
  const pass = stopClock(t)
  const walls = new Walls(3, { nr: 1 })
  walls.contact = false
  walls.isKept = true // by the service worker (sw.js)
  walls.serve()
  const show = await windowAt("/visa?workshop=abc234&nr=3")
  assert.deepEqual([show.state.nr, show.key, show.maySteer], [2, "hemlig", true])
  walls.contact = true
  await pass(5_100)
  show.room.hear(walls.told)
  assert.deepEqual([show.state.nr, walls.number], [1, 3], "and is where the room is when the net is back")
})

test("a word from a window beside this one is not undone by older news", async (t) => {
  const pass = stopClock(t)
  const walls = new Walls(1)
  walls.serve()
  const wall = await windowAt("/visa?workshop=abc234")
  const laptop = await windowAt("/led/abc234")
  laptop.step(1)
  laptop.step(1)
  await until(() => wall.state.nr === 2)
  wall.room.hear({ nummer: 2, lage: { ...START, nr: 1, version: 7 } })
  assert.equal(wall.state.nr, 2)
  wall.room.hear({ nummer: 3, lage: { ...START, nr: 2, version: 7 } })
  await pass(1_100)
  assert.deepEqual([wall.state.nr, wall.room.number], [2, 3])
})
