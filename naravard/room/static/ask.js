// Questions to the server. An answer that never came is told from one that says no.

export class Refused extends Error {
  constructor(text, status, code = "") {
    super(text)
    this.status = status
    this.code = code
  }
}

const PATIENCE = 10_000

export async function ask(path, { method = "GET", body, key } = {}) {
  const headers = {}
  if (body !== undefined) headers["content-type"] = "application/json"
  if (key) headers["x-nyckel"] = key
  const sent = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE)
  const answer = await fetch(path, { ...sent, signal: patience.signal }).finally(() => clearTimeout(timer))
  const told = await answer.json()
  if (!answer.ok) throw new Refused(told.fel ?? "Det gick inte.", answer.status, told.felkod)
  return told
}

// Whether it may go better if it is asked again: no answer at all, too early, or a server in trouble.
export const mayComeBack = (error) => !(error instanceof Refused) || error.status === 429 || error.status >= 500

// What to tell a person of what went wrong.
export const inWords = (error) =>
  error instanceof Refused ? error.message : "Ingen kontakt med servern just nu. Försök igen."

export const pause = (ms) => new Promise((done) => setTimeout(done, ms))

// Remembered by this browser, where it remembers anything.
export const memory = {
  get(name) {
    try {
      return localStorage.getItem(name)
    } catch {
      return null
    }
  },
  names(beginning) {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(beginning))
    } catch {
      return []
    }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem(name)
      else localStorage.setItem(name, value)
    } catch {
      // then it lasts as long as the page
    }
  },
}
