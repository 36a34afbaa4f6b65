import { openAppendLog } from '../append-log.ts'
import type { Place } from '../read-records.ts'
import { type Mail, mail as mailSchema } from './mail.ts'

export type Page = { mails: Mail[]; total: number; next?: string }
export type Query = { orderNumber?: string | undefined; before?: string | undefined; limit: number }

/** Every mail that was accepted. The mails stay in the file; memory holds where each of them lies. */
export type Mailbox = {
  /** Resolves when the mail is on disk; only then can it be found. Rejects when the mailbox is full. */
  keep(mail: Mail): Promise<void>
  find(id: string): Promise<Mail | undefined>
  /** Newest first. `next` is the `before` of the next page, if there is one. */
  list(query: Query): Promise<Page>
  clear(): Promise<void>
  close(): Promise<void>
}

const MAX_MAILS = 1_000_000 // of the index, some 300 bytes each

/** Opens the mailbox file and indexes what is in it. Throws when the file is not a mailbox. */
export async function openMailbox(path: string): Promise<Mailbox> {
  const index = new Index()
  const log = await openAppendLog(path, (record, place) => index.add(mailSchema.parse(record), place))
  const read = async (place: Place) => mailSchema.parse(await log.read(place))
  return {
    async keep(mail) {
      if (index.all.length >= MAX_MAILS) throw new Error(`the mailbox is full (${MAX_MAILS} mails)`)
      index.add(mail, await log.append(mail))
    },
    async find(id) {
      const entry = index.byId.get(id)
      return entry && read(entry.place)
    },
    async list(query) {
      const { entries, total, next } = index.page(query)
      return {
        mails: await Promise.all(entries.map(({ place }) => read(place))),
        total,
        ...(next && { next }),
      }
    },
    clear: () => log.clear().then(() => index.clear()),
    close: () => log.close(),
  }
}

type Entry = { id: string; place: Place; position: number; positionInOrder: number }

class Index {
  readonly all: Entry[] = []
  readonly byId = new Map<string, Entry>()
  readonly byOrder = new Map<string, Entry[]>()

  add({ id, orderNumber }: Mail, place: Place): void {
    const sameOrder = orderNumber === undefined ? [] : this.#entriesOf(orderNumber)
    const entry = { id, place, position: this.all.length, positionInOrder: sameOrder.length }
    this.all.push(entry)
    sameOrder.push(entry)
    this.byId.set(id, entry)
  }

  page({ orderNumber, before, limit }: Query): { entries: Entry[]; total: number; next?: string | undefined } {
    const entries = orderNumber === undefined ? this.all : (this.byOrder.get(orderNumber) ?? [])
    const cursor = before === undefined ? undefined : this.byId.get(before)
    const end = (orderNumber === undefined ? cursor?.position : cursor?.positionInOrder) ?? entries.length
    const start = Math.max(0, end - limit)
    const page = entries.slice(start, end).reverse()
    return { entries: page, total: entries.length, next: start > 0 ? page.at(-1)?.id : undefined }
  }

  clear(): void {
    this.all.length = 0
    this.byId.clear()
    this.byOrder.clear()
  }

  #entriesOf(orderNumber: string): Entry[] {
    const entries = this.byOrder.get(orderNumber) ?? []
    this.byOrder.set(orderNumber, entries)
    return entries
  }
}
