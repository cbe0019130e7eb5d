// A show: which screen one is at, how the address says so, and what the other windows and a lost server do to it.

import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { Show } from "../../naravard/room/static/show.js"
import { NO_CONTACT, openWindow, Refusal, Server, stopClock, until } from "./browser.js"

const STATUS = "GET /api/projektor/lage"
const SCREEN = "GET /api/projektor/bild"
const WORKSHOP = "GET /api/workshop/abc234"
const LEADER = "GET /api/workshop/abc234/ledare"
const KOMMUNER = [{ namn: "Öland" }, { namn: "Kalmar" }, { namn: "Ängö" }, { namn: "Åby" }]
const opened = []

afterEach(() => {
  for (const show of opened.splice(0)) show.channel?.close()
})

function serving(answers = {}) {
  return new Server({
    [STATUS]: ({ query }) => ({
      version: 7,
      bilder: ["lgl1", "lgl2", "lgl3"],
      exempel: query.get("exempel") === "true",
      flest: 4,
    }),
    "GET /api/workshop/abc234/lage": { version: 7, bilder: ["x", "y"], exempel: true, flest: 4 },
    "GET /api/workshop/abc234/nytt": {},
    "GET /api/workshop/abc234/bild": ({ query }) => ({
      titel: `${query.get("nr")} i ${query.get("version")}`,
      kommuner: [],
    }),
    [SCREEN]: ({ query }) => ({ titel: `${query.get("bild")} i ${query.get("version")}`, kommuner: KOMMUNER }),
    ...answers,
  })
}

function showAt(address, options) {
  openWindow(address)
  const show = new Show(location.href, options)
  opened.push(show)
  return show
}

async function begun(address, options) {
  const show = showAt(address, options)
  await show.begin()
  return show
}

const count = (show, name) => {
  const events = []
  show.addEventListener(name, () => events.push(name))
  return events
}

for (const [address, state] of [
  ["/visa", { nr: 0, kommun: null, tavla: null, version: null }],
  ["/visa?nr=3&kommun=Kalmar&version=5", { nr: 2, kommun: "Kalmar", tavla: null, version: 5 }],
  ["/visa?nr=0", { nr: 0 }],
  ["/visa?nr=-4", { nr: 0 }],
  ["/visa?nr=abc&tavla=x&version=y", { nr: 0, tavla: 0, version: null }],
  ["/visa?tavla=203", { tavla: 203 }],
]) {
  test(`${address} says where one is`, () => {
    const { state: now } = showAt(address)
    assert.deepEqual({ ...now, ...state }, now)
    assert.deepEqual([now.svart, now.qr], [false, false])
  })
}

test("a show without a name of its own is called what the län calls its slides", async (t) => {
  stopClock(t)
  serving({ [STATUS]: { version: 7, bilder: ["lgl1"], flest: 4, namn: "Länets bilder" } })
  assert.equal((await begun("/visa")).name, "Länets bilder")
  assert.equal((await begun("/visa?namn=Oktober")).name, "Oktober")
})

test("the slides are those of the address, else LGL's, and never more than the server shows", async (t) => {
  stopClock(t)
  serving()
  assert.deepEqual((await begun("/visa")).entries, ["lgl1", "lgl2", "lgl3"])
  assert.deepEqual((await begun("/visa?bilder=a&bilder=b&bilder=c&bilder=d&bilder=e")).entries, ["a", "b", "c", "d"])
})

test("a number past the end is the last slide, in the newest version, and the address follows", async (t) => {
  stopClock(t)
  serving()
  const show = showAt("/visa?nr=9")
  const events = count(show, "lage")
  await show.begin()
  assert.equal(events.length, 1)
  assert.deepEqual([show.state.nr, show.state.version], [2, 7])
  assert.equal(location.search, "?nr=3&version=7")
})

test("an address with a version keeps it, and there is a newer one", async (t) => {
  stopClock(t)
  serving()
  const show = await begun("/visa?version=5")
  assert.equal(show.state.version, 5)
  assert.ok(show.hasNewer)
  assert.ok(!(await begun("/visa?version=7")).hasNewer)
})

