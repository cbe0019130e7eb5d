// A page asks the browser to keep it (sw.js), where the browser may; with what it had fetched before there was anybody to
// keep it.

/** @param {string} scope beginning of the addresses of the pages */
export async function keepPages(scope) {
  try {
    await navigator.serviceWorker.register("/rum/sw.js", { scope })
    const { active } = await navigator.serviceWorker.ready
    const parts = performance.getEntriesByType("resource").map(({ name }) => name)
    active?.postMessage({ page: location.pathname, parts })
  } catch {
    // then it needs the net, as any page
  }
}
