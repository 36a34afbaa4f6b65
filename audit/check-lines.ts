import { createHash } from 'node:crypto'
import { oneMailbox } from './addresses.ts'
import type { Books } from './books.ts'
import { linesOf } from './check-sales.ts'
import { type Findings, finding } from './finding.ts'
import type { Entry, Sale, SaleBook } from './sale-book.ts'

/** Was everybody let in at their turn, once, and was nobody let in whom the end had refused? */
export function* checkLines({ sale: book }: Books): Findings {
  if (book === null) return
  for (const id of book.admittedLate) yield finding('toldBoth', id, 'let in after its sale had ended')
  for (const [id, line] of linesOf(book)) {
    const sale = book.sales.get(id)
    if (sale === undefined) yield finding('saleCounter', id, `${line.length} entries, and there is no such sale`)
    else yield* checkLine(sale, line)
  }
}

function* checkLine(sale: Sale, line: Entry[]): Findings {
  yield* findTwoForOne(line)
  for (const entry of overtakenIn(line))
    yield finding('overtaken', entry.id, `number ${entry.number} of ${sale.id}, at place ${entry.position}`)
  const wrong = sale.queueing === 'draw' ? wrongDraw(sale, line) : wrongNumbers(line)
  if (wrong !== undefined) yield finding('wrongDraw', sale.id, wrong)
}

/** One mailbox has one turn, however it is spelled. Who has gone has no address. */
function* findTwoForOne(line: Entry[]): Findings {
  const first = new Map<string, Entry>()
  for (const entry of line) {
    if (entry.email === '') continue
    const mailbox = oneMailbox(entry.email)
    const other = first.get(mailbox)
    if (other === undefined) first.set(mailbox, entry)
    else yield finding('twoForOne', entry.id, `${mailbox} has also ${other.id}`)
  }
}

/**
 * Those who stand before somebody who was let in, and were let in after them, or not at all: each inversion of the line by
 * its victim.
 */
function overtakenIn(line: Entry[]): Entry[] {
  const places = line.filter(({ position }) => position !== null)
  const fromTheEnd = places.sort((a, b) => Number(b.position) - Number(a.position))
  let first = Number.POSITIVE_INFINITY // admission of those behind
  return fromTheEnd.filter(({ admission }) => {
    const isOvertaken = (admission ?? Number.POSITIVE_INFINITY) > first
    first = Math.min(first, admission ?? Number.POSITIVE_INFINITY)
    return isOvertaken
  })
}

/** How many were overtaken in all sales. */
export function countOvertaken(book: SaleBook): number {
  return [...linesOf(book).values()].reduce((sum, line) => sum + overtakenIn(line).length, 0)
}

function wrongNumbers(line: Entry[]): string | undefined {
  const wrong = line.find(({ number, position }) => position !== number)
  return wrong && `number ${wrong.number} stands at place ${wrong.position} of a line`
}

/** The places are those that the seed gives, and the seed is the one whose hash was shown. */
function wrongDraw({ seed, seedHash, drawnAt }: Sale, line: Entry[]): string | undefined {
  if (seed === null || seedHash !== sha256(seed)) return 'its seed is not the one whose hash was shown'
  if (drawnAt === null) {
    const early = line.find(({ position, admission }) => position !== null || admission !== null)
    return early && `number ${early.number} has a place, or was let in, before the draw`
  }
  const lots = line.map((entry) => ({ entry, lot: sha256(`${seed}:${entry.id}`) }))
  lots.sort((a, b) => compare(a.lot, b.lot) || compare(a.entry.id, b.entry.id))
  const wrong = lots.findIndex(({ entry }, i) => entry.position !== i + 1)
  const found = lots[wrong]?.entry
  return found && `number ${found.number} has place ${found.position} instead of ${wrong + 1}`
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
