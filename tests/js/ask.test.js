// Questions to the server: what is sent, how long one waits, and which refusals are worth another try.

import assert from "node:assert/strict"
import { test } from "node:test"
import { ask, inWords, mayComeBack, memory, Refused } from "../../naravard/room/static/ask.js"
import { NO_CONTACT, openWindow, Refusal, Server, settle, stopClock } from "./browser.js"

test("a question without a body has no content type, and no key but the leader's", async () => {
  const server = new Server({ "GET /api/a": { a: 1 } })
  assert.deepEqual(await ask("/api/a"), { a: 1 })
  await ask("/api/a", { key: "hemlig" })
  assert.deepEqual(
    server.requests.map(({ headers }) => headers),
    [{}, { "x-nyckel": "hemlig" }],
  )
})

test("a body is sent as JSON", async () => {
  const server = new Server({ "POST /api/a": {} })
  await ask("/api/a", { method: "POST", body: { text: "Å", figur: undefined } })
  assert.deepEqual(server.requests[0].headers, { "content-type": "application/json" })
  assert.deepEqual(server.requests[0].body, { text: "Å" })
})

test("a refusal has the server's words, status and code", async () => {
  new Server({
    "GET /api/a": new Refusal(429, { fel: "Vänta lite.", felkod: "vanta" }),
    "GET /api/b": new Refusal(500, {}),
  })
  const refused = await ask("/api/a").catch((error) => error)
  assert.ok(refused instanceof Refused)
  assert.deepEqual([refused.message, refused.status, refused.code], ["Vänta lite.", 429, "vanta"])
  const wordless = await ask("/api/b").catch((error) => error)
  assert.deepEqual([wordless.message, wordless.code], ["Det gick inte.", ""])
})

test("one waits ten seconds for an answer, and no longer", async (t) => {
  const pass = stopClock(t)
  globalThis.fetch = (_, { signal }) =>
    new Promise((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason)))
  let failure = null
  ask("/api/a").catch((error) => (failure = error))
  await pass(9_900)
  assert.equal(failure, null)
  await pass(200)
  assert.equal(failure.name, "AbortError")
  assert.ok(mayComeBack(failure))
})

test("an answer in time stops the clock", async (t) => {
  const pass = stopClock(t)
  let signal
  globalThis.fetch = async (_, options) => {
    signal = options.signal
    return new Response("{}")
  }
  await ask("/api/a")
  await pass(20_000)
  assert.equal(signal.aborted, false)
})

for (const [status, again] of [
  [400, false],
  [403, false],
  [404, false],
  [428, false],
  [429, true],
  [499, false],
  [500, true],
  [503, true],
]) {
  test(`a refusal with ${status} is ${again ? "" : "not "}worth another try`, () => {
    assert.equal(mayComeBack(new Refused("", status)), again)
  })
}

test("no contact is worth another try, and is told in words of our own", async () => {
  new Server({ "GET /api/a": NO_CONTACT })
  const failure = await ask("/api/a").catch((error) => error)
  assert.ok(mayComeBack(failure))
  assert.equal(inWords(failure), "Ingen kontakt med servern just nu. Försök igen.")
  assert.equal(inWords(new Refused("Välj först.", 400)), "Välj först.")
})

test("what is remembered can be listed and forgotten", () => {
  openWindow("/")
  memory.set("naravard_a_1", "x")
  memory.set("naravard_a_2", 7)
  memory.set("naravard_b_1", "y")
  assert.deepEqual(memory.names("naravard_a_").sort(), ["naravard_a_1", "naravard_a_2"])
  assert.equal(memory.get("naravard_a_2"), "7")
  memory.set("naravard_a_1", null)
  assert.equal(memory.get("naravard_a_1"), null)
  assert.deepEqual(memory.names("naravard_a_"), ["naravard_a_2"])
})

test("a browser that remembers nothing is no hindrance", async () => {
  Object.defineProperty(globalThis, "localStorage", {
    get() {
      throw new Error("SecurityError")
    },
    configurable: true,
  })
  memory.set("naravard_a", "x")
  await settle()
  assert.equal(memory.get("naravard_a"), null)
  assert.deepEqual(memory.names("naravard_"), [])
})
