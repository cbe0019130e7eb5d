// Keys: which of them steer, and when they belong to somebody who writes.

import assert from "node:assert/strict"
import { test } from "node:test"
import { letters, listen, swipes } from "../../naravard/room/static/keys.js"
import { steering } from "../../naravard/room/static/steering.js"
import { openWindow, settle } from "./browser.js"

const HTML = `<!doctype html><body><p id="besked" hidden></p><input id="text"><input id="box" type="checkbox"><textarea></textarea>
  <select></select><div id="notes" tabindex="0"><p>Text</p></div><button><b>Nästa</b></button><a href="#x">Länk</a></body>`

function pressed(keys, { on = "body", isSteered = true, letterKeys = true, isLong = true, ...event } = {}) {
  const window = openWindow("/visa", { html: HTML })
  letters.areOn = letterKeys
  Object.defineProperty(document.querySelector("#notes"), "scrollHeight", { value: isLong ? 700 : 0 })
  const names = []
  listen(
    (name) => names.push(name),
    () => isSteered,
  )
  for (const key of keys) {
    const press = new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...event })
    window.document.querySelector(on).dispatchEvent(press)
    assert.equal(press.defaultPrevented, names.length > 0)
  }
  return names
}

for (const [keys, name] of [
  [["PageDown", "ArrowRight", "ArrowDown", " "], "next"],
  [["PageUp", "ArrowLeft", "ArrowUp"], "before"],
  [["Home"], "first"],
  [["End"], "last"],
  [["b", "B", "."], "blank"],
  [["k", "K"], "kommun"],
  [["j"], "kommunBefore"],
  [["q"], "code"],
  [["t"], "board"],
  [["v"], "renew"],
  [["?", "h"], "help"],
  [["Escape"], "close"],
]) {
  test(`${keys.join(", ")}: ${name}`, () => {
    assert.deepEqual(
      pressed(keys),
      keys.map(() => name),
    )
  })
}

test("other keys, and keys with Ctrl, Alt or Cmd, are the browser's own", () => {
  assert.deepEqual(pressed(["c", "r", "Enter", "Tab", "x", "5"]), [])
  for (const held of ["ctrlKey", "altKey", "metaKey"])
    assert.deepEqual(pressed(["PageDown", "k"], { [held]: true }), [])
})

test("who writes is left alone", () => {
  for (const on of ["#text", "textarea", "select"]) assert.deepEqual(pressed(["b", " ", "ArrowDown"], { on }), [], on)
})

test("who reads a part that scrolls scrolls it, and steers with the other keys", () => {
  for (const on of ["#notes", "#notes p"]) {
    assert.deepEqual(pressed(["PageDown", "PageUp", "ArrowDown", "ArrowUp", " ", "Home", "End"], { on }), [], on)
    assert.deepEqual(pressed(["ArrowRight", "b"], { on }), ["next", "blank"], on)
    assert.deepEqual(pressed(["PageDown"], { on, isLong: false }), ["next"], on)
  }
})

test("keys steer where one looks at what they steer, and Escape closes anywhere", () => {
  assert.deepEqual(pressed(["PageDown", "b", "?", " "], { isSteered: false }), [])
  assert.deepEqual(pressed(["Escape"], { isSteered: false }), ["close"])
})

test("letters can be turned off; a remote's keys steer all the same", () => {
  assert.deepEqual(pressed(["b", "k", ".", "?"], { letterKeys: false }), [])
  assert.deepEqual(pressed(["PageDown", " ", "Escape"], { letterKeys: false }), ["next", "next", "close"])
  letters.areOn = true
  assert.equal(localStorage.length, 0)
})

test("a finger drawn sideways steers, a mouse and a short way do not", () => {
  const window = openWindow("/visa")
  const names = []
  swipes((name) => names.push(name), document.body)
  for (const [kind, way] of [
    ["touch", -100],
    ["touch", 100],
    ["touch", 40],
    ["mouse", -100],
  ]) {
    for (const [name, x] of [
      ["pointerdown", 200],
      ["pointerup", 200 + way],
    ]) {
      const event = new window.MouseEvent(name, { clientX: x })
      Object.defineProperty(event, "pointerType", { value: kind })
      document.body.dispatchEvent(event)
    }
  }
  assert.deepEqual(names, ["next", "before"])
})

