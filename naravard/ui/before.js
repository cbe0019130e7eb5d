// What is done before Streamlit reads the address: one that names no kommun gets the one that this browser remembers.
// The page is then drawn once, for that kommun, and what is copied from the address bar is the view.
;(() => {
  try {
    const kommun = localStorage.getItem("naravard_kommun")
    const query = new URLSearchParams(location.search)
    if (!kommun || query.has("kommun")) return
    query.set("kommun", kommun)
    history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`)
  } catch {
    // a browser that remembers nothing is asked again
  }
})()
