// What the room's routes give (room/projector.py, room/talk.py), and what other scripts bring. For the type checker alone:
// no browser loads it.

export interface Group {
  id: number
  namn: string
}

export interface Question {
  id: number
  text: string
}

/** Characters of an answer and of a name; days that a workshop is kept. */
export interface Limits {
  svar: number
  namn: number
  dagar: number
}

/** What looks like a person id: to look for in a text, and in it without the spaces between its digits. */
export interface IdPatterns {
  text: string
  siffror: string
}

export interface Rules {
  granser: Limits
  personnummer: IdPatterns
}

/** The figure on the wall, as a phone shows it. */
export interface Figure {
  id: number | null
  titel: string
  kalla: string
  kolumner: string[]
  rader: string[][]
  exempel: boolean
  adress: string | null
}

export interface Workshop extends Rules {
  kod: string
  namn: string
  bildspel: string
  oppen: boolean
  raderas: string | null
  andring: number
  grupper: Group[]
  fragor: Question[]
  visas: Figure | null
  adress: string
}

/** An answer on the board, with those that have been merged into it. */
export interface Card {
  id: number
  fraga: number
  grupp: number
  text: string
  lika: string[]
  gemensamt: boolean
  dold: boolean
  figur: string | null
}

export interface FullBoard extends Workshop {
  svar: Card[]
}

/** What the server knows that is the same for all shows. */
export interface Status {
  version: number | null
  adress: string
  lokal: boolean
  rum: boolean
  lgl: string[]
  flest: number
  tangenter: [keys: string, text: string][]
}

export interface Kommun {
  kod: string
  namn: string
  mening: string
}

export interface Cell {
  text: string
  why: string
  mark: string
  aloud: string
  tone: string
  kind: string
}

export interface Row {
  kod: string
  namn: string
  fotnot: string
  celler: Cell[]
}

export interface Table {
  rubriker: string[]
  rader: Row[]
}

/** A chart as Plotly has it. Its own types are many; these are the parts that are read here. */
export interface Chart {
  data: any[]
  layout: any
}

export interface Screen {
  bild: string
  slag: string
  titel: string
  rubrik: string
  meningar: string[]
  kallor: string[]
  anmarkningar: string[]
  tecken: string
  anteckningar: string
  saknas: string
  exempel: string
  alt: string
  figur: Chart | null
  tabell: Table | null
  kommuner: Kommun[]
  adress: string
}

/** Where one is in a show. The windows of a browser share it. */
export interface State {
  nr: number
  kommun: string | null
  tavla: number | null
  svart: boolean
  qr: boolean
  version: number | null
}

/** An answer as the phone keeps it, until it has been received and afterwards. */
export interface Answer {
  nyckel: string
  fraga: number
  grupp: number
  figur?: number | null
  text: string
  nar: number
  tillstand: "väntar" | "skickat" | "nekat"
  fel?: string
}

export interface Plotly {
  react(place: HTMLElement, data: any[], layout: object, config: object): void
  restyle(place: HTMLElement, change: object, traces: number[]): void
  relayout(place: HTMLElement, change: object): void
}

declare global {
  interface Window {
    Plotly: Plotly
    naravard?: { begin(): void }
  }
}
