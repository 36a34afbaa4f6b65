import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type Answer, askOnce, askUntilAnswered } from './ask.ts'
import type { Random } from './random.ts'
import { complain, type Receipts } from './receipts.ts'
import type { HeldSale, SaleReceipts, Ticket } from './sale-receipts.ts'

const AT_ONCE_MAX = 250 // requests under way
const REPEATED_SHARE = 0.1
const STRANGE_SHARE = 0.03
const REPEATED_WITHIN_MS = 2_000

/** Where a crowd joins: at the shop's door, or at sale's own; and who puts down what it is told. */
export type Door = {
  urls: () => readonly string[]
  signal: AbortSignal
  receipts: Receipts
  told: SaleReceipts
  random: Random
}

/** All buyers join, each until it is answered. Calls `onTicket` for each who has one. Resolves when the last is answered. */
export async function joinCrowd(sale: HeldSale, door: Door, onTicket: (ticket: Ticket) => void): Promise<void> {
  const { buyers, comesWithinMs } = sale.wish
  const startMs = Date.now()
  let next = 0
  const send = async () => {
    for (let i = next++; i < buyers && !door.signal.aborted; i = next++) {
      await delay(Math.max(0, startMs + (i / buyers) * comesWithinMs - Date.now()))
      const ticket = await join(sale, i, door)
      if (ticket !== null) onTicket(ticket)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE_MAX, buyers) }, send))
}

const answer = z.object({ ticket: z.string(), key: z.string(), number: z.int(), place: z.int().nullable() })

async function join(sale: HeldSale, i: number, door: Door): Promise<Ticket | null> {
  const { told, random } = door
  const askedAt = Date.now()
  const ticket = await ask(sale, i, 'own', door)
  if (ticket === null) return null
  const mine = { sale: sale.id, ...ticket, askedAt, at: Date.now() }
  told.note(mine)
  if (random.chance(REPEATED_SHARE)) await repeat(sale, i, mine, door)
  if (random.chance(STRANGE_SHARE)) await comeAsStranger(sale, i, door)
  return mine
}

type Whose = 'own' | 'stranger'
const addressOf = (id: string, i: number) => `buyer-${i}@${id}.example`

/** Null when it came too late, or was told to stop before there was an answer. */
async function ask(sale: HeldSale, i: number, whose: Whose, door: Door): Promise<z.infer<typeof answer> | null> {
  const { signal, receipts, told, random } = door
  const body = { buyer: `secret of ${whose} buyer ${i}`, email: addressOf(sale.id, i), name: `Buyer ${i}` }
  const post = () => askOnce(`${random.pick(door.urls())}/api/sales/${sale.id}/entries`, body, {})
  const found = await askUntilAnswered(post, signal, isNotYet, () => receipts.retried++)
  if (found === null) return null
  if (found.status === 202) return answer.parse(JSON.parse(found.text))
  const isTaken = found.text.includes('with this e-mail already')
  if (found.status !== 409 || (isTaken && whose === 'own'))
    complain(receipts, `a join of ${sale.id} was answered with ${found.status}: ${found.text}`)
  else if (whose === 'own') {
    told.tooLate++
    told.turnedAway.add(addressOf(sale.id, i))
  }
  return null
}

/** By a clock that was set back the sale is still to open; a door that is just opened does not know all sales. */
const isNotYet = ({ status, text }: Answer) => status === 409 && text.includes('opens at')

/** The same buyer again has the same ticket, whatever has become of the sale. */
async function repeat(sale: HeldSale, i: number, mine: Ticket, door: Door): Promise<void> {
  await delay(door.random.between(0, REPEATED_WITHIN_MS))
  door.told.repeated++
  const again = await ask(sale, i, 'own', door)
  if (again === null && door.signal.aborted) return
  if (again?.ticket !== mine.ticket || again.number !== mine.number || again.key !== mine.key)
    complain(
      door.receipts,
      `${mine.ticket}, number ${mine.number}, was ${again?.ticket}, ${again?.number} when asked again`,
    )
}

/** Whoever knows the address gets no ticket by it. */
async function comeAsStranger(sale: HeldSale, i: number, door: Door): Promise<void> {
  door.told.strangers++
  const got = await ask(sale, i, 'stranger', door)
  if (got !== null) complain(door.receipts, `a stranger was given ticket ${got.ticket} of buyer ${i}`)
}
