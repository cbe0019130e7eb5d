// Links in our own tables lead to a view without the page being loaded anew, and Back leads out of a view in one step.
const SOON = 2000

export default function ({ setTriggerValue }) {
  joinSteps()
  const follow = (event) => {
    const link = event.target.closest?.("a.vy")
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    setTriggerValue("address", link.getAttribute("href"))
  }
  document.addEventListener("click", follow)
  return () => document.removeEventListener("click", follow)
}

// Streamlit goes to a page and then, as a step of its own, to the page with its choices. To the visitor it is one step.
function joinSteps() {
  if (history.joined) return
  history.joined = true
  const push = history.pushState.bind(history)
  let last = { path: "", at: 0 }
  history.pushState = (state, title, url) => {
    const path = new URL(url ?? "", location.href).pathname
    const again = path === location.pathname && path === last.path && Date.now() - last.at < SOON
    last = { path, at: Date.now() }
    return again ? history.replaceState(state, title, url) : push(state, title, url)
  }
}