test("a space presses the button that has the focus, and other keys steer from it", () => {
  for (const on of ["button", "button b", "a", "#box"]) {
    assert.deepEqual(pressed([" "], { on }), [], on)
    assert.deepEqual(pressed(["PageDown"], { on }), ["next"], on)
  }
})

function steered({ maySteer = true, kod = null, hasNewer = false, kommuner = [{}], ...state } = {}) {
  openWindow("/visa", { html: HTML })
  const calls = []
  const recording = (names) =>
    Object.fromEntries(names.map((name) => [name, (...given) => calls.push([name, ...given])]))
  const show = {
    ...recording(["step", "set", "renew", "nextKommun", "turnBoard"]),
    state: { nr: 1, tavla: null, svart: false, qr: false, ...state },
    maySteer,
    entries: ["a", "b", "c"],
    kod,
    hasNewer,
    screen: async () => ({ kommuner }),
  }
  const wall = show.state.tavla === null ? null : recording(["step", "first", "last", "enlarge"])
  return { actions: steering(show, { ...recording(["keys", "close"]), name: null }, () => wall), calls }
}

const doing = async (name, state) => {
  const { actions, calls } = steered(state)
  actions[name]()
  await settle()
  return calls
}
const flashed = () => document.getElementById("besked").textContent

test("steps are of the slides, or of the board while it is up and lit", async () => {
  assert.deepEqual(await doing("next"), [["step", 1]])
  assert.deepEqual(await doing("before"), [["step", -1]])
  assert.deepEqual(await doing("first"), [["set", { nr: 0 }]])
  assert.deepEqual(await doing("last"), [["set", { nr: 2 }]])
  assert.deepEqual(await doing("first", { tavla: 0 }), [["first"]])
  assert.deepEqual(await doing("last", { tavla: 0 }), [["last"]])
  assert.deepEqual(await doing("last", { tavla: 0, svart: true }), [["set", { nr: 2 }]])
  assert.deepEqual(await doing("enlarge", { tavla: 0 }), [["enlarge", 1]])
})

test("black, the QR code and the board are put on and off", async () => {
  assert.deepEqual(await doing("blank"), [["set", { svart: true }]])
  assert.deepEqual(await doing("blank", { svart: true }), [["set", { svart: false }]])
  assert.deepEqual(await doing("code"), [["set", { qr: true }]])
  assert.deepEqual(await doing("close", { qr: true }), [["set", { qr: false }]])
  assert.deepEqual(await doing("close"), [["close"]])
  assert.deepEqual(await doing("close", { tavla: 0, kort: 7 }), [["set", { kort: null }]])
  assert.deepEqual(await doing("board", { kod: "abc234" }), [["turnBoard"]])
})

test("with a QR code over the board, a step takes it away and leaves the board where it is", async () => {
  assert.deepEqual(await doing("next", { tavla: 0, qr: true }), [["step", 1]])
})

test("a screen that follows the leader says so, whatever is pressed", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  for (const name of ["next", "before", "first", "last", "blank", "kommun", "kommunBefore", "board", "renew", "code"]) {
    assert.deepEqual(await doing(name, { maySteer: false, kod: "abc234", hasNewer: true }), [], name)
    assert.match(flashed(), /följer ledaren/, name)
  }
  assert.equal((await doing("help", { maySteer: false }))[0][0], "keys", "the keys can be seen all the same")
  t.mock.timers.tick(2_500)
})

test("what there is not is told", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  for (const [name, state, text] of [
    ["board", {}, "Tavlan finns i en workshop."],
    ["renew", {}, "Det här är den nyaste versionen."],
    ["kommun", { kommuner: [] }, "Bilden visar inga kommuner."],
    ["enlarge", {}, "Ett svar på tavlan kan förstoras."],
  ]) {
    assert.deepEqual(await doing(name, state), [])
    assert.equal(flashed(), text)
  }
  t.mock.timers.tick(2_500)
  assert.equal(flashed(), "")
})

test("a kommun is pointed out on a slide, not on the board", async () => {
  assert.deepEqual(await doing("kommun"), [["nextKommun", 1]])
  assert.deepEqual(await doing("kommunBefore"), [["nextKommun", -1]])
  assert.deepEqual(await doing("kommun", { tavla: 0 }), [])
  assert.deepEqual(await doing("renew", { hasNewer: true }), [["renew"]])
})
