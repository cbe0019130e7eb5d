// The board: asked for often, never shown older than it is, and told which figure is on screen.

import assert from "node:assert/strict"
import { test } from "node:test"
import { mayComeBack } from "../../naravard/room/static/ask.js"
import { Board, reportFigure } from "../../naravard/room/static/board.js"
import { NO_CONTACT, Refusal, Server, settle, stopClock } from "./browser.js"

const PATH = "/api/workshop/abc234/tavla"
const svar = (id, more = {}) => ({ id, fraga: 11, grupp: 1, dold: false, gemensamt: false, ...more })

function showOf(more = {}) {
  const show = new EventTarget()
  const contacts = []
  return Object.assign(show, { kod: "abc234", key: "hemlig", contacts, hear: (now) => contacts.push(now), ...more })
}

function boardOf(t, answers, show = showOf()) {
  const pass = stopClock(t)
  const server = new Server(answers)
  const board = new Board(show)
  let changes = 0
  board.addEventListener("andrad", () => (changes += 1))
  return { pass, server, board, show, changes: () => changes }
}

test("the board is asked for every 0.6 seconds, with the leader's key and what is known of it", async (t) => {
  let andring = 3
  const { pass, server, changes } = boardOf(t, {
    [`GET ${PATH}`]: ({ query }) =>
      query.get("andring") === String(andring) ? { andring } : { andring, svar: [], grupper: [] },
  })
  await pass(1_800)
  const asked = server.sent(PATH, "GET")
  assert.deepEqual(
    asked.map(({ query }) => query.get("andring")),
    [null, "3", "3", "3"],
  )
  assert.equal(asked[0].headers["x-nyckel"], "hemlig")
  assert.equal(changes(), 1)
  andring = 4
  await pass(600)
  assert.equal(changes(), 2)
})

test("an older board that comes late is not shown", async (t) => {
  let andring = 5
  const { pass, board, changes } = boardOf(t, { [`GET ${PATH}`]: () => ({ andring, svar: [], grupper: [] }) })
  await settle()
  andring = 4
  await pass(600)
  assert.deepEqual([board.now.andring, changes()], [5, 1])
})

test("without contact the board stays as it was", async (t) => {
  let answer = { andring: 1, svar: [svar(1)], grupper: [] }
  const { pass, board, show } = boardOf(t, { [`GET ${PATH}`]: () => answer })
  await settle()
  answer = NO_CONTACT
  await pass(600)
  assert.equal(board.now.svar.length, 1)
  assert.deepEqual(show.contacts, [true, false])
})

test("a board that is deleted is not shown any longer, nor asked for", async (t) => {
  let answer = { andring: 1, svar: [svar(1)], grupper: [] }
  const { pass, server, board, changes } = boardOf(t, { [`GET ${PATH}`]: () => answer })
  await settle()
  answer = new Refusal(404, { fel: "Workshoppen är raderad." })
  await pass(600)
  assert.deepEqual([board.now, board.gone, changes()], [null, "Workshoppen är raderad.", 2])
  const before = server.requests.length
  await pass(6_000)
  assert.equal(server.requests.length, before)
})

test("a group's answers to a question: what is common first, then the newest; nothing hidden", async (t) => {
  const { board } = boardOf(t, {
    [`GET ${PATH}`]: {
      andring: 1,
      grupper: [{ id: 1, namn: "Kalmar" }],
      svar: [
        svar(1),
        svar(2, { gemensamt: true }),
        svar(3),
        svar(4, { dold: true, gemensamt: true }),
        svar(5, { grupp: 2 }),
        svar(6, { fraga: 12, gemensamt: true }),
      ],
    },
  })
  await settle()
  const ids = (list) => list.map(({ id }) => id)
  assert.deepEqual(ids(board.answers(11, 1)), [2, 3, 1])
  assert.deepEqual(ids(board.answers(null, 1)), [6, 2], "of all questions, what is common")
  assert.deepEqual(ids(board.common), [2, 6])
  assert.deepEqual([board.groupName(1), board.groupName(9)], ["Kalmar", ""])
})

const FIGURE = "/api/workshop/abc234/visas"

function reporting(t, answer) {
  const pass = stopClock(t)
  const server = new Server({ [`POST ${FIGURE}`]: answer })
  const show = showOf({
    state: { nr: 0, kommun: null, version: 7 },
    entries: ["lgl1", "lgl2", "lgl3"],
    isExample: false,
  })
  show.insist = async (question) => {
    for (;;) {
      try {
        return await question()
      } catch (error) {
        if (!mayComeBack(error)) throw error
        await new Promise((done) => setTimeout(done, 2_000))
      }
    }
  }
  reportFigure(show)
  const go = async (nr) => {
    show.state.nr = nr
    show.dispatchEvent(new Event("lage"))
    await settle()
  }
  return { pass, server, go, figures: () => server.sent(FIGURE).map(({ body }) => body.bild) }
}

test("the figure on screen is reported when it changes, and then alone", async (t) => {
  const { server, go, figures } = reporting(t, {})
  await settle()
  assert.deepEqual(server.sent(FIGURE)[0].body, { bild: "lgl1", version: 7, kommun: null, exempel: false })
  await go(0)
  await go(1)
  assert.deepEqual(figures(), ["lgl1", "lgl2"])
})

test("after a lost contact the figure that is on screen now is reported, and none of those between", async (t) => {
  let contact = false
  const { pass, go, figures } = reporting(t, () => (contact ? {} : NO_CONTACT))
  await go(1)
  await go(2)
  contact = true
  await pass(2_000)
  assert.deepEqual(figures(), ["lgl1", "lgl3"])
})

test("a screen that cannot be reported hinders no other", async (t) => {
  const { go, figures } = reporting(t, ({ body }) => (body.bild === "lgl1" ? new Refusal(404, {}) : {}))
  await go(1)
  assert.deepEqual(figures(), ["lgl1", "lgl2"])
})
