// What our own HTML does in the browser: links that Back and Forward know, one step of history for one choice, the tour,
// and pictures of charts.

import assert from "node:assert/strict"
import { test } from "node:test"
import { JSDOM } from "jsdom"
import { settle, textOf, until } from "./browser.js"

const SCRIPT = textOf("naravard/ui/app.js")
const SEEN = "naravard_rundtur_sedd"

// A page of Streamlit's with the script in it. `before` makes the window ready for it.
function pageWith(html = "", { address = "/", stored = {}, before = () => {} } = {}) {
  const { window } = new JSDOM(`<!doctype html><body>${html}</body>`, {
    url: `http://app.test${address}`,
    runScripts: "outside-only",
    pretendToBeVisual: true,
  })
  for (const [name, value] of Object.entries(stored)) window.localStorage.setItem(name, value)
  before(window)
  window.eval(SCRIPT)
  return window
}

// The window's time, which stands still until it is moved.
function stopTime(window) {
  let now = 1_000_000
  window.Date.now = () => now
  return (ms) => (now += ms)
}

const press = (window, selector, event = {}) => {
  const pressed = new window.MouseEvent("click", { bubbles: true, cancelable: true, ...event })
  window.document.querySelector(selector).dispatchEvent(pressed)
  return pressed
}

const where = (window) => window.location.pathname + window.location.search

async function back(window, howFar = -1) {
  const gone = new Promise((done) => window.addEventListener("popstate", done, { once: true }))
  window.history.go(howFar)
  await gone
}

test("a link to a view is followed as Back and Forward are, without loading the page", async () => {
  const window = pageWith('<a class="vy" href="/sabo?x=1"><b>SÄBO</b></a>', { address: "/oversikt" })
  const states = []
  window.addEventListener("popstate", ({ state }) => states.push(state))
  window.history.replaceState({ id: 7 }, "", "/oversikt")
  const pressed = press(window, "b")
  assert.ok(pressed.defaultPrevented)
  assert.equal(where(window), "/sabo?x=1")
  assert.deepEqual(states, [{ id: 7 }], "Streamlit listens to this")
  await back(window)
  assert.equal(where(window), "/oversikt")
})

test("a view begins at its top", () => {
  const tops = []
  const window = pageWith('<a class="vy" href="/sabo">SÄBO</a><main data-testid="stMain"></main>')
  window.Element.prototype.scrollTo = (...place) => tops.push(place)
  press(window, "a")
  assert.deepEqual(tops, [[0, 0]])
})

for (const [what, event] of [
  ["the middle button", { button: 1 }],
  ["Ctrl", { ctrlKey: true }],
  ["Cmd", { metaKey: true }],
  ["Shift", { shiftKey: true }],
  ["Alt", { altKey: true }],
]) {
  test(`a link pressed with ${what} is the browser's own`, () => {
    const window = pageWith('<a class="vy" href="#sabo">SÄBO</a>')
    assert.equal(press(window, "a", event).defaultPrevented, false)
    assert.equal(where(window), "/")
  })
}

test("other links and buttons are not ours", () => {
  const window = pageWith('<a href="#annat">Annat</a><button>Annan</button><p>Text</p>')
  for (const selector of ["a", "button", "p", "body"]) {
    assert.equal(press(window, selector).defaultPrevented, false, selector)
  }
})

test("the script is there once, however often it is loaded", () => {
  const window = pageWith('<a class="vy" href="/sabo">SÄBO</a>')
  window.eval(SCRIPT)
  let views = 0
  window.addEventListener("popstate", () => (views += 1))
  press(window, "a")
  assert.equal(views, 1)
})

test("what a page sets at once is one step of history with the page", async () => {
  const window = pageWith("", { address: "/oversikt" })
  const pass = stopTime(window)
  window.history.pushState({}, "", "/sabo")
  pass(1_999)
  window.history.pushState({}, "", "/sabo?matperiod=2025")
  pass(1_999)
  window.history.pushState({}, "", "/sabo?matperiod=2025&kommun=Kalmar")
  assert.equal(where(window), "/sabo?matperiod=2025&kommun=Kalmar")
  await back(window)
  assert.equal(where(window), "/oversikt")
})

