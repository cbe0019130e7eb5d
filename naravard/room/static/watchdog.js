// Among the first things in a page of the room: where the rest of it did not come, it is loaded again, without anybody's doing.
// What is cut off on a bad net is the end of a page, so what is here has come if anything has.

;(() => {
  const NAME = "naravard_omladdningar"
  const MOST = 6
  const PAUSE = 300
  const LOOK = 1_000
  const STILL = 3 // looks at which nothing more of the page had come
  const root = document.documentElement
  const isWhole = () => "klar" in root.dataset
  let [length, looks] = [0, 0]
  root.dataset.vakt = ""
  const timer = setInterval(look, LOOK)
  document.addEventListener("DOMContentLoaded", () => (isWhole() ? done() : setTimeout(again, PAUSE)))

  // A browser does not say that the rest of a page will not come.
  function look() {
    const now = root.outerHTML.length
    looks = document.readyState === "loading" && now === length ? looks + 1 : 0
    length = now
    if (looks >= STILL) again()
  }

  function done() {
    clearInterval(timer)
    count(0)
  }

  function again() {
    clearInterval(timer)
    if (isWhole()) return done()
    const times = count()
    if (times >= MOST) return ask()
    count(times + 1)
    window.stop()
    location.reload()
  }

  /** @param {number} [times] */
  function count(times) {
    try {
      if (times !== undefined) sessionStorage.setItem(NAME, String(times))
      return Number(sessionStorage.getItem(NAME)) || 0
    } catch {
      return MOST // one that cannot count asks a person
    }
  }

  function ask() {
    count(0)
    const text = document.createElement("p")
    const button = document.createElement("button")
    text.textContent = "Sidan kom inte fram helt. "
    button.textContent = "Ladda om"
    button.onclick = () => location.reload()
    text.append(button)
    document.body.replaceChildren(text)
  }
})()