test("each step is in the address, and stops at the ends", async (t) => {
  stopClock(t)
  serving()
  const show = await begun("/visa")
  const events = count(show, "lage")
  for (const [by, nr] of [
    [-1, 1],
    [1, 2],
    [1, 3],
    [1, 3],
    [-1, 2],
  ]) {
    show.step(by)
    assert.equal(location.search, `?nr=${nr}&version=7`)
  }
  assert.equal(events.length, 3, "no step past an end is told")
})

test("the first step on a black screen lights it, where one was", async (t) => {
  stopClock(t)
  serving()
  const show = await begun("/visa?nr=2")
  show.set({ svart: true })
  show.step(1)
  assert.deepEqual([show.state.nr, show.state.svart], [1, false])
  show.step(1)
  assert.equal(show.state.nr, 2)
})

test("what is no longer chosen leaves the address; black and the QR code are never in it", async (t) => {
  stopClock(t)
  serving()
  const show = await begun("/visa")
  show.set({ kommun: "Kalmar", tavla: 0, svart: true, qr: true })
  assert.equal(location.search, "?nr=1&version=7&kommun=Kalmar&tavla=0")
  show.set({ kommun: null, tavla: null })
  assert.equal(location.search, "?nr=1&version=7")
})

test("kommuner are pointed out in Swedish order, and after the last one none", async (t) => {
  stopClock(t)
  serving()
  const show = await begun("/visa")
  const names = []
  for (let i = 0; i < 5; i++) {
    await show.nextKommun(1)
    names.push(show.state.kommun)
  }
  assert.deepEqual(names, ["Kalmar", "Åby", "Ängö", "Öland", null])
  await show.nextKommun(-1)
  assert.equal(show.state.kommun, "Öland")
  show.set({ kommun: "Finns inte" })
  await show.nextKommun(1)
  assert.equal(show.state.kommun, "Kalmar")
})

test("a screen is asked for once in each version", async (t) => {
  stopClock(t)
  const server = serving()
  const show = await begun("/visa?exempel=true")
  const [one, two] = await Promise.all([show.screen(1), show.screen(1)])
  await show.screen(1)
  assert.equal(one, two)
  assert.equal(one.titel, "lgl2 i 7")
  assert.equal((await show.screen(1, 8)).titel, "lgl2 i 8")
  const asked = server.sent("/api/projektor/bild", "GET").map(({ query }) => `${query}`)
  assert.deepEqual(asked, ["bild=lgl2&version=7&exempel=true", "bild=lgl2&version=8&exempel=true"])
})

test("a screen that cannot be had says why in its place", async (t) => {
  stopClock(t)
  serving({ [SCREEN]: new Refusal(404, { fel: "Bilden lgl1 finns inte." }) })
  const screen = await (await begun("/visa")).screen(0)
  assert.deepEqual([screen.bild, screen.slag, screen.saknas], ["lgl1", "missing", "Bilden lgl1 finns inte."])
})

test("without contact one asks every two seconds, for as long as it takes", async (t) => {
  const pass = stopClock(t)
  let contact = false
  const server = serving({ [STATUS]: () => (contact ? { version: 7, bilder: ["lgl1"], flest: 4 } : NO_CONTACT) })
  const show = showAt("/visa")
  const events = count(show, "kontakt")
  const beginning = show.begin()
  await pass(60_000)
  assert.equal(server.requests.length, 31)
  assert.equal(show.contact, false)
  contact = true
  await pass(2_000)
  await beginning
  assert.ok(show.contact)
  assert.equal(events.length, 2, "that it went and that it came back, each told once")
})

test("a server in trouble is asked five times and not more, and that is no lost contact", async (t) => {
  const pass = stopClock(t)
  const server = serving({ [STATUS]: new Refusal(500, { fel: "Något gick fel." }) })
  const show = showAt("/visa")
  const beginning = show.begin().catch((error) => error)
  await pass(20_000)
  assert.equal((await beginning).message, "Något gick fel.")
  assert.equal(server.requests.length, 5)
  assert.ok(show.contact)
})