test("another län is one step, which leaves the kommun of the one before, and Back brings both back", async () => {
  const window = pageWith("", { address: "/sabo?kommun=Mönsterås&lan=Kalmar" })
  const pass = stopTime(window)
  window.document.dispatchEvent(new window.Event("pointerdown"))
  window.history.replaceState({}, "", "/sabo?kommun=Mönsterås&lan=Kronoberg")
  assert.equal(where(window), "/sabo?lan=Kronoberg")
  pass(3_000) // a slow server
  window.history.pushState({}, "", "/sabo?lan=Kronoberg")
  await back(window)
  assert.equal(where(window), "/sabo?kommun=M%C3%B6nster%C3%A5s&lan=Kalmar")
  window.history.replaceState({}, "", "/sabo?kommun=Mönsterås")
  await back(window, 1)
  assert.equal(where(window), "/sabo?lan=Kronoberg")
})

test("a choice that is made later is a step of its own", async () => {
  const window = pageWith("", { address: "/oversikt" })
  const pass = stopTime(window)
  window.history.pushState({}, "", "/sabo")
  pass(2_000)
  window.history.pushState({}, "", "/sabo?kommun=Kalmar")
  await back(window)
  assert.equal(where(window), "/sabo")
})

test("a page that is left gets back the choices that were cleared before", async () => {
  const window = pageWith("", { address: "/sabo?kommun=Kalmar" })
  const pass = stopTime(window)
  window.history.replaceState({ id: 1 }, "", "/sabo?kommun=Kalmar")
  window.history.pushState({ id: 2 }, "", "/sabo")
  pass(500)
  window.history.pushState({ id: 3 }, "", "/jamfor")
  assert.equal(where(window), "/jamfor")
  assert.deepEqual(window.history.state, { id: 3 })
  await back(window)
  assert.equal(where(window), "/sabo?kommun=Kalmar")
})

test("a page that is left at once keeps the choice that was made last", async () => {
  const window = pageWith("", { address: "/sabo?kommun=Kalmar" })
  stopTime(window)
  window.history.pushState({}, "", "/sabo?kommun=Borgholm")
  window.history.pushState({}, "", "/jamfor")
  await back(window)
  assert.equal(where(window), "/sabo?kommun=Borgholm")
})

test("choices that were cleared by hand, and long ago, stay cleared", async () => {
  const window = pageWith("", { address: "/sabo?kommun=Kalmar" })
  const pass = stopTime(window)
  window.history.pushState({}, "", "/sabo")
  pass(2_000)
  window.history.pushState({}, "", "/jamfor")
  await back(window)
  assert.equal(where(window), "/sabo")
})

test("another page's cleared choices are not given to this one", async () => {
  const window = pageWith("", { address: "/sabo?kommun=Kalmar" })
  stopTime(window)
  window.history.pushState({}, "", "/sabo")
  window.history.replaceState({}, "", "/hjalp")
  window.history.pushState({}, "", "/jamfor")
  await back(window)
  assert.equal(where(window), "/hjalp")
})

const TOUR = `<section class="rundtur-kort">${[0, 1, 2]
  .map((n) => `<div class="steg"><h2 tabindex="-1">Steg ${n}</h2></div>`)
  .join(
    "",
  )}<button class="rundtur" value="1">Nästa</button><button class="rundtur hoppa" value="klart">Hoppa över</button>
</section>`

const steps = (window) => [...window.document.querySelectorAll(".steg")].map((step) => !step.hidden)
const card = (window) => window.document.querySelector(".rundtur-kort")

test("the tour begins at its first step, and takes no focus from the page", () => {
  const window = pageWith(TOUR)
  assert.deepEqual(steps(window), [true, false, false])
  assert.equal(window.document.activeElement, window.document.body)
  assert.equal(window.localStorage.length, 0)
})

