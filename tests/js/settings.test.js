// A workshop's name, groups and questions: what is unsaved is never lost, and a line keeps its number.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Settings } from "../../naravard/room/static/settings.js"
import { openWindow, settle } from "./browser.js"

const NOW = {
  namn: "Hösten",
  grupper: [
    { id: 1, namn: "Kalmar" },
    { id: 2, namn: "Öland" },
  ],
  fragor: [
    { id: 11, text: "Vad fungerar?" },
    { id: 12, text: "Vad saknas?" },
  ],
}

function settingsWith({ stored = {}, saves = true } = {}) {
  const window = openWindow("/led/abc234", { stored })
  const sent = []
  const settings = new Settings("abc234", async (draft) => {
    sent.push(draft)
    return saves
  })
  document.body.append(settings.element)
  settings.take(NOW)
  const fields = (list) => [...document.querySelectorAll(`[data-lista=${list}] input`)]
  const write = (field, text) => {
    field.value = text
    field.dispatchEvent(new window.Event("input"))
  }
  const press = async (name) => {
    const buttons = [...document.querySelectorAll("button")]
    buttons.find((button) => (button.getAttribute("aria-label") ?? button.textContent) === name).click()
    await settle()
  }
  const texts = (list) => fields(list).map((field) => field.value)
  const unsaved = () => !document.querySelector(".osparat").hidden
  return { settings, sent, fields, write, press, texts, unsaved }
}

test("one save renames a question with its number, moves it, and adds another", async () => {
  const { sent, fields, write, press } = settingsWith()
  write(fields("fragor")[0], "Vad fungerar bra?")
  await press("Lägg till en fråga")
  assert.equal(document.activeElement, fields("fragor")[2])
  write(fields("fragor")[2], "Ny?")
  await press("Flytta upp: Vad saknas?")
  assert.equal(document.activeElement.value, "Vad saknas?", "at the end, where it cannot go further")
  await press("Spara")
  assert.deepEqual(sent[0].fragor, [
    { id: 12, text: "Vad saknas?" },
    { id: 11, text: "Vad fungerar bra?" },
    { id: null, text: "Ny?" },
  ])
  assert.deepEqual(sent[0].grupper, [
    { id: 1, text: "Kalmar" },
    { id: 2, text: "Öland" },
  ])
})

test("a line that is moved keeps the focus, and a line can be removed", async () => {
  const { press, texts, write, fields } = settingsWith()
  await press("Lägg till en grupp")
  write(fields("grupper")[2], "Norr")
  await press("Flytta ned: Kalmar")
  assert.deepEqual(texts("grupper"), ["Öland", "Kalmar", "Norr"])
  assert.equal(document.activeElement.getAttribute("aria-label"), "Flytta ned: Kalmar")
  await press("Ta bort: Kalmar")
  assert.deepEqual(texts("grupper"), ["Öland", "Norr"])
})

test("what is unsaved is there after a reload, and when others change something", async () => {
  const first = settingsWith()
  first.write(first.fields("fragor")[1], "Halvskriven")
  assert.ok(first.unsaved())
  const again = settingsWith({ stored: { ...localStorage } })
  assert.deepEqual([again.texts("fragor")[1], again.unsaved()], ["Halvskriven", true])
  again.settings.take({ ...NOW, namn: "Våren" })
  assert.equal(again.texts("fragor")[1], "Halvskriven")
  await again.press("Ta tillbaka det osparade")
  assert.deepEqual([again.texts("fragor")[1], again.unsaved(), localStorage.length], ["Vad saknas?", false, 0])
})

test("what was not received stays unsaved, and what was is forgotten", async () => {
  const refused = settingsWith({ saves: false })
  refused.write(refused.fields("grupper")[0], "Norr")
  await refused.press("Spara")
  assert.ok(refused.unsaved())
  assert.equal(localStorage.length, 1)
  const received = settingsWith()
  received.write(received.fields("grupper")[0], "Norr")
  await received.press("Spara")
  assert.ok(!received.unsaved())
  assert.equal(localStorage.length, 0)
})

test("what is written back as it was is no change, and nothing is drawn anew while one writes", () => {
  const { settings, fields, write, unsaved } = settingsWith()
  const field = fields("fragor")[0]
  write(field, "Annat")
  write(field, "Vad fungerar?")
  assert.ok(!unsaved())
  settings.take(structuredClone(NOW))
  assert.equal(fields("fragor")[0], field)
})