test("a refusal that stands is asked once", async (t) => {
  stopClock(t)
  const server = serving({ [WORKSHOP]: new Refusal(404, { fel: "Workshoppen finns inte." }) })
  await assert.rejects(showAt("/visa?workshop=abc234").begin(), /finns inte/)
  assert.equal(server.requests.length, 1)
})

test("the leader's key leaves the address at once, and is remembered when it is the right one", async (t) => {
  stopClock(t)
  const server = serving({ [WORKSHOP]: { namn: "Hösten", bildspel: "" }, [LEADER]: { ledare: true } })
  const show = showAt("/led/ABC234#hemlig")
  assert.deepEqual([show.kod, show.key, location.hash], ["abc234", "hemlig", ""])
  assert.equal(localStorage.length, 0, "not before the server has said so")
  await show.begin()
  assert.equal(server.sent("/api/workshop/abc234/ledare", "GET")[0].headers["x-nyckel"], "hemlig")
  assert.equal(localStorage.getItem("naravard_nyckel_abc234"), "hemlig")
  assert.equal(show.name, "Hösten")
})

test("a key that is not the leader's is dropped and not remembered", async (t) => {
  stopClock(t)
  serving({ [WORKSHOP]: { namn: "Hösten", bildspel: "" }, [LEADER]: { ledare: false } })
  const show = await begun("/led/abc234#fel")
  assert.equal(show.key, null)
  assert.equal(localStorage.length, 0)
})

test("who has no key is no leader, and nobody asks", async (t) => {
  stopClock(t)
  const server = serving({ [WORKSHOP]: { namn: "Hösten", bildspel: "" } })
  const show = await begun("/visa?workshop=abc234")
  assert.equal(show.key, null)
  assert.deepEqual(server.sent("/api/workshop/abc234/ledare", "GET"), [])
})

test("a projected window of a workshop finds the key that this browser remembers, and takes none from its address", () => {
  openWindow("/visa?workshop=abc234#annan", { stored: { naravard_nyckel_abc234: "hemlig" } })
  assert.equal(new Show(location.href).key, "hemlig")
  assert.equal(location.hash, "")
})

test("a workshop brings its own slides, which no address changes, so that all its walls show the same", async (t) => {
  stopClock(t)
  const server = serving({ [WORKSHOP]: { namn: "Hösten" }, [LEADER]: { ledare: false } })
  for (const address of ["/led/abc234", "/visa?workshop=abc234&bilder=egen&namn=Annat&exempel=false"]) {
    const show = await begun(address)
    assert.deepEqual(show.entries, ["x", "y"])
    assert.deepEqual([show.name, show.isExample, show.query.get("workshop")], ["Hösten", true, "abc234"])
    assert.equal((await show.screen(1)).titel, "1 i 7")
    assert.doesNotMatch(location.search, /bilder|namn/)
  }
  assert.deepEqual(server.sent("/api/projektor/bild", "GET"), [])
})

test("an address that has moved is told once, to all that show it", async (t) => {
  const pass = stopClock(t)
  let adress = "http://10.0.0.5:8501"
  serving({ [STATUS]: () => ({ version: 7, bilder: ["lgl1"], flest: 4, adress, lokal: false }) })
  const show = await begun("/visa")
  const events = count(show, "adress")
  await pass(5_000)
  assert.equal(events.length, 0)
  adress = "http://192.168.43.1:8501"
  await pass(10_000)
  assert.deepEqual([events.length, show.base.adress], [1, adress])
})

test("the board comes back to where it was, and what covers a slide goes first", async (t) => {
  stopClock(t)
  serving()
  const show = await begun("/visa")
  show.turnBoard()
  assert.equal(show.state.tavla, 0)
  show.set({ tavla: 203 })
  show.turnBoard()
  assert.equal(show.state.tavla, null)
  show.turnBoard()
  assert.equal(show.state.tavla, 203)
  show.turnBoard()
  show.set({ qr: true })
  show.step(1)
  assert.deepEqual([show.state.nr, show.state.qr], [0, false])
  show.step(1)
  assert.equal(show.state.nr, 1)
  show.set({ qr: true })
  show.turnBoard()
  assert.deepEqual([show.state.tavla, show.state.qr], [203, false])
})

