// What a browser tells of its last visit: once for a tab, and the next tab of this one.

import assert from "node:assert/strict"
import test from "node:test"
import { load, openWindow } from "./browser.js"

const PATH = "naravard/ui/last_visit.js"

// The component as Streamlit calls it; what it tells, and what it writes.
async function visit(stored, version, before = "", tab = {}) {
  const window = openWindow("/", { stored, html: "<!doctype html><body><div><p></p></div></body>" })
  for (const [name, value] of Object.entries(tab)) window.sessionStorage.setItem(name, value)
  const told = []
  const parentElement = window.document.querySelector("div")
  const { default: lastVisit } = await load(PATH)
  const setStateValue = (name, value) => told.push([name, value])
  lastVisit({ data: { store: "lager", version, before }, parentElement, setStateValue })
  return { told, text: parentElement.textContent, kept: window.localStorage.getItem("naravard_besok_lager") }
}

test("a first visit has nothing to tell, and is remembered with its version", async () => {
  const { told, text, kept } = await visit({}, 4)
  assert.deepEqual([told, text], [[], ""])
  assert.match(kept, /^4 \d{4}-\d\d-\d\d$/)
})

test("an earlier version is told once, and the new one is remembered", async () => {
  const stored = { naravard_besok_lager: "3 2026-11-12" }
  const { told, kept } = await visit(stored, 5)
  assert.deepEqual(told, [["before", "3 2026-11-12"]])
  assert.match(kept, /^5 /)
  assert.deepEqual((await visit(stored, 5, "3 2026-11-12")).told, [], "the page has it already")
})

test("a tab that is loaded anew asks about the same visit", async () => {
  const { told } = await visit({ naravard_besok_lager: "5 2026-11-20" }, 5, "", {
    naravard_besok_lager: "3 2026-11-12",
  })
  assert.deepEqual(told, [["before", "3 2026-11-12"]])
})

test("where nothing has come a line says so, without the server", async () => {
  const { told, text } = await visit({ naravard_besok_lager: "5 2026-11-20" }, 5)
  assert.deepEqual([told, text], [[], "Inget nytt har kommit sedan ditt förra besök, 2026-11-20."])
})

test("what is no visit is not told", async () => {
  for (const text of ["x", "", "7 2026-11-12"])
    assert.deepEqual((await visit({ naravard_besok_lager: text }, 5)).told, [])
})
