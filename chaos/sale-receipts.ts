import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SaleWish } from './sale-wishes.ts'

/** What a buyer holds: what was told, and when it was first asked for and answered (ms). */
export type Ticket = { sale: string; ticket: string; key: string; number: number; askedAt: number; at: number }

/**
 * A sale that was announced, and how it stood when it was last looked at. All have had their turn and left; or, when
 * `heldUpAt` (ms), nothing went on for long, for somebody holds a unit.
 */
export type HeldSale = {
  id: string
  wish: SaleWish
  isOver: boolean
  why: string | null
  isLeft?: boolean
  heldUpAt?: number
}

/** What the buyers of a run were told. */
export type SaleReceipts = {
  sales: HeldSale[]
  /** How many have a ticket, were told that they come too late, and were let in. */
  tickets: number
  tooLate: number
  turns: number
  /** Ids of entries that were told they are refused; addresses of those who never got a ticket. */
  refused: Set<string>
  turnedAway: Set<string>
  /** Joins repeated on purpose, and by somebody else with the same address. */
  repeated: number
  strangers: number
  /** Sales that could not be announced, for a clock was ahead of their end. */
  unannounced: number
  /** Keeps a line for the file of tickets, which is written when all is over. */
  note(ticket: Ticket): void
  file: string
  close(): void
}

/** Nothing has been heard yet. Tickets go to `tickets.jsonl` in the folder, as whoever recomputes a sale takes them. */
export function saleReceipts(folder: string): SaleReceipts {
  const file = join(folder, 'tickets.jsonl')
  const lines: string[] = [] // the disk may be full just now
  const counts = { tickets: 0, tooLate: 0, turns: 0, repeated: 0, strangers: 0, unannounced: 0 }
  const receipts: SaleReceipts = {
    ...counts,
    sales: [],
    refused: new Set(),
    turnedAway: new Set(),
    note: ({ key, ...told }) => {
      receipts.tickets++
      lines.push(JSON.stringify(told))
    },
    file,
    close: () => writeFileSync(file, lines.join('\n')),
  }
  return receipts
}
