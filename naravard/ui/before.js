// What is done before Streamlit reads the address: one that names no kommun gets the one that this browser remembers,
// with its län where there are several; an address that names another län does not.
// The page is then drawn once, for that kommun, and what is copied from the address bar is the view.
;(() => {
  try {
    const kommun = localStorage.getItem("naravard_kommun")
    const lan = localStorage.getItem("naravard_lan")
    const query = new URLSearchParams(location.search)
    if (!kommun || query.has("kommun") || (query.get("lan") ?? lan) !== lan) return
    if (lan) query.set("lan", lan)
    query.set("kommun", kommun)
    history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`)
  } catch {
    // a browser that remembers nothing is asked again
  }
})()
