// Keeps the room's pages in the browser, so that one that is loaded again without a net opens and shows what it has.
// The server goes first; what it says is gone is not kept. Answers and boards are never kept here.
// Browsers allow it at https and at the machine's own address alone.

const KEPT = "naravard-rum-1"
const PATIENCE = 4_000
const FOR_GOOD = /^\/rum\/plotly-/
const ASKED = /^\/api\/(workshop\/[^/]+|workshop\/[^/]+\/(lage|bild)|projektor\/(lage|bild|qr\.svg))$/
const worker = /** @type {any} */ (self)

worker.addEventListener("install", () => worker.skipWaiting())
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event
  const { pathname } = new URL(request.url)
  const isPage = request.mode === "navigate"
  if (request.method === "GET" && (isPage || isPart(pathname))) event.respondWith(answer(request, pathname))
})
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(keepAll(event.data)))

/** @param {string} path */
const isPart = (path) => path.startsWith("/rum/") || ASKED.test(path)

/**
 * What a page had before it was kept.
 * @param {{ page: string, parts: string[] }} names
 */
async function keepAll({ page, parts }) {
  const cache = await caches.open(KEPT)
  const own = parts.filter((name) => isPart(new URL(name).pathname))
  for (const name of [page, ...own]) {
    if (!(await cache.match(name))) await fromServer(new Request(name), cache, name).catch(() => {})
  }
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function answer(request, path) {
  const cache = await caches.open(KEPT)
  const key = request.mode === "navigate" ? path : request.url // a page is the same wherever in it one is
  const kept = await cache.match(key)
  if (kept && FOR_GOOD.test(path)) return kept
  const coming = fromServer(request, cache, key)
  if (!kept) return coming
  coming.catch(() => {})
  const late = new Promise((done) => setTimeout(() => done(remembered(kept)), PATIENCE))
  return Promise.race([coming, late]).catch(() => remembered(kept))
}

/**
 * What is kept, marked: it is no word from the server.
 * @param {Response} kept
 */
function remembered(kept) {
  const { status, statusText, headers } = kept
  const marked = new Headers(headers)
  marked.set("x-ur-minnet", "1")
  return new Response(kept.clone().body, { status, statusText, headers: marked })
}

/**
 * All of it, or nothing: half a page is none.
 * @param {Request} request
 * @param {Cache} cache
 * @param {string} key
 */
async function fromServer(request, cache, key) {
  const response = await fetch(request)
  if (response.type === "opaqueredirect" || response.redirected) return response
  const { status, statusText, headers } = response
  const whole = new Response(await response.arrayBuffer(), { status, statusText, headers: plain(headers) })
  if (response.ok) await cache.put(key, whole.clone())
  else if (status === 403 || status === 404) await cache.delete(key)
  return whole
}

/**
 * Of what has been unpacked already.
 * @param {Headers} headers
 */
function plain(headers) {
  const unpacked = new Headers(headers)
  for (const name of ["content-encoding", "content-length"]) unpacked.delete(name)
  return unpacked
}
