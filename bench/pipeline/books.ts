import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { listsOf, type Service } from '../../shared/routes.ts'
import { type Adapter, DurableSqlite } from '../../shared/store/sqlite.ts'
import { stations } from '../stations.ts'

/** To those who are there: whoever stands beside the pipeline is not, and what is for them waits. */
const HEARD = stations.flatMap(listsOf).map((queue) => `'${queue}'`)
const ANY_TO_TELL = `SELECT EXISTS (SELECT 1 FROM "Outbox" WHERE queue IN (${HEARD.join(', ')}))`
const LOOK_EVERY_MS = 20 // a look costs a tenth of a millisecond
const STANDSTILL_LIMIT_MS = 60_000

/** The files of a shop, looked at from outside while its services work. Only questions that an index answers at once. */
export class Books {
  readonly #files: Map<Service, Adapter>

  static async open(folder: string): Promise<Books> {
    const open = async (service: Service) =>
      [service, await new DurableSqlite(join(folder, `${service}.db`), 'read').connect()] as const
    return new Books(new Map(await Promise.all(stations.map(open))))
  }

  private constructor(files: Map<Service, Adapter>) {
    this.#files = files
  }

  /** Resolves when no order is under way any more, and `mails` mails have been sent since the shop was made. */
  async whenDone(mails: number): Promise<void> {
    let [sent, changedMs] = [0, performance.now()]
    while (sent < mails || (await this.#anyUnderWay())) {
      const now = await this.mails()
      if (now !== sent) changedMs = performance.now()
      else if (performance.now() - changedMs > STANDSTILL_LIMIT_MS)
        throw new Error(`stuck at ${sent} of ${mails} mails`)
      sent = now
      await delay(LOOK_EVERY_MS)
    }
  }

  /** Resolves when no outbox holds anything any more for those who are there. */
  async whenSettled(): Promise<void> {
    const untilMs = performance.now() + STANDSTILL_LIMIT_MS
    for (const service of stations)
      while ((await this.#ask(service, ANY_TO_TELL)) > 0) {
        if (performance.now() > untilMs) throw new Error(`the outbox of ${service} does not get empty`)
        await delay(LOOK_EVERY_MS)
      }
  }

  /** Mails are never deleted, so their number is that of the last row. */
  mails = () => this.#ask('notification', 'SELECT COALESCE(MAX(rowid), 0) FROM "Mail"')
  paid = () => this.#ask('order', `SELECT COUNT(*) FROM "Order" WHERE state = 'paid'`)

  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.dispose()
  }

  async #anyUnderWay(): Promise<boolean> {
    const question = `SELECT EXISTS (SELECT 1 FROM "Order" WHERE state IN ('placed', 'reserved'))`
    return (await this.#ask('order', question)) > 0
  }

  async #ask(service: Service, sql: string): Promise<number> {
    const result = await this.#files.get(service)?.queryRaw({ sql, args: [], argTypes: [] })
    return Number(result?.rows[0]?.[0])
  }
}