test("the next step of the tour is shown alone and read aloud", () => {
  const window = pageWith(TOUR)
  press(window, "button")
  assert.deepEqual(steps(window), [false, true, false])
  assert.equal(window.document.activeElement.textContent, "Steg 1")
})

test("a tour that is done or skipped is remembered and not begun again", () => {
  const window = pageWith(TOUR)
  press(window, ".hoppa")
  assert.ok(card(window).hidden)
  assert.equal(window.localStorage.getItem(SEEN), "ja")
  const again = pageWith(TOUR.replaceAll('"steg"', '"steg" hidden'), { stored: { [SEEN]: "ja" } })
  assert.deepEqual(steps(again), [false, false, false])
})

test("a tour that comes later is begun once, by its own HTML", () => {
  const window = pageWith()
  window.document.body.innerHTML = TOUR
  window.naravard.begin()
  press(window, "button")
  window.naravard.begin()
  assert.deepEqual(steps(window), [false, true, false])
})

test("a browser that remembers nothing is shown the tour, and can skip it", () => {
  const window = pageWith(TOUR, {
    before: (made) =>
      Object.defineProperty(made, "localStorage", {
        get() {
          throw new Error("SecurityError")
        },
      }),
  })
  assert.deepEqual(steps(window), [true, false, false])
  press(window, ".hoppa")
  assert.ok(card(window).hidden)
})

const WORDS = { title: "Andel boende", heading: "En rubrik i flera ord", small: ["Källa: SÄBO", ""], name: "andel.png" }
const BUTTON = `<button class="png" value="diagram1" data-words='${JSON.stringify(WORDS)}'>Bild</button>`
const CHART = `<div class="stApp" style="background-color: rgb(255, 255, 255); color: rgb(1, 2, 3)"><div class="st-key-diagram1">
  <div class="js-plotly-plot"><svg class="main-svg"><text>44 %</text><g class="hoverlayer"></g></svg></div></div></div>`

// What jsdom does not do: draw. A letter is half as wide as it is high, and what is saved is kept.
function withPens(made) {
  made.saved = []
  made.CSS = { escape: (text) => text }
  made.HTMLCanvasElement.prototype.getContext = () => ({
    measureText(text) {
      return { width: (text.length * Number.parseInt(this.font.split(" ")[1], 10)) / 2 }
    },
    drawImage: (...drawn) => made.saved.push(drawn.slice(1)),
  })
  made.HTMLCanvasElement.prototype.toBlob = (done, type) => done(new made.Blob(["png"], { type }))
  made.HTMLImageElement.prototype.decode = async () => {}
  made.URL.createObjectURL = (blob) => {
    made.saved.push(blob)
    return "blob:1"
  }
  made.URL.revokeObjectURL = () => {}
  made.HTMLAnchorElement.prototype.click = function () {
    made.saved.push(this.download)
  }
  made.Element.prototype.getBoundingClientRect = () => ({ width: 640, height: 400 })
  made.performance.getEntriesByType = () => []
}

// The picture that was drawn, read as a browser reads it.
async function pictureIn(window) {
  await until(() => window.saved.length === 4)
  const text = await new Promise((done) => {
    const reader = new window.FileReader()
    reader.onload = () => done(reader.result)
    reader.readAsText(window.saved[0])
  })
  assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  return new window.DOMParser().parseFromString(text, "text/html").querySelector("svg")
}

test("a view without a chart says so on the button", async () => {
  const window = pageWith(BUTTON, { before: withPens })
  press(window, "button")
  await settle()
  assert.equal(window.document.querySelector("button").textContent, "Vyn har inget diagram")
})

