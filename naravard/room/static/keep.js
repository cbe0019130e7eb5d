// A page asks the browser to keep it (sw.js), where the browser may; with what it fetched before there was anybody to keep
// it, and with what was still on its way then.

/** @param {string} scope beginning of the addresses of the pages */
export async function keepPages(scope) {
  try {
    await navigator.serviceWorker.register("/rum/sw.js", { scope })
    const { active } = await navigator.serviceWorker.ready
    /** @param {string[]} parts */
    const keep = (parts) => active?.postMessage({ page: location.pathname, parts })
    keep([])
    new PerformanceObserver((news) => {
      const fetched = /** @type {PerformanceResourceTiming[]} */ (news.getEntries())
      const parts = fetched.filter(({ workerStart }) => !workerStart).map(({ name }) => name)
      if (parts.length) keep(parts)
    }).observe({ type: "resource", buffered: true })
  } catch {
    // then it needs the net, as any page
  }
}
