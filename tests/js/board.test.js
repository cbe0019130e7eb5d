// The board: asked for without end, never shown older than it is.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Board } from "../../naravard/room/static/board.js"
import { Clock } from "../../naravard/room/static/clock.js"
import { NO_CONTACT, Refusal, Server, settle, stopClock } from "./browser.js"

const PATH = "/api/workshop/abc234/nytt"
const svar = (id, more = {}) => ({ id, fraga: 11, grupp: 1, dold: false, gemensamt: false, ...more })
const telling = (tavla, tagg = "t1") => ({ tavla: { tagg, innehall: { svar: [], grupper: [], ...tavla } } })

function boardOf(t, answer) {
  const pass = stopClock(t)
  const server = new Server({ [`GET ${PATH}`]: answer })
  const [contacts, states] = [[], []]
  const room = { hear: (told) => states.push(told) }
  const board = new Board({ kod: "abc234", key: "hemlig", room, clock: new Clock(), hear: (now) => contacts.push(now) })
  const changes = []
  for (const name of ["andrad", "telefoner"]) board.addEventListener(name, () => changes.push(name))
  return { pass, server, board, changes, contacts, states }
}

// A server that has nothing new lets a question wait for as long as it wants to.
const waiting = (query) => new Promise((done) => setTimeout(() => done({}), 1_000 * Number(query.get("vanta"))))

test("one question waits at the server at a time, with the leader's key and what is known", async (t) => {
  let tagg = "t3"
  const { pass, server, changes } = boardOf(t, ({ query }) =>
    query.get("tavla") === tagg ? waiting(query) : telling({ andring: 3 }, tagg),
  )
  await pass(20_000)
  const asked = server.sent(PATH, "GET")
  assert.deepEqual(
    asked.map(({ query }) => query.get("tavla")),
    ["", "t3", "t3", "t3", "t3"],
  )
  assert.equal(asked[0].query.get("vanta"), "5")
  assert.equal(asked[0].headers["x-nyckel"], "hemlig")
  assert.deepEqual(changes, ["andrad"])
  tagg = "t4"
  await pass(5_200)
  assert.deepEqual(changes, ["andrad", "andrad"])
})

test("what the walls show goes to the room, and how many phones there are is told", async (t) => {
  const rum = { nummer: 2, lage: { nr: 1 } }
  let isNew = true
  const { pass, server, board, states, changes } = boardOf(t, ({ query }) => {
    const news = { rum: { tagg: "2", innehall: rum }, telefoner: { tagg: "5", innehall: 5 } }
    return isNew ? news : waiting(query)
  })
  await settle()
  isNew = false
  await pass(200)
  assert.deepEqual([states[0], board.phones, changes[0]], [rum, 5, "telefoner"])
  const last = server.requests.at(-1).query
  assert.deepEqual([last.get("rum"), last.get("telefoner")], ["2", "5"])
})

test("an older board that comes late is not shown", async (t) => {
  let andring = 5
  const { pass, board, changes } = boardOf(t, () => telling({ andring }, `t${andring}`))
  await settle()
  andring = 4
  await pass(600)
  assert.deepEqual([board.now.andring, changes.length], [5, changes.length])
  assert.ok(!changes.includes("telefoner"))
})

test("without contact the board stays as it was, and is asked for every 0.6 seconds", async (t) => {
  let answer = telling({ andring: 1, svar: [svar(1)] })
  const { pass, server, board, contacts } = boardOf(t, () => answer)
  await settle()
  answer = NO_CONTACT
  await pass(100)
  const before = server.requests.length
  await pass(1_800)
  assert.equal(server.requests.length - before, 3)
  assert.equal(board.now.svar.length, 1)
  assert.deepEqual([contacts[0], contacts.at(-1)], [true, false])
})

test("a board that is deleted is not shown any longer, nor asked for", async (t) => {
  let answer = telling({ andring: 1, svar: [svar(1)] })
  const { pass, server, board, changes } = boardOf(t, () => answer)
  await settle()
  answer = new Refusal(404, { fel: "Workshoppen är raderad." })
  await pass(600)
  assert.deepEqual([board.now, board.gone, changes.at(-1)], [null, "Workshoppen är raderad.", "andrad"])
  const before = server.requests.length
  await pass(6_000)
  assert.equal(server.requests.length, before)
})

test("what a question has been answered: what is common first, then the newest; nothing hidden", async (t) => {
  const { board } = boardOf(
    t,
    telling({
      andring: 1,
      grupper: [{ id: 1, namn: "Kalmar" }],
      svar: [
        svar(1),
        svar(2, { gemensamt: true }),
        svar(3, { grupp: 2 }),
        svar(4, { dold: true, gemensamt: true }),
        svar(6, { fraga: 12, gemensamt: true }),
      ],
    }),
  )
  await settle()
  const ids = (list) => list.map(({ id }) => id)
  assert.deepEqual(ids(board.ofQuestion(11)), [2, 3, 1])
  assert.deepEqual(ids(board.ofQuestion(null)), [6, 2], "of all questions, what is common")
  assert.deepEqual(ids(board.common), [2, 6])
  assert.deepEqual([board.groupName(1), board.groupName(9)], ["Kalmar", ""])
})
