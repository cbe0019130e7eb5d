// What a script meets in a browser: a window (jsdom), a server that answers as a test says, and a clock that stands still.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { JSDOM } from "jsdom"

const ROOT = new URL("../../", import.meta.url)
const ORIGIN = "http://rummet.test"
const GLOBALS = ["document", "location", "history", "localStorage", "sessionStorage"]
const STEP = 100 // milliseconds of the clock between two looks at what is ready
const PATIENCE = 10_000
let loads = 0

export const textOf = (path) => readFileSync(new URL(path, ROOT), "utf8")

// A window at an address, as the globals that a module uses. `stored` is what the browser remembers from before.
export function openWindow(address, { html = "<!doctype html><body></body>", stored = {} } = {}) {
  const { window } = new JSDOM(html, { url: ORIGIN + address, pretendToBeVisual: true })
  for (const [name, value] of Object.entries(stored)) window.localStorage.setItem(name, value)
  for (const name of GLOBALS) Object.defineProperty(globalThis, name, { value: window[name], configurable: true })
  globalThis.window = window
  globalThis.addEventListener = window.addEventListener.bind(window)
  return window
}

// A module that begins when it is loaded, loaded anew for each test.
export function load(path) {
  loads += 1
  return import(new URL(`${path}?${loads}`, ROOT))
}

export class Refusal {
  constructor(status, body) {
    Object.assign(this, { status, body })
  }
}

// What the service worker has kept of an answer (sw.js).
export class Kept {
  constructor(body) {
    this.body = body
  }
}

export const NO_CONTACT = Symbol("no contact")

// A server as `fetch` sees it. An answer is JSON, a Refusal, Kept, NO_CONTACT, or a function of the request that gives one.
export class Server {
  constructor(answers) {
    this.answers = answers
    this.requests = []
    globalThis.fetch = (address, options) => this.fetch(address, options)
  }

  async fetch(address, { method = "GET", headers = {}, body } = {}) {
    const { pathname, searchParams } = new URL(address, ORIGIN)
    const request = { method, path: pathname, query: searchParams, headers, body: body && JSON.parse(body) }
    this.requests.push(request)
    const found = this.answers[`${method} ${pathname}`] ?? new Refusal(404, { fel: `${pathname} finns inte.` })
    const answer = await (typeof found === "function" ? found(request) : found)
    if (answer === NO_CONTACT) throw new TypeError("Failed to fetch")
    if (answer instanceof Kept) return new Response(JSON.stringify(answer.body), { headers: { "x-ur-minnet": "1" } })
    const { status, body: content } = answer instanceof Refusal ? answer : { status: 200, body: answer }
    return new Response(JSON.stringify(content), { status })
  }

  // What was sent to an address, in order.
  sent(path, method = "POST") {
    return this.requests.filter((request) => request.path === path && request.method === method)
  }
}

// A clock that goes only when a test says so.
export function stopClock(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: Date.UTC(2026, 0, 15, 12) })
  return async (ms) => {
    await settle()
    for (let left = ms; left > 0; left -= STEP) {
      t.mock.timers.tick(Math.min(left, STEP))
      await settle()
    }
  }
}

// Wait, in real time, for what goes outside the stopped clock: messages between windows, files that are read.
export async function until(condition) {
  const end = performance.now() + PATIENCE
  while (!condition() && performance.now() < end) await new Promise((done) => setImmediate(done))
  assert.ok(condition(), String(condition))
}

// Let all that is ready be done.
export async function settle() {
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done))
}
