// Questions to the server. An answer that never came is told from one that says no.

export class Refused extends Error {
  /**
   * @param {string} text in Swedish, for a person
   * @param {number} status
   * @param {string} code for scripts
   */
  constructor(text, status, code = "") {
    super(text)
    this.status = status
    this.code = code
  }
}

const PATIENCE = 10_000
/** @type {WeakSet<object>} */
const remembered = new WeakSet()

/**
 * Whether an answer comes from what the browser keeps, without a word from the server.
 * @param {any} answer
 */
export const isFromMemory = (answer) => answer instanceof Object && remembered.has(answer)

/**
 * @param {string} path
 * @param {{ method?: string, body?: object, key?: string | null, patience?: number }} [question]
 * @returns {Promise<any>} what the server gives: types.d.ts says what that is
 */
export async function ask(path, { method = "GET", body, key, patience = PATIENCE } = {}) {
  /** @type {Record<string, string>} */
  const headers = {}
  if (body !== undefined) headers["content-type"] = "application/json"
  if (key) headers["x-nyckel"] = key
  const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), patience)
  const answering = fetch(path, { ...request, signal: ending.signal })
  const [response, answer] = await answering.then(async (r) => [r, await r.json()]).finally(() => clearTimeout(timer))
  if (!response.ok) throw new Refused(answer.fel ?? "Det gick inte.", response.status, answer.felkod)
  if (answer instanceof Object && response.headers.get("x-ur-minnet")) remembered.add(answer)
  return answer
}

/**
 * Whether it may go better if it is asked again: no answer at all, too early, or a server in trouble.
 * @param {unknown} error
 */
export const mayComeBack = (error) => !(error instanceof Refused) || error.status === 429 || error.status >= 500

/**
 * What to tell a person of what went wrong.
 * @param {unknown} error
 */
export const inWords = (error) =>
  error instanceof Refused ? error.message : "Ingen kontakt med servern just nu. Försök igen."

/** @param {number} ms */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms))

// Remembered by this browser, where it remembers anything.
export const memory = {
  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(name)
    } catch {
      return null
    }
  },
  /** @param {string} beginning */
  names(beginning) {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(beginning))
    } catch {
      return []
    }
  },
  /**
   * @param {string} name
   * @param {string | number | null} value null forgets it
   */
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem(name)
      else localStorage.setItem(name, String(value))
    } catch {
      // then it lasts as long as the page
    }
  },
}
