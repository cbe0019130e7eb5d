// Streamlit's English words in Swedish, and Tab into the menu Ladda ner.

import assert from "node:assert/strict"
import { test } from "node:test"
import { JSDOM } from "jsdom"
import { settle, textOf } from "./browser.js"

function pageWith(html) {
  const { window } = new JSDOM(`<!doctype html><body>${html}</body>`, {
    runScripts: "outside-only",
    pretendToBeVisual: true,
  })
  window.eval(textOf("naravard/ui/swedish.js"))
  return window.document
}

for (const [english, swedish] of [
  ["Skip to main content", "Till innehållet"],
  ["Press Enter to apply", "Tryck Enter för att använda"],
  ["No results", "Inget stämmer"],
  ["12 options available.", "12 att välja bland."],
  ["Page not found", "Sidan finns inte"],
  ["yyyy", "åååå"],
  ["year, Från vilken dag?", "år, Från vilken dag?"],
  ["Choose date, november 2026", "Välj dag, november 2026"],
  [
    "You have requested page /x, but no corresponding file was found in the app's pages/ directory. Running the app's main page.",
    "Adressen leder ingenstans. Här är Översikt i stället; sidorna står i menyn.",
  ],
  [
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
    "Servern svarar inte. Vänta en stund, eller ladda om sidan. Hjälper inte det: säg till den som sköter tjänsten.",
  ],
  ["1GB per file", "eller släpp dem här: {IN_WORDS}, högst 600 MB"],
  ["Openhet", "Openhet"],
  ["toString", "toString"],
  ["Kalmar", "Kalmar"],
]) {
  test(`${english} is said as it should be, from the beginning, added and changed`, async () => {
    const page = pageWith("<p></p><b>x</b>")
    const added = page.createElement("div")
    added.innerHTML = "<span></span>"
    added.querySelector("span").textContent = english
    page.body.append(added)
    page.querySelector("b").firstChild.data = english
    const first = pageWith(`<i>${english}</i>`).querySelector("i")
    await settle()
    for (const element of [added, page.querySelector("b"), first]) {
      if (swedish instanceof RegExp) assert.match(element.textContent, swedish)
      else assert.equal(element.textContent, swedish)
    }
  })
}

test("names that are only read aloud are Swedish, also when they change", async () => {
  const page = pageWith('<button aria-label="Help for Diagram"></button><input placeholder="Choose options">')
  assert.equal(page.querySelector("button").getAttribute("aria-label"), "Hjälp om Diagram")
  assert.equal(page.querySelector("input").placeholder, "Välj")
  const day = pageWith('<span role="spinbutton" aria-valuetext="Empty">dd</span>').querySelector("span")
  assert.equal(day.getAttribute("aria-valuetext"), "Tomt")
  page.querySelector("button").setAttribute("aria-label", "Remove Kalmar")
  await settle()
  assert.equal(page.querySelector("button").getAttribute("aria-label"), "Ta bort Kalmar")
})

const MENU = `
  <button data-testid="stPopoverButton" aria-expanded="true" id="ladda">Ladda ner</button><button id="nasta">Nästa</button>
  <div data-testid="stPopoverBody"><button id="pptx">PowerPoint</button><button id="lank">Länk</button></div>`

const tab = (page, shiftKey = false) => {
  const { KeyboardEvent } = page.defaultView
  return !page.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", shiftKey, bubbles: true, cancelable: true }))
}

test("Tab goes from Ladda ner into its menu, back, and on to what follows the button", () => {
  const page = pageWith(MENU)
  page.getElementById("ladda").focus()
  assert.ok(tab(page))
  assert.equal(page.activeElement.id, "pptx")
  assert.ok(tab(page, true))
  assert.equal(page.activeElement.id, "ladda")
  page.getElementById("lank").focus()
  assert.equal(tab(page), false, "the browser goes on, from the button")
  assert.equal(page.activeElement.id, "ladda")
})

test("Tab is the browser's own where no menu is open, and elsewhere on the page", () => {
  const closed = pageWith(MENU.replace('expanded="true"', 'expanded="false"'))
  closed.getElementById("ladda").focus()
  assert.equal(tab(closed), false)
  const page = pageWith(MENU)
  for (const [id, back] of [
    ["ladda", true],
    ["nasta", false],
    ["pptx", false],
    ["lank", true],
  ]) {
    page.getElementById(id).focus()
    assert.equal(tab(page, back), false, id)
    assert.equal(page.activeElement.id, id)
  }
})

test("the loose words of a chart are not read, and a mark that always stands there does not interrupt", async () => {
  const page = pageWith('<div role="alert"><p>Filen går inte att läsa.</p></div>')
  const added = page.createElement("section")
  added.innerHTML =
    '<div class="js-plotly-plot"><svg class="main-svg"><text>78 %</text></svg></div>' +
    '<div class="st-key-markband_exempel"><div role="alert" id="marke"><b>EXEMPELDATA.</b></div></div>'
  page.body.append(added)
  await settle()
  assert.equal(page.querySelector("svg").getAttribute("aria-hidden"), "true")
  assert.equal(page.querySelector("#marke").getAttribute("role"), "status")
  assert.equal(page.querySelector("div").getAttribute("role"), "alert")
})
