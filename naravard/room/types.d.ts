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
  /** The question that is on the board now. */
  fraga_nu: number | null
  /** How often the answers have been cleared. */
  rensad: number
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
  /** What the leader can take back, in the words of its button. */
  angra: string | null
  svar: Card[]
}

/** What the server knows that is the same for all shows. */
export interface Status {
  version: number | null
  adress: string
  lokal: boolean
  rum: boolean
  bilder: string[]
  exempel: boolean
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
  /** The source in one line; `kallor` are all lines. */
  kalla: string
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

/** What a room sees: all windows of a show share it. */
export interface State {
  nr: number
  kommun: string | null
  /** The place on the board while it is up, and where it was last. */
  tavla: number | null
  plats: number
  svart: boolean
  qr: boolean
  /** The card on the board that is enlarged. */
  kort: number | null
  version: number | null
}

/** What a workshop's walls show, as the server has it, with the number of its change. */
export interface Steered {
  nummer: number
  lage: State
}

/** What is new: each part with the tag that it is known by. */
export interface News {
  deltagare?: { tagg: string; innehall: Workshop }
  tavla?: { tagg: string; innehall: FullBoard }
  rum?: { tagg: string; innehall: Steered }
  telefoner?: { tagg: string; innehall: number }
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
    naravard?: { begin(): void; note(): void }
  }
}