test("a picture has the chart with title, heading and source, twice as sharp as the screen", async () => {
  const window = pageWith(BUTTON + CHART, { before: withPens })
  press(window, "button")
  assert.equal(window.document.querySelector("button").textContent, "Gör bilden …")
  await until(() => window.document.querySelector("button").textContent === "Bild")
  const [, drawn, png, name] = window.saved
  const picture = await pictureIn(window)
  assert.deepEqual(
    [...picture.querySelectorAll("text")].map((text) => text.textContent),
    ["Andel boende", "En rubrik i flera ord", "44 %", "Källa: SÄBO"],
  )
  const [width, height] = ["width", "height"].map((side) => Number(picture.getAttribute(side)))
  assert.deepEqual([width, height], [640 + 64, 32 + 30 + 22 + 12 + 400 + 12 + 17 + 16])
  assert.deepEqual(drawn, [0, 0, 2 * width, 2 * height])
  assert.deepEqual([png.type, name], ["image/png", "andel.png"])
  assert.ok(window.document.querySelector(".hoverlayer"), "the page's own chart is as it was")
})

test("a picture has the page's own font in it, and is made without where the page has none", async () => {
  const window = pageWith(BUTTON + CHART, { before: withPens })
  const fonts = ["http://app.test/static/other.woff2", "http://app.test/static/SourceSansVF-Upright.ttf.Bs.woff2"]
  window.performance.getEntriesByType = () => fonts.map((name) => ({ name }))
  window.fetch = async (address) => ({
    blob: async () => new window.Blob([address === fonts[1] ? "letters" : "other"]),
  })
  press(window, "button")
  assert.match((await pictureIn(window)).querySelector("style").textContent, /url\(data:.*;base64,bGV0dGVycw==\)/)
  const plain = pageWith(BUTTON + CHART, { before: withPens })
  press(plain, "button")
  assert.equal((await pictureIn(plain)).querySelector("style").textContent, "")
})

test("a picture has title and heading over the chart and the source under it, in the page's colours", async () => {
  const window = pageWith(BUTTON + CHART, { before: withPens })
  press(window, "button")
  const picture = await pictureIn(window)
  const values = (element, names) => names.map((name) => element.getAttribute(name))
  const chart = 32 + 30 + 22 + 12
  assert.deepEqual(values(picture.querySelector("svg"), ["x", "y"]), ["32", `${chart}`])
  assert.deepEqual(
    [...picture.querySelectorAll(":scope > text")].map((text) => [
      ...values(text, ["x", "y", "fill"]),
      text.getAttribute("style").match(/font: (\d+ \d+px)/)[1],
    ]),
    [
      ["32", `${32 + 30 - 7.5}`, "rgb(1, 2, 3)", "700 22px"],
      ["32", `${32 + 30 + 22 - 5.5}`, "rgb(1, 2, 3)", "400 15px"],
      ["32", `${chart + 400 + 12 + 17 - 4.25}`, "rgb(1, 2, 3)", "400 12px"],
    ],
  )
  const paper = values(picture.querySelector("rect"), ["width", "height", "fill"])
  assert.deepEqual(paper, ["100%", "100%", "rgb(255, 255, 255)"])
})

test("a picture of a narrow chart is wide enough for its words", async () => {
  const window = pageWith(BUTTON + CHART, { before: withPens })
  window.Element.prototype.getBoundingClientRect = () => ({ width: 300, height: 400 })
  press(window, "button")
  assert.equal((await pictureIn(window)).getAttribute("width"), "664")
})

test("a long text in a picture is broken between words, at the picture's width", async () => {
  const title = "Andelen boende som är inskrivna i kommunal primärvård i länets kommuner under hela året"
  const button = BUTTON.replace(WORDS.title, title)
  const window = pageWith(button + CHART, { before: withPens })
  press(window, "button")
  const picture = await pictureIn(window)
  const lines = [...picture.querySelectorAll("text")].map((text) => text.textContent).slice(0, 2)
  assert.equal(lines.join(" "), title)
  assert.ok(
    lines.every((line) => line.length * 11 <= 640),
    lines,
  )
  assert.ok(`${lines[0]} ${lines[1].split(" ")[0]}`.length * 11 > 640, "not before it has to be")
})

const LED = '<section class="ledda" data-kod="abc234" data-nyckel="hemlig" hidden><ul></ul></section>'

