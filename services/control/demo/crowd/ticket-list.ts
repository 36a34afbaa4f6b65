import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepNewest } from '../keep-newest.ts'

const TICKETS_MAX = 500_000
const FLUSH_MS = 100

/** What one of a crowd was told: who got which ticket, when. Somebody who came twice is in the list twice. */
export type Told = { sale: string; ticket: string; number: number; email: string; at: number }

/** Beside the list of accepted orders: with both, anybody can recompute whether the shop has kept its word. */
export const ticketsPathIn = (dataDir: string) => join(dataDir, 'demo-tickets.jsonl')

/** Opens the list of tickets, a line of JSON each; the oldest go. `close` writes what is left. */
export async function openTicketList(path: string): Promise<{ note(told: Told): void; close(): Promise<void> }> {
  await keepNewest(path, TICKETS_MAX)
  let lines: string[] = []
  let writing = Promise.resolve()
  const flush = () => {
    if (lines.length === 0) return
    const text = `${lines.join('\n')}\n`
    lines = []
    writing = writing.then(() => appendFile(path, text))
  }
  const timer = setInterval(flush, FLUSH_MS)
  return {
    note: (told) => void lines.push(JSON.stringify(told)),
    close: async () => {
      clearInterval(timer)
      flush()
      await writing
    },
  }
}
