// Plotly, which charts are drawn with: fetched beside all else, and again until it has come. Tables and texts do not wait.

const LOAD_AGAIN = 2_000
/** @type {Promise<void> | null} */
let loading = null

// Done when charts can be drawn.
export function plotlyIsHere() {
  loading ??= window.Plotly ? Promise.resolve() : new Promise((done) => fetchIt(done))
  return loading
}

/** @param {(value: void) => void} done */
function fetchIt(done) {
  const link = /** @type {HTMLLinkElement | null} */ (document.getElementById("plotly"))
  const script = document.createElement("script")
  script.src = link?.href ?? ""
  script.onload = () => done()
  script.onerror = () => {
    script.remove()
    setTimeout(() => fetchIt(done), LOAD_AGAIN)
  }
  document.head.append(script)
}
