// A picture of a chart as it stands on the page, with title, heading and source in it. All is done in the browser.
const FONT = '"Source Sans", "Source Sans 3", "Segoe UI", sans-serif'
const SCALE = 2
const MARGIN = 32
const NAMESPACE = "http://www.w3.org/2000/svg"

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  button.onclick = async () => {
    const chart = document.querySelector(`.st-key-${CSS.escape(data.chart)} .js-plotly-plot`)
    if (!chart) {
      button.textContent = "Vyn har inget diagram att göra en bild av"
      return
    }
    const label = button.textContent
    button.textContent = "Gör bilden …"
    try {
      await save(data, chart)
    } finally {
      button.textContent = label
    }
  }
}

async function save(data, chart) {
  const drawn = [...chart.querySelectorAll("svg.main-svg")]
  const box = drawn[0].getBoundingClientRect()
  const width = Math.max(box.width, 720) + 2 * MARGIN
  const style = getComputedStyle(chart.closest(".stApp"))
  const words = [
    ...lines(data.title, width, 22, "700", 30),
    ...lines(data.heading, width, 15, "400", 22),
  ]
  const small = data.small.filter(Boolean).flatMap((text) => lines(text, width, 12, "400", 17))
  const head = MARGIN + words.reduce((sum, line) => sum + line.step, 0) + 12
  const height = head + box.height + 12 + small.reduce((sum, line) => sum + line.step, 0) + MARGIN / 2
  const picture = document.createElementNS(NAMESPACE, "svg")
  picture.setAttribute("xmlns", NAMESPACE)
  picture.setAttribute("width", width)
  picture.setAttribute("height", height)
  const paper = document.createElementNS(NAMESPACE, "rect")
  paper.setAttribute("width", "100%")
  paper.setAttribute("height", "100%")
  paper.setAttribute("fill", style.backgroundColor)
  picture.append(paper)
  write(picture, words, MARGIN, style.color)
  for (const layer of drawn) {
    const copy = layer.cloneNode(true)
    copy.setAttribute("x", MARGIN)
    copy.setAttribute("y", head)
    copy.style.background = "transparent"
    copy.querySelectorAll(".hoverlayer, .drag").forEach((part) => part.remove())
    picture.append(copy)
  }
  write(picture, small, head + box.height + 12, style.color)
  download(await drawnOn(picture, width, height), data.name)
}

// A text as lines that fit the width.
function lines(text, width, size, weight, step) {
  const pen = document.createElement("canvas").getContext("2d")
  pen.font = `${weight} ${size}px ${FONT}`
  const found = [""]
  for (const word of text.split(" ")) {
    const longer = `${found.at(-1)} ${word}`.trim()
    if (pen.measureText(longer).width > width - 2 * MARGIN && found.at(-1)) found.push(word)
    else found[found.length - 1] = longer
  }
  return found.map((line) => ({ line, size, weight, step }))
}

function write(picture, words, top, colour) {
  let y = top
  for (const { line, size, weight, step } of words) {
    y += step
    const text = document.createElementNS(NAMESPACE, "text")
    text.setAttribute("x", MARGIN)
    text.setAttribute("y", y - step / 4)
    text.setAttribute("fill", colour)
    text.setAttribute("style", `font: ${weight} ${size}px ${FONT.replaceAll('"', "'")}`)
    text.textContent = line
    picture.append(text)
  }
}

async function drawnOn(picture, width, height) {
  const image = new Image()
  const source = new XMLSerializer().serializeToString(picture)
  image.src = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }))
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(image.src)
  return new Promise((done) => canvas.toBlob(done, "image/png"))
}

function download(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
