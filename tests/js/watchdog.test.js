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
      const value = target[name]
      return typeof value === "function" ? value.bind(target) : value
    },
  })
  new Function("document", "location", "window", SCRIPT)(page, { reload }, window)
  if (comes === "whole") document.documentElement.dataset.klar = ""
  if (comes !== "never") heard.DOMContentLoaded()
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

test("one that stands still is loaded again after eight seconds", async (t) => {
  const { pass, calls } = await pageThat(t, { comes: "never" })
  await pass(7_900)
  assert.deepEqual(calls, [])
  await pass(200)
  assert.deepEqual(calls, ["stop", "reload"])
})

test("after six times a person is asked", async (t) => {
  const { pass, calls, tries } = await pageThat(t, { comes: "cut", times: "6" })
  await pass(400)
  assert.deepEqual([calls, tries()], [[], "0"])
  assert.equal(document.body.textContent, "Sidan kom inte fram helt. Ladda om")
  document.querySelector("button").click()
  assert.deepEqual(calls, ["reload"])
})
