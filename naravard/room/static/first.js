// Before all else, and so short that it comes in one packet with the headers: where not even the watchdog came, again.

setTimeout(() => {
  if ("vakt" in document.documentElement.dataset) return
  window.stop()
  location.reload()
}, 7_000)
