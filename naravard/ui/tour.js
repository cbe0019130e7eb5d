// Four steps for a first visit. What the browser has seen is remembered in it, and nowhere else.
const SEEN = "naravard_rundtur_sedd"

export default function ({ data, parentElement }) {
  const card = parentElement.querySelector("section")
  if (remembered() || card.dataset.started) return
  card.dataset.started = "true"
  card.hidden = false
  show(card, data.steps, 0, false)
}

function show(card, steps, position, moved) {
  const last = position === steps.length - 1
  card.innerHTML = `<p class="steg">Rundtur, steg ${position + 1} av ${steps.length}</p><h2 tabindex="-1"></h2><p></p>
    <div><button type="button" class="nasta"></button><button type="button" class="hoppa"></button></div>`
  const title = card.querySelector("h2")
  title.textContent = steps[position].title
  card.querySelectorAll("p")[1].textContent = steps[position].text
  const [next, skip] = card.querySelectorAll("button")
  next.textContent = last ? "Klart" : "Nästa"
  skip.textContent = "Hoppa över"
  skip.hidden = last
  next.onclick = () => (last ? close(card) : show(card, steps, position + 1, true))
  skip.onclick = () => close(card)
  if (moved) title.focus() // so that the new step is read aloud
}

function close(card) {
  card.hidden = true
  try {
    localStorage.setItem(SEEN, "ja")
  } catch {
    // a browser that remembers nothing shows the tour again
  }
}

function remembered() {
  try {
    return localStorage.getItem(SEEN) === "ja"
  } catch {
    return false
  }
}
