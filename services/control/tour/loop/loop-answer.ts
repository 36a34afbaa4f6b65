/** What the page of the tutorial's loop is told. It reads these types, too; they know nothing of Node. Times in ms. */
export type LoopNow = {
  at: number
  /** Whether the tutorial's two programs run. */
  isUp: Record<Part, boolean>
  sent: Sent[]
  tries: Try[]
  matrix: Record<BreakName, Cell>
  sources: Sources | null
}

export type Part = 'producer' | 'consumer'

/** The ways to break both, in the order in which they are offered. */
export const breakNames = ['popped', 'charged', 'flush', 'answer', 'poison'] as const
export type BreakName = (typeof breakNames)[number]

/** What became of a message. `late`: it takes effect once all the same. */
export type Fate = 'lost' | 'twice' | 'late' | 'nothing'

/** One order that went both ways; by its number it is found on both sides. */
export type Sent = { number: string; orderId: string; left: Side; right: Side }

export type Side = {
  /** When its customer was told that it is accepted. */
  toldAt: number | null
  pops: Mark[]
  /** Where a program died with it in hand, or next to it. */
  deaths: Death[]
  doneAt: number | null
  /** What stands in the tutorial's hash, or the state of the order; null: nothing. */
  status: string | null
  inList: boolean
  /** How often it was charged, by the books of the bank. */
  charges: number
  fate: Fate | null
}

export type Mark = { at: number; program: string }

/** `known`: who knew of it at that moment; null until it was looked up. */
export type Death = Mark & { point: string; known: Known | null }

/** The list, a final word, and whose outbox has a row for it; `by` is empty where nobody would send it again. */
export type Known = { inList: boolean; isDone: boolean; by: Holder[] }
export type Holder = { sender: string; receiver: string; pushes: number }

/** `gap`: a death at one step of one side. It broke from `at` to `until`, null until that is known. */
export type Try = { kind: BreakName | 'gap'; at: number | null; until: number | null; numbers: string[] }

/** The worst fate of the newest try of a kind on each side, and whose. */
export type Cell = Record<'left' | 'right', Fate | null>

/** Both loops: how many lines of code, without comments, blank lines and imports; and the lines that matter. */
export type Sources = Record<'left' | 'right', Source>
export type Source = { lines: number; excerpts: SourceExcerpt[] }
export type SourceExcerpt = { file: string; from: number; lines: string[] }
