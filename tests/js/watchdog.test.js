// The watchdog of a phone's page: a page that did not come whole is loaded again, and at last asks for it.

import assert from "node:assert/strict"
import { test } from "node:test"
import { openWindow, stopClock, textOf } from "./browser.js"

const SCRIPT = textOf("naravard/room/static/watchdog.js")

async function pageThat(t, { comes, times = "0" }) {
  const pass = stopClock(t)
  const window = openWindow("/d/abc234")
  sessionStorage.setItem("naravard_omladdningar", times)
  const calls = []
  window.stop = () => calls.push("stop")
  const reload = () => calls.push("reload")
  const heard = {}
  const page = new Proxy(document, {
    get: (target, name) => {
      if (name === "addEventListener") return (event, act) => (heard[event] = act)
      if (name === "readyState") return comes === "never" ? "loading" : "interactive"
      const value = target[name]
      return typeof value === "function" ? value.bind(target) : value
    },
  })
  new Function("document", "location", "window", SCRIPT)(page, { reload }, window)
  if (comes === "whole") document.documentElement.dataset.klar = ""
  if (comes !== "never" && comes !== "slowly") heard.DOMContentLoaded()
  return { pass, calls, tries: () => sessionStorage.getItem("naravard_omladdningar") }
}

test("a page that has come whole is left alone, and begins to count anew", async (t) => {
  const { pass, calls, tries } = await pageThat(t, { comes: "whole", times: "3" })
  await pass(20_000)
  assert.deepEqual([calls, tries()], [[], "0"])
})

test("one whose end was lost is loaded again soon", async (t) => {
  const { pass, calls, tries } = await pageThat(t, { comes: "cut" })
  await pass(400)
  assert.deepEqual([calls, tries()], [["stop", "reload"], "1"])
})

test("one of which nothing more comes for three seconds is loaded again, and one that grows is not", async (t) => {
  const { pass, calls } = await pageThat(t, { comes: "never" })
  for (let i = 0; i < 5; i++) {
    await pass(2_000)
    document.body.append("mer")
  }
  await pass(3_900)
  assert.deepEqual(calls, [])
  await pass(1_200)
  assert.deepEqual(calls.slice(0, 2), ["stop", "reload"])
})

test("one that has come and is slow to begin is left alone", async (t) => {
  const { pass, calls } = await pageThat(t, { comes: "slowly" })
  await pass(20_000)
  assert.deepEqual(calls, [])
})

test("after six times a person is asked", async (t) => {
  const { pass, calls, tries } = await pageThat(t, { comes: "cut", times: "6" })
  await pass(400)
  assert.deepEqual([calls, tries()], [[], "0"])
  assert.equal(document.body.textContent, "Sidan kom inte fram helt. Ladda om")
  document.querySelector("button").click()
  assert.deepEqual(calls, ["reload"])
})

for (const came of [false, true])
  test(`where the watchdog ${came ? "came" : "did not come"}, the first script ${came ? "does nothing" : "loads the page again"}`, async (t) => {
    const pass = stopClock(t)
    const window = openWindow("/d/abc234")
    const calls = []
    window.stop = () => calls.push("stop")
    new Function("document", "location", "window", textOf("naravard/room/static/first.js"))(
      document,
      { reload: () => calls.push("reload") },
      window,
    )
    if (came) document.documentElement.dataset.vakt = ""
    await pass(7_100)
    assert.deepEqual(calls, came ? [] : ["stop", "reload"])
  })
