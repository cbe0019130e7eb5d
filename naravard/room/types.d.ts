// What the room's routes give (room/projector.py, room/talk.py), and what other scripts bring. For the type checker alone:
// no browser loads it.

export interface Group {
  id: number
  namn: string
}

export interface Question {
  id: number
  text: string
  /** Whether phones may answer it. */
  oppen: boolean
}

/** Characters of an answer and of a name; days that a workshop is kept; dots of a phone. */
export interface Limits {
  svar: number
  namn: number
  dagar: number
  prickar: number
}

/** Dots on the answers to a question; on what is common where `om` is 0. */
export interface Round {
  om: number
  oppen: boolean
  visas: boolean
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
  /** Whether phones show what others have answered, and whether answers wait for the leader's yes. */
  visa_svar: boolean
  granskas: boolean
  /** The one that was opened last comes last. */
  rostningar: Round[]
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
  /** Whether it waits for the leader's yes. */
  vantar: boolean
  /** Among the answers to its question, and among what is common; 0 where they are not to be seen. */
  prickar: number
  prickar_gemensamt: number
  figur: string | null
}

/** An answer as phones show it to others, with the numbers of those that have been merged into it. */
export interface PhoneCard {
  id: number
  fraga: number
  grupp: number
  text: string
  gemensamt: boolean
  ihop: number[]
  lika: string[]
}

export interface FullBoard extends Workshop {
  /** What the leader can take back, in the words of its button. */
  angra: { nr: number; text: string } | null
  /** The leader's own notes, by slide. */
  anteckningar: Record<string, string>
  /** How many phones have put dots in each round. */
  roster: Record<string, number>
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
  /** What the slides are called where the show has no name of its own. */
  namn: string
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
  /** Whether the board shows dots as bars, where there are any. */
  staplar: boolean
  /** When the timer is out, by the server's clock. */
  slut: number | null
}

/** What a workshop's walls show, as the server has it, with the number of its change and the server's clock. */
export interface Steered {
  nummer: number
  lage: State
  nu: number
}

/** What is new: each part with the tag that it is known by. */
export interface News {
  deltagare?: { tagg: string; innehall: Workshop }
  kort?: { tagg: string; innehall: PhoneCard[] }
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
  tillstand: "väntar" | "skickat" | "nekat" | "tas bort"
  /** How often its words have been changed, counted from 1; and what the server has, until it has the new ones. */
  utgava?: number
  fore?: string
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