function leaderWith(answers, stored = {}) {
  return pageWith(LED, {
    stored,
    before: (window) => {
      window.fetch = async (address) => {
        const answer = answers[address]
        if (!answer) throw new TypeError("Failed to fetch")
        return { ok: answer.status === undefined, status: answer.status ?? 200, json: async () => answer }
      }
    },
  })
}

test("the workshops that a browser leads are listed, and one that has just been opened is remembered", async () => {
  const window = leaderWith(
    {
      "/api/workshop/abc234": { namn: "<b>Hösten</b>" },
      "/api/workshop/borta2": { status: 404 },
    },
    { naravard_nyckel_borta2: "x", naravard_nyckel_utan34: "y", annat: "z" },
  )
  await settle()
  const { document, localStorage } = window
  assert.deepEqual(
    [...document.querySelectorAll(".ledda a")].map((link) => [link.getAttribute("href"), link.textContent]),
    [
      ["/led/abc234", "<b>Hösten</b> (abc234)"],
      ["/visa?workshop=abc234", "Visningen"],
    ],
  )
  assert.equal(document.querySelector(".ledda").hidden, false)
  assert.equal(localStorage.getItem("naravard_nyckel_abc234"), "hemlig")
  assert.equal(localStorage.getItem("naravard_nyckel_borta2"), null, "it is deleted")
  assert.equal(localStorage.getItem("naravard_nyckel_utan34"), "y", "nobody knows, without contact")
  assert.equal(document.querySelector(".ledda").dataset.nyckel, undefined, "the key does not stay in the page")
  press(window, "button.glom")
  await settle()
  assert.equal(localStorage.getItem("naravard_nyckel_abc234"), null)
  assert.ok(document.querySelector(".ledda").hidden)
})

test("a chart keeps its proportions on paper, and a table that is too wide is made smaller", () => {
  const window = pageWith('<div class="js-plotly-plot"><svg class="main-svg"></svg></div><div class="tabell"></div>')
  const plot = window.document.querySelector(".js-plotly-plot")
  const table = window.document.querySelector(".tabell")
  const size = (element, sizes) => {
    for (const [name, value] of Object.entries(sizes)) Object.defineProperty(element, name, { value })
  }
  size(plot, { clientWidth: 1200, clientHeight: 400 })
  size(table, { scrollWidth: 2060, clientWidth: 1200 })
  window.dispatchEvent(new window.Event("beforeprint"))
  assert.equal(window.document.querySelector("svg").getAttribute("viewBox"), "0 0 1200 400")
  assert.equal(plot.style.getPropertyValue("--nv-ratio"), "1200 / 400")
  assert.equal(Number(table.style.getPropertyValue("--nv-zoom")).toFixed(3), "0.667")
  window.dispatchEvent(new window.Event("afterprint"))
  assert.equal(window.document.querySelector("svg").hasAttribute("viewBox"), false)
})

const besok = (data) => `<span class="besok" hidden ${data}></span>`

test("the address gets what it lacks of what is chosen, and keeps what it has", () => {
  const html = besok('data-sida="jamfor" data-val="kommun=Nybro&indikator=A+B" data-kommun=""')
  const window = pageWith(html, { address: "/jamfor?kommun=Kalmar&diagram=Karta" })
  assert.equal(where(window), "/jamfor?kommun=Kalmar&diagram=Karta&indikator=A+B")
  assert.equal(window.localStorage.length, 0, "a link that someone sent is not what this browser's kommun is")
})

test("a page that has been left meanwhile changes no address", () => {
  const window = pageWith(besok('data-sida="jamfor" data-val="indikator=A"'), { address: "/sabo" })
  assert.equal(where(window), "/sabo")
})

test("a kommun that is chosen from the question is remembered with its län", () => {
  const link = '<a class="vy" href="./?kommun=Lund&lan=Sk%C3%A5ne+l%C3%A4n" data-kommun="Lund">Lund</a>'
  const window = pageWith(link)
  press(window, "a")
  assert.equal(window.localStorage.getItem("naravard_lan"), "Skåne län")
})

