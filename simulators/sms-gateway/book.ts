import { openAppendLog } from '../append-log.ts'
import { wantsIn, wantsOut } from './keywords.ts'
import { type Line, line as lineSchema, type Reply, type StatusLine, type Taken } from './line.ts'

/** An SMS: to a phone with what became of it, or from one. */
export type Sms = Outgoing | Incoming
export type Outgoing = { was: Taken; now: StatusLine | null }
type Incoming = { was: Reply; now: null }

/** All SMS there were. They are held in memory, under 1 kB each. */
export type Book = {
  /** Resolves when the line is on disk; only then can it be found. Rejects when there are too many. */
  write(line: Line): Promise<void>
  find(sid: string): Sms | undefined
  /** Oldest first; those to and from one phone, or all. */
  list(phone?: string): readonly Sms[]
  /** The phones that ever wrote or were written to, the one with the newest SMS last. */
  phones(): string[]
  /** Whether this phone has said STOP, and not START since. */
  isStopped(phone: string): boolean
  clear(): Promise<void>
  close(): Promise<void>
}

const MAX_SMS = 200_000

/** Opens the file and loads what is in it. Throws when it is not one of ours. */
export async function openBook(path: string): Promise<Book> {
  const index = new Index()
  const log = await openAppendLog(path, (record) => index.add(lineSchema.parse(record)))
  return {
    async write(line) {
      if (index.all.length >= MAX_SMS) throw new Error(`the book is full (${MAX_SMS} SMS)`)
      await log.append(line)
      index.add(line)
    },
    find: (sid) => index.bySid.get(sid),
    list: (phone) => (phone === undefined ? index.all : (index.byPhone.get(phone) ?? [])),
    phones: () => [...index.byPhone.keys()],
    isStopped: (phone) => index.stopped.has(phone),
    clear: () => log.clear().then(() => index.clear()),
    close: () => log.close(),
  }
}

/** Whether it goes to a phone. */
export const isOutgoing = (sms: Sms): sms is Outgoing => sms.was.kind === 'taken'

class Index {
  readonly all: Sms[] = []
  readonly bySid = new Map<string, Sms>()
  readonly byPhone = new Map<string, Sms[]>()
  readonly stopped = new Set<string>()

  add(line: Line): void {
    if (line.kind === 'taken') this.#enter({ was: line, now: null }, line.to)
    else if (line.kind === 'reply') this.#hear(line)
    else if (line.kind === 'status') this.#move(line)
  }

  clear(): void {
    this.all.length = 0
    for (const held of [this.bySid, this.byPhone, this.stopped]) held.clear()
  }

  #hear(reply: Reply): void {
    this.#enter({ was: reply, now: null }, reply.from)
    if (wantsOut(reply.body)) this.stopped.add(reply.from)
    if (wantsIn(reply.body)) this.stopped.delete(reply.from)
  }

  #move(line: StatusLine): void {
    const sms = this.bySid.get(line.sid)
    if (sms !== undefined && isOutgoing(sms)) sms.now = line
  }

  #enter(sms: Sms, phone: string): void {
    this.all.push(sms)
    this.bySid.set(sms.was.sid, sms)
    const before = this.byPhone.get(phone) ?? []
    this.byPhone.delete(phone) // the newest comes last
    this.byPhone.set(phone, [...before, sms])
  }
}
