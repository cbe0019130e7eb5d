// A page asks the browser to keep it, where the browser may.

/** @param {string} scope beginning of the addresses of the pages */
export function keepPages(scope) {
  navigator.serviceWorker?.register("/rum/sw.js", { scope }).catch(() => {}) // then it needs the net, as any page
}
