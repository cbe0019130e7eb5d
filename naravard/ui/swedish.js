// What Streamlit says in English, in Swedish, also where it is only read aloud; and Tab from Ladda ner into its menu.
;(() => {
  if (window.naravard) return // app.js, which comes after, has been here

  const LADDA_NER = '[data-testid="stPopoverButton"][aria-expanded="true"]'
  const MENU = '[data-testid="stPopoverBody"]'
  const STOPS = 'a[href], button:not(:disabled), input:not(:disabled), [tabindex="0"]'
  const FORMATS = "{IN_WORDS}" // what can be read, as the server has it
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]

  /** @type {Record<string, string>} */
  const WORDS = {
    "Skip to main content": "Till innehållet",
    Sidebar: "Sidomeny",
    "App pages": "Sidor",
    "Navigate to home page": "Till startsidan",
    "Expand sidebar": "Visa menyn",
    "Collapse sidebar": "Dölj menyn",
    Help: "Hjälp",
    Open: "Öppna",
    Close: "Stäng",
    "Clear all": "Rensa alla",
    "Clear value": "Rensa",
    "Copy to clipboard": "Kopiera",
    Copied: "Kopierat",
    Increment: "Öka",
    Decrement: "Minska",
    "Press Enter to apply": "Tryck Enter för att använda",
    "Press Enter to submit form": "Tryck Enter för att skicka",
    "No results": "Inget stämmer",
    "No options to select": "Inget att välja",
    "No options to select.": "Inget att välja.",
    "No options": "Inget att välja",
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Select all": "Välj alla",
    Upload: "Välj filer",
    "file upload": "Välj filer",
    "No file chosen": "Ingen fil är vald",
    "Page not found": "Sidan finns inte",
    "Connection error": "Ingen kontakt",
    yyyy: "åååå",
    Empty: "Tomt",
    "Choose date": "Välj dag",
    "Previous month": "Förra månaden",
    "Next month": "Nästa månad",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Gå mellan dagar med piltangenterna. Enter väljer, Esc stänger.",
  }

  /** @type {[RegExp, string][]} */
  const SENTENCES = [
    [/^Help for (.+)$/s, "Hjälp om $1"],
    [/^Remove (.+)$/s, "Ta bort $1"],
    [/^Clear (.+)$/s, "Rensa $1"],
    [/^year, (.+)$/s, "år, $1"],
    [/^month, (.+)$/s, "månad, $1"],
    [/^day, (.+)$/s, "dag, $1"],
    [/^Choose date, (.+)$/s, "Välj dag, $1"],
    [/^(\d+) options? available\.?$/, "$1 att välja bland."],
    [/^(\d+) results? available\.?$/, "$1 att välja bland."],
    [/^[\d.]+ ?[KMGB]+ per file$/, `eller släpp dem här: ${FORMATS}, högst 600 MB`],
    [
      /^(You have requested page|The page that you have requested) .*Running the app's main page\.$/s,
      "Adressen leder ingenstans. Här är Översikt i stället; sidorna står i menyn.",
    ],
    [
      /^(Is Streamlit still running|Streamlit server is not responding|Cannot connect to Streamlit).*$/s,
      "Servern svarar inte. Vänta en stund, eller ladda om sidan. Hjälper inte det: säg till den som sköter tjänsten.",
    ],
  ]

  translate(document.body)
  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "childList") for (const node of addedNodes) translate(node)
      else if (type === "characterData") sayText(/** @type {Text} */ (target))
      else sayAttribute(/** @type {Element} */ (target), attributeName ?? "")
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES })
  document.addEventListener("keydown", intoMenu)

  /** @param {Node} root what has come to the page */
  function translate(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = /** @type {Node | null} */ (root); node; node = walker.nextNode()) {
      if (node instanceof Text) sayText(node)
      else if (node instanceof Element) for (const name of ATTRIBUTES) sayAttribute(node, name)
      if (node instanceof Element) quieten(node)
    }
  }

  /**
   * The loose words of a chart are not read after its text, and a mark that always stands there does not interrupt.
   * @param {Element} element
   */
  function quieten(element) {
    if (element.matches(".js-plotly-plot svg.main-svg")) element.setAttribute("aria-hidden", "true")
    if (element.matches('[class*="st-key-markband"] [role="alert"]')) {
      element.setAttribute("role", "status")
    }
  }

  /** @param {Text} text */
  function sayText(text) {
    const swedish = inSwedish(text.data)
    if (swedish !== text.data) text.data = swedish
  }

  /**
   * @param {Element} element
   * @param {string} name
   */
  function sayAttribute(element, name) {
    const words = element.getAttribute(name)
    const swedish = words && inSwedish(words)
    if (swedish && swedish !== words) element.setAttribute(name, swedish)
  }

  /** @param {string} words */
  function inSwedish(words) {
    const bare = words.trim()
    if (Object.hasOwn(WORDS, bare)) return WORDS[bare]
    const sentence = SENTENCES.find(([pattern]) => pattern.test(bare))
    return sentence ? bare.replace(...sentence) : words
  }

  /**
   * The menu stands last in the document, after all of the page: Tab goes into it, and out of it to what follows its button.
   * @param {KeyboardEvent} event
   */
  function intoMenu(event) {
    const menu = document.querySelector(MENU)
    /** @type {HTMLElement | null} */
    const button = document.querySelector(LADDA_NER)
    if (event.key !== "Tab" || !menu || !button) return
    const stops = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(STOPS)])
    const target = nextStop(button, stops, event.shiftKey)
    target?.focus()
    if (target) event.preventDefault()
    else if (document.activeElement === stops.at(-1) && !event.shiftKey) button.focus() // the browser goes on from there
  }

  /**
   * Where Tab goes, if not where the browser takes it.
   * @param {HTMLElement} button
   * @param {HTMLElement[]} stops
   * @param {boolean} backwards
   */
  function nextStop(button, stops, backwards) {
    const { activeElement } = document
    if (activeElement === button && !backwards) return stops[0]
    return activeElement === stops[0] && backwards ? button : undefined
  }
})()
