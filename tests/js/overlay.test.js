// What is laid over the screen, and QR codes: of the address that holds now, and fetched until they have come.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Overlay, qr } from "../../naravard/room/static/overlay.js"
import { openWindow, settle, stopClock } from "./browser.js"

const HTML = `<!doctype html><body><dialog id="over"></dialog></body>`

function overlayOf(t, show) {
  const window = openWindow("/visa", { html: HTML })
  t.after(() => window.close())
  const dialog = document.getElementById("over")
  dialog.showModal = () => dialog.setAttribute("open", "")
  dialog.close = () => dialog.removeAttribute("open")
  const overlay = new Overlay()
  return { window, dialog, overlay, show: { kod: "abc234", state: { qr: true }, base: show } }
}

test("the QR code is a dialog with a name, drawn anew at a new address and not otherwise", async (t) => {
  const base = { adress: "http://10.0.0.5:8501", lokal: false, rum: true }
  const { dialog, overlay, show } = overlayOf(t, base)
  await overlay.code(show)
  const first = dialog.querySelector("img")
  assert.deepEqual([dialog.open, dialog.getAttribute("aria-label")], [true, "QR-kod"])
  assert.equal(dialog.querySelector(".adress").textContent, "10.0.0.5:8501/d/abc234")
  await overlay.code(show)
  assert.equal(dialog.querySelector("img"), first)
  base.adress = "http://192.168.43.1:8501"
  await overlay.code(show)
  assert.equal(dialog.querySelector(".adress").textContent, "192.168.43.1:8501/d/abc234")
  assert.notEqual(dialog.querySelector("img").src, first.src)
  show.state.qr = false
  await overlay.code(show)
  assert.ok(!dialog.open)
})

test("its button leaves it as its key does", async (t) => {
  const { dialog, overlay, show } = overlayOf(t, { adress: "http://a", lokal: false })
  await overlay.code(show)
  let left = 0
  overlay.leave = () => (left += 1)
  dialog.querySelector(".stang").click()
  assert.equal(left, 1)
})

test("a picture that did not come is fetched again, every two seconds until it has", async (t) => {
  const pass = stopClock(t)
  const window = openWindow("/visa")
  t.after(() => window.close())
  const picture = qr("/d/abc234", "QR-kod", "http://a")
  const { src } = picture
  for (const times of [1, 2]) {
    picture.dispatchEvent(new window.Event("error"))
    await pass(2_000)
    assert.equal(picture.src, `${src}&igen=${times}`)
  }
  await pass(10_000)
  assert.equal(picture.src, `${src}&igen=2`)
  await settle()
})
