import type { Language } from '../../shared/customer-events.ts'
import type { Emit } from '../../shared/handler.ts'
import { type Columns, insert, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { asGuests } from './gone-accounts.ts'
import type { Sale } from './sale.ts'

/** Who wants to join. `buyer` is a digest. */
export type Wanted = {
  id: string
  sale: string
  buyer: string
  mailbox: string
  name: string
  email: string
  account: string | null
  language: Language
  traceparent: string | undefined
}

/** `taken`: somebody else has joined with this mailbox; `shut`: nobody can join any more, or yet. */
export type Entered =
  | { kind: 'entered'; ticket: string; number: number; position: number | null }
  | { kind: 'taken' }
  | { kind: 'shut' }

type Standing = { sale: string; mailbox: string; id: string; number: number; position: number | null; buyer: string }

/**
 * Enters a group in the lines of their sales, and emits `entry.joined` for each: whether a sale can be joined is decided
 * here, where its end is decided, too. Of one mailbox only the first is entered, and whoever comes again with the same
 * secret has what the first has.
 */
export async function enterLine(tx: Client, group: Wanted[], emit: Emit): Promise<Entered[]> {
  const before = await standingOf(tx, group)
  const entries = await numbered(tx, await asGuests(tx, firstOfEach(group, before)), Date.now())
  const inserted = entries.length === 0 ? 0 : await insertEntries(tx, entries)
  const isAlone = inserted === entries.length // else another process was there first with one of them
  const after = isAlone ? new Map([...before, ...byBox(entries)]) : await standingOf(tx, group)
  for (const entry of entries) if (after.get(boxOf(entry))?.id === entry.id) emitJoined(entry, emit)
  return group.map((wanted) => answerTo(wanted, after.get(boxOf(wanted))))
}

/** The same for those who come when nobody can join: their ticket, if they have one. */
export async function findEntries(read: Client, group: Box[]): Promise<Entered[]> {
  const standing = await standingOf(read, group)
  return group.map((wanted) => answerTo(wanted, standing.get(boxOf(wanted))))
}

type Box = Pick<Wanted, 'sale' | 'mailbox' | 'buyer'>
const boxColumns: Columns<Box> = ['sale', 'mailbox']
const boxOf = ({ sale, mailbox }: Omit<Box, 'buyer'>) => `${sale} ${mailbox}`
const byBox = (entries: Standing[]) => new Map(entries.map((entry): [string, Standing] => [boxOf(entry), entry]))

/** Who has joined with these mailboxes. */
async function standingOf(sql: Client, group: Box[]): Promise<Map<string, Standing>> {
  return byBox(
    await sql.$queryRaw<Standing[]>`
      SELECT entry.sale, entry.mailbox, entry.id, entry.number, entry.position, entry.buyer
      FROM ${records('Entry', boxColumns, group)} AS wanted CROSS JOIN "Entry" AS entry
      WHERE entry.sale = wanted.sale AND entry.mailbox = wanted.mailbox`,
  )
}

function firstOfEach(group: Wanted[], standing: Map<string, Standing>): Wanted[] {
  const first = new Map<string, Wanted>()
  for (const wanted of group) {
    const box = boxOf(wanted)
    if (!standing.has(box) && !first.has(box)) first.set(box, wanted)
  }
  return [...first.values()]
}

type Entry = Omit<Wanted, 'traceparent'> &
  Standing & { traceparent: string | undefined; state: 'joined'; joinedAt: number }

/** Those whose sale can be joined, each with the next number of its sale; sales in one order, or two groups would wait for each other. */
async function numbered(tx: Client, wanted: Wanted[], now: number): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const sale of [...new Set(wanted.map((one) => one.sale))].sort()) {
    const joining = wanted.filter((one) => one.sale === sale)
    const given = await takeNumbers(tx, sale, joining.length, now)
    if (given === undefined) continue
    const first = given.numbers - joining.length + 1
    for (const [i, one] of joining.entries()) {
      const number = first + i
      entries.push({
        ...one,
        number,
        position: given.queueing === 'line' ? number : null,
        state: 'joined',
        joinedAt: now,
      })
    }
  }
  return entries
}

/** Counts so many more; undefined where nobody can join now (`shutBy`). */
async function takeNumbers(tx: Client, sale: string, count: number, now: number) {
  const [given] = await tx.$queryRaw<Pick<Sale, 'numbers' | 'queueing'>[]>`
    UPDATE "Sale" SET numbers = numbers + ${count}
    WHERE id = ${sale} AND "endedAt" IS NULL AND "opensAt" <= ${now} AND "endsAt" > ${now}
      AND ("drawsAt" IS NULL OR ("drawsAt" > ${now} AND "drawnAt" IS NULL))
    RETURNING numbers, queueing`
  return given
}

const entryColumns: Columns<Entry> = [
  ...(['sale', 'number', 'id', 'position', 'state', 'buyer', 'mailbox', 'name', 'email'] as const),
  ...(['account', 'language', 'joinedAt'] as const),
]

function insertEntries(tx: Client, entries: Entry[]): PromiseLike<number> {
  return tx.$executeRaw`${insert('Entry', entryColumns, entries)} ON CONFLICT DO NOTHING`
}

function emitJoined({ id: subject, sale, traceparent }: Entry, emit: Emit): void {
  emit({ name: 'entry.joined', subject, data: { sale }, ...(traceparent !== undefined && { traceparent }) })
}

function answerTo({ buyer }: Box, standing: Standing | undefined): Entered {
  if (standing === undefined) return { kind: 'shut' }
  if (standing.buyer !== buyer) return { kind: 'taken' }
  const { id: ticket, number, position } = standing
  return { kind: 'entered', ticket, number, position }
}