test("every five seconds a new version is looked for, told once, and shown when it is asked for", async (t) => {
  const pass = stopClock(t)
  let version = 7
  const server = serving({ [STATUS]: () => ({ version, bilder: ["lgl1", "lgl2"], flest: 4 }) })
  const show = await begun("/visa")
  const events = count(show, "version")
  await show.screen(0)
  version = 8
  await pass(4_900)
  assert.equal(events.length, 0)
  await pass(200)
  assert.equal(events.length, 1)
  await pass(20_000)
  assert.equal(events.length, 1)
  assert.deepEqual([show.state.version, show.hasNewer], [7, true])
  await show.renew()
  assert.deepEqual([show.state.version, show.hasNewer], [8, false])
  assert.equal(new URLSearchParams(location.search).get("version"), "8")
  assert.deepEqual([...show.screens.keys()], ["8 0 lgl1", "8 1 lgl2"], "what was of the version before is let go")
  const before = server.requests.length
  await show.renew()
  assert.equal(server.requests.length, before, "there is nothing newer to fetch")
})

test("while the server is away the watch says so, and goes on", async (t) => {
  const pass = stopClock(t)
  let answer = { version: 7, bilder: ["lgl1"], flest: 4 }
  serving({ [STATUS]: () => answer })
  const show = await begun("/visa")
  answer = NO_CONTACT
  await pass(5_000)
  assert.equal(show.contact, false)
  answer = { version: 7, bilder: ["lgl1"], flest: 4 }
  await pass(5_000)
  assert.equal(show.contact, true)
})

test("windows of the same show follow each other, whoever moves", async (t) => {
  stopClock(t)
  serving()
  const wall = await begun("/visa?namn=Hösten")
  const laptop = await begun("/presentator?namn=Hösten&nr=3&kommun=Kalmar")
  await until(() => laptop.state.nr === 0)
  wall.set({ nr: 2 })
  const late = await begun("/presentator?namn=Hösten")
  await until(() => late.state.nr === 2 && wall.state.nr === 2)
  laptop.set({ nr: 1, svart: true })
  await until(() => wall.state.nr === 1 && wall.state.svart)
  wall.set({ kommun: "Öland" })
  await until(() => laptop.state.kommun === "Öland")
})

test("windows of another show do not follow", async (t) => {
  stopClock(t)
  serving()
  const one = await begun("/visa?namn=Hösten")
  const same = await begun("/visa?namn=Hösten")
  const other = await begun("/visa?namn=Våren")
  one.set({ nr: 2 })
  await until(() => same.state.nr === 2)
  assert.equal(other.state.nr, 0)
})

test("a window that leads begins anew and takes the others with it, unless it is come back to", async (t) => {
  stopClock(t)
  serving()
  const laptop = await begun("/presentator")
  laptop.set({ nr: 2 })
  const reloaded = await begun("/visa?nr=2", { leads: true })
  await until(() => reloaded.state.nr === 2)
  await begun("/visa", { leads: true })
  await until(() => laptop.state.nr === 0 && reloaded.state.nr === 0)
})

test("without a channel each window is steered by itself", async (t) => {
  stopClock(t)
  serving()
  const { BroadcastChannel } = globalThis
  t.after(() => Object.assign(globalThis, { BroadcastChannel }))
  globalThis.BroadcastChannel = undefined
  const show = await begun("/visa")
  show.step(1)
  assert.equal(show.state.nr, 1)
})

test("a card that is enlarged is left with the question or the slide that it is on", async () => {
  serving()
  const show = await begun("/visa?nr=2")
  show.set({ tavla: 100 })
  show.set({ kort: 7 })
  assert.equal(show.state.kort, 7)
  show.set({ svart: true })
  assert.equal(show.state.kort, 7, "what lies over it is only over it")
  show.set({ tavla: 200 })
  assert.equal(show.state.kort, null)
})
