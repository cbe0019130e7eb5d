// What our own HTML does in the browser: links to views, pictures of charts, the tour. Loaded once, by the shell.
;(() => {
  if (window.naravard) return
  window.naravard = { begin, note }

  const SOON = 2000
  const CHOOSING = 10_000
  const FONT = '"Source Sans", "Source Sans 3", "Segoe UI", sans-serif'
  const SCALE = 2
  const MARGIN = 32
  // the width of A4 on its side between its margins, in the pixels of CSS
  const PAPER = 1030
  // the size of letters on paper (style.css) by that on the screen
  const SMALLER = 0.75
  const NAMESPACE = "http://www.w3.org/2000/svg"
  const SEEN = "naravard_rundtur_sedd"
  const KEY = "naravard_nyckel_"
  const KOMMUN = "naravard_kommun"
  const LAN = "naravard_lan"

  joinSteps()
  window.addEventListener("beforeprint", fitToPaper)
  window.addEventListener("afterprint", fitToScreen)
  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const target = /** @type {Element} */ (event.target)
    /** @type {HTMLAnchorElement | HTMLButtonElement | null | undefined} */
    const pressed = target.closest?.("a.vy, button.png, button.rundtur, button.glom")
    if (!pressed) return
    event.preventDefault()
    if ("href" in pressed) take(pressed)
    else if (pressed.classList.contains("png")) takePicture(pressed)
    else if (pressed.classList.contains("glom")) forget(pressed.value)
    else showStep(pressed.closest(".rundtur-kort"), pressed.value)
  })
  begin()
  note()

  // What has been chosen on the page: the address gets what it lacks of it, so that it is the view, and the kommun is
  // remembered (own_kommun.py, before.js). A page that has been left meanwhile is not noted.
  function note() {
    /** @type {HTMLElement | null} */
    const visit = document.querySelector(".besok")
    if (!visit) return
    const { sida, val, kommun, lan } = visit.dataset
    if (location.pathname.split("/").at(-1) !== sida) return
    if (kommun) keepKommun(kommun, lan)
    const query = new URLSearchParams(location.search)
    const lacking = [...new URLSearchParams(val)].filter(([key]) => !query.has(key))
    if (!lacking.length) return
    for (const [key, label] of lacking) query.append(key, label)
    history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`)
  }

  /**
   * Go where a link leads; the kommun that it is a choice of is remembered.
   * @param {HTMLAnchorElement} link
   */
  function take(link) {
    const { kommun } = link.dataset
    if (kommun) keepKommun(kommun, new URL(link.href).searchParams.get("lan"))
    follow(link.getAttribute("href") ?? "")
  }

  /**
   * @param {string} kommun
   * @param {string | null | undefined} lan its län, where there are several
   */
  function keepKommun(kommun, lan) {
    keep(KOMMUN, kommun)
    keep(LAN, lan ?? "")
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  function keep(name, value) {
    try {
      if (value) localStorage.setItem(name, value)
      else localStorage.removeItem(name)
    } catch {
      // a browser that remembers nothing is asked again
    }
  }

  /**
   * Go to a view as Back and Forward do: without the page being loaded anew, and with what has been chosen kept.
   * @param {string} address
   */
  function follow(address) {
    history.pushState(history.state, "", address)
    window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0)
  }

  // Streamlit clears the choices of a page before it leaves it, and sets those of a page after it has come there, each as a
  // step of its own. Here the page that is left gets its choices back, and what is set at once belongs to the same step,
  // unless the reader has done something in between.
  function joinSteps() {
    const push = history.pushState.bind(history)
    const replace = history.replaceState.bind(history)
    let last = { path: "", at: 0 }
    let cleared = { path: "", address: "", at: 0 }
    let touched = 0
    for (const act of ["pointerdown", "keydown"]) document.addEventListener(act, () => (touched = Date.now()), true)
    window.addEventListener("popstate", () => (touched = 0)) // what Streamlit then mends in the address is no choice
    history.pushState = (state, title, url) => {
      const target = new URL(url ?? "", location.href)
      const same = target.pathname === location.pathname
      const isSoon = target.pathname === last.path && Date.now() - last.at < SOON && touched <= last.at
      const again = target.href === location.href || (same && isSoon)
      if (same && location.search && !target.search) {
        cleared = { path: target.pathname, address: location.href, at: Date.now() }
      } else if (!same && location.pathname === cleared.path && Date.now() - cleared.at < SOON) {
        replace(history.state, "", cleared.address)
      }
      last = { path: target.pathname, at: Date.now() }
      return again ? replace(state, title, url) : push(state, title, url)
    }
    // another kommun or län that the reader has chosen in the menu is a step too, so that Back brings the former back;
    // the kommun of another län is left at once, and the address without it, which comes after, is no step of its own
    history.replaceState = (state, title, url) => {
      const target = new URL(url ?? "", location.href)
      const [from, to] = [location.search, target.search].map((query) => new URLSearchParams(query))
      const isChosen = target.pathname === location.pathname && Date.now() - touched < CHOOSING
      const isOtherLan = from.has("lan") && from.get("lan") !== to.get("lan")
      const isOtherKommun = from.has("kommun") && to.has("kommun") && from.get("kommun") !== to.get("kommun")
      if (!isChosen || !(isOtherLan || isOtherKommun)) return replace(state, title, url)
      if (isOtherLan) {
        target.searchParams.delete("kommun")
        last = { path: target.pathname, at: Date.now() }
      }
      return push(state, title, target.href)
    }
  }

  // A chart is drawn for the width of the screen, and a table is as wide as it needs: on paper each is as wide as the page.
  function fitToPaper() {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) fitChart(/** @type {HTMLElement} */ (plot))
    for (const frame of document.querySelectorAll(".tabell")) fitTable(/** @type {HTMLElement} */ (frame))
  }

  /** @param {HTMLElement} plot */
  function fitChart(plot) {
    const { clientWidth: width, clientHeight: height } = plot
    if (!width || !height) return
    plot.style.setProperty("--nv-ratio", `${width} / ${height}`)
    for (const svg of plot.querySelectorAll("svg.main-svg")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
  }

  /** @param {HTMLElement} frame */
  function fitTable(frame) {
    const needed = frame.scrollWidth > frame.clientWidth ? frame.scrollWidth * SMALLER : 0
    frame.style.setProperty("--nv-zoom", String(needed > PAPER ? PAPER / needed : 1))
  }

  function fitToScreen() {
    for (const svg of document.querySelectorAll(".js-plotly-plot svg.main-svg")) svg.removeAttribute("viewBox")
  }

  /**
   * A picture of a chart as it stands on the page, with title, heading and source in it.
   * @param {HTMLButtonElement} button
   */
  async function takePicture(button) {
    const key = `.st-key-${CSS.escape(button.value)}`
    const drawn = [...document.querySelectorAll(`${key} .js-plotly-plot, ${key}_smal .js-plotly-plot`)]
    const chart = drawn.find((each) => each.getClientRects().length) ?? drawn[0] // of two widths one is seen
    const label = button.textContent
    if (!chart) {
      button.textContent = "Vyn har inget diagram"
      return
    }
    button.textContent = "Gör bilden …"
    try {
      await save(JSON.parse(button.dataset.words ?? ""), chart)
    } finally {
      button.textContent = label
    }
  }

  /** @typedef {{ line: string, size: number, weight: string, step: number }} Line `step` is its height */

  /**
   * @param {{ title: string, heading: string, small: string[], name: string }} data
   * @param {Element} chart
   */
  async function save(data, chart) {
    const layers = /** @type {SVGSVGElement[]} */ ([...chart.querySelectorAll("svg.main-svg")])
    const box = layers[0].getBoundingClientRect()
    const width = Math.max(box.width, 600) + 2 * MARGIN
    const style = getComputedStyle(/** @type {Element} */ (chart.closest(".stApp")))
    const words = [...lines(data.title, width, 22, "700", 30), ...lines(data.heading, width, 15, "400", 22)]
    const small = data.small.filter(Boolean).flatMap((text) => lines(text, width, 12, "400", 17))
    const head = MARGIN + words.reduce((sum, line) => sum + line.step, 0) + 12
    const height = head + box.height + 12 + small.reduce((sum, line) => sum + line.step, 0) + MARGIN / 2
    const picture = document.createElementNS(NAMESPACE, "svg")
    picture.setAttribute("xmlns", NAMESPACE)
    picture.setAttribute("width", String(width))
    picture.setAttribute("height", String(height))
    const paper = document.createElementNS(NAMESPACE, "rect")
    paper.setAttribute("width", "100%")
    paper.setAttribute("height", "100%")
    paper.setAttribute("fill", style.backgroundColor)
    picture.append(paper, await font())
    write(picture, words, MARGIN, style.color)
    for (const layer of layers) {
      const copy = /** @type {SVGSVGElement} */ (layer.cloneNode(true))
      copy.setAttribute("x", String(MARGIN))
      copy.setAttribute("y", String(head))
      copy.style.background = "transparent"
      for (const part of copy.querySelectorAll(".hoverlayer, .drag")) part.remove()
      picture.append(copy)
    }
    write(picture, small, head + box.height + 12, style.color)
    download(await drawnOn(picture, width, height), data.name)
  }

  // The page's own font, in the picture: a picture cannot ask for a font that lies beside it.
  async function font() {
    const style = document.createElementNS(NAMESPACE, "style")
    const file = performance.getEntriesByType("resource").find((entry) => /SourceSans.*Upright.*woff2/.test(entry.name))
    if (!file) return style
    const bytes = await (await fetch(file.name)).blob()
    const address = await new Promise((done) => {
      const reader = new FileReader()
      reader.onload = () => done(reader.result)
      reader.readAsDataURL(bytes)
    })
    style.textContent = `@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url(${address}); }`
    return style
  }

  /**
   * A text as lines that fit the width.
   * @param {string} text
   * @param {number} width
   * @param {number} size
   * @param {string} weight
   * @param {number} step
   * @returns {Line[]}
   */
  function lines(text, width, size, weight, step) {
    const pen = penOf(document.createElement("canvas"))
    pen.font = `${weight} ${size}px ${FONT}`
    const rows = [""]
    for (const word of text.split(" ")) {
      const longer = `${rows.at(-1)} ${word}`.trim()
      if (pen.measureText(longer).width > width - 2 * MARGIN && rows.at(-1)) rows.push(word)
      else rows[rows.length - 1] = longer
    }
    return rows.map((line) => ({ line, size, weight, step }))
  }

  /** @param {HTMLCanvasElement} canvas */
  function penOf(canvas) {
    return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  }

  /**
   * @param {SVGElement} picture
   * @param {Line[]} words
   * @param {number} top
   * @param {string} colour
   */
  function write(picture, words, top, colour) {
    let y = top
    for (const { line, size, weight, step } of words) {
      y += step
      const text = document.createElementNS(NAMESPACE, "text")
      text.setAttribute("x", String(MARGIN))
      text.setAttribute("y", String(y - step / 4))
      text.setAttribute("fill", colour)
      text.setAttribute("style", `font: ${weight} ${size}px ${FONT.replaceAll('"', "'")}`)
      text.textContent = line
      picture.append(text)
    }
  }

  /**
   * @param {SVGElement} picture
   * @param {number} width
   * @param {number} height
   * @returns {Promise<Blob>}
   */
  async function drawnOn(picture, width, height) {
    const image = new Image()
    const source = new XMLSerializer().serializeToString(picture)
    image.src = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }))
    await image.decode()
    const canvas = document.createElement("canvas")
    canvas.width = width * SCALE
    canvas.height = height * SCALE
    penOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height)
    URL.revokeObjectURL(image.src)
    return new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("The picture is too large."))), "image/png")
    })
  }

  /**
   * @param {Blob} blob
   * @param {string} name
   */
  function download(blob, name) {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }

  // The tour and the workshops that one leads: their own HTML begins them when it comes to the page. What the browser has
  // seen, and the keys that it holds, are remembered in it, and nowhere else.
  function begin() {
    listLed()
    /** @type {HTMLElement | null} */
    const card = document.querySelector(".rundtur-kort:not(.igang)")
    if (!card) return
    card.classList.add("igang")
    if (!remembered()) showStep(card, "0")
  }

  // The workshops that this browser has the leader's key of. Who opens one here gets it remembered at once.
  async function listLed() {
    /** @type {HTMLElement | null} */
    const place = document.querySelector(".ledda")
    if (!place) return
    const { kod, nyckel } = place.dataset
    if (kod && nyckel) localStorage.setItem(KEY + kod, nyckel)
    delete place.dataset.nyckel
    const codes = stored()
    const entries = (await Promise.all(codes.map(led))).filter((entry) => entry !== null)
    place.hidden = !entries.length
    place.querySelector("ul")?.replaceChildren(...entries)
  }

  function stored() {
    try {
      return Object.keys(localStorage).flatMap((name) => (name.startsWith(KEY) ? [name.slice(KEY.length)] : []))
    } catch {
      return []
    }
  }

  /**
   * A workshop that one leads; none where it is deleted, whose key is then forgotten.
   * @param {string} kod
   */
  async function led(kod) {
    const response = await fetch(`/api/workshop/${kod}`).catch(() => null)
    if (response?.status === 404) localStorage.removeItem(KEY + kod)
    if (!response?.ok) return null
    const { namn } = await response.json()
    const line = document.createElement("li")
    const link = document.createElement("a")
    link.href = `/led/${kod}`
    link.textContent = `${namn} (${kod})`
    const wall = document.createElement("a")
    wall.href = `/visa?workshop=${kod}`
    wall.textContent = "Visningen"
    const button = document.createElement("button")
    button.className = "glom"
    button.value = kod
    button.textContent = "Glöm här"
    button.setAttribute("aria-label", `Glöm ${namn} i den här webbläsaren`)
    line.append(link, " · ", wall, " · ", button)
    return line
  }

  /** @param {string} kod */
  function forget(kod) {
    localStorage.removeItem(KEY + kod)
    listLed()
  }

  /**
   * @param {HTMLElement | null} card
   * @param {string} value the number of a step, or `klart`
   */
  function showStep(card, value) {
    if (!card) return
    card.hidden = value === "klart"
    if (card.hidden) {
      keep(SEEN, "ja")
      return
    }
    const parts = /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll(".steg"))
    for (const [position, part] of parts.entries()) part.hidden = position !== Number(value)
    if (value !== "0") card.querySelectorAll("h2")[Number(value)].focus() // so that the new step is read aloud
  }

  function remembered() {
    try {
      return localStorage.getItem(SEEN) === "ja"
    } catch {
      return false
    }
  }
})()