test("a kommun that is chosen is remembered, from the menu and from the question", () => {
  const link = '<a class="vy" href="./?kommun=Nybro" data-kommun="Nybro">Nybro</a>'
  const window = pageWith(besok('data-sida="" data-val="" data-kommun="Kalmar"') + link)
  assert.equal(window.localStorage.getItem("naravard_kommun"), "Kalmar")
  press(window, "a")
  assert.equal(window.localStorage.getItem("naravard_kommun"), "Nybro")
  assert.equal(where(window), "/?kommun=Nybro")
})

test("the län of a kommun is remembered with it, and forgotten with one that has none", () => {
  const visit = (data) => besok(`data-sida="" data-val="" ${data}`)
  const window = pageWith(visit('data-kommun="Växjö" data-lan="Kronobergs län"'))
  assert.equal(window.localStorage.getItem("naravard_lan"), "Kronobergs län")
  window.document.body.innerHTML = visit('data-kommun="Kalmar" data-lan=""')
  window.naravard.note()
  assert.equal(window.localStorage.getItem("naravard_lan"), null)
})

test("a choice that the reader makes at once after coming to a page is a step of its own", async () => {
  const window = pageWith("<button></button>", { address: "/sabo", before: stopTime })
  window.history.pushState({}, "", "/jamfor?kommun=Kalmar")
  window.Date.now = () => 1_000_500
  window.document.querySelector("button").dispatchEvent(new window.Event("pointerdown", { bubbles: true }))
  window.history.pushState({}, "", "/jamfor?kommun=Nybro")
  await back(window)
  assert.equal(where(window), "/jamfor?kommun=Kalmar")
})

test("another kommun from the menu is a step, and what the script itself replaces is none", async () => {
  const window = pageWith("<button></button>", { address: "/sabo?kommun=Kalmar" })
  window.history.replaceState({}, "", "/sabo?kommun=Torsås")
  assert.equal(window.history.length, 1, "the reader has done nothing")
  window.document.querySelector("button").dispatchEvent(new window.Event("pointerdown", { bubbles: true }))
  window.history.replaceState({}, "", "/sabo?kommun=Nybro")
  window.history.replaceState({}, "", "/sabo?kommun=Nybro&x=1")
  assert.equal(window.history.length, 2)
  await back(window)
  assert.equal(new URLSearchParams(window.location.search).get("kommun"), "Torsås")
})

// The address of a page after what is done before Streamlit reads it.
function openedAt(address, kommun, lan = "") {
  const { window } = new JSDOM("", { url: `http://app.test${address}`, runScripts: "outside-only" })
  if (kommun) window.localStorage.setItem("naravard_kommun", kommun)
  if (lan) window.localStorage.setItem("naravard_lan", lan)
  window.eval(textOf("naravard/ui/before.js"))
  return where(window)
}

test("an address that names no kommun gets the one that is remembered, before anything is drawn", () => {
  assert.equal(openedAt("/sabo", ""), "/sabo")
  assert.equal(openedAt("/sabo?x=1", "Mönsterås"), "/sabo?x=1&kommun=M%C3%B6nster%C3%A5s")
  assert.equal(openedAt("/sabo?kommun=Nybro", "Mönsterås"), "/sabo?kommun=Nybro", "an address wins")
})

test("a remembered kommun comes with its län, and not to the address of another", () => {
  assert.equal(openedAt("/sabo", "Ljungby", "Kronobergs län"), "/sabo?lan=Kronobergs+l%C3%A4n&kommun=Ljungby")
  assert.equal(openedAt("/sabo?lan=Sk%C3%A5ne+l%C3%A4n", "Ljungby", "Kronobergs län"), "/sabo?lan=Sk%C3%A5ne+l%C3%A4n")
  assert.equal(openedAt("/sabo?lan=Kronobergs+l%C3%A4n", "Ljungby", "Kronobergs län").includes("Ljungby"), true)
})
