import { setTimeout as delay } from 'node:timers/promises'
import { listsOf, type Service } from '../../shared/routes.ts'
import { isPostgresUrl, type Place } from '../../shared/store/place.ts'
import { stations } from '../stations.ts'
import { type Reader, readPostgres, readSqlite } from './readers.ts'

const LOOK_EVERY_MS = 20 // a look costs a tenth of a millisecond in a file
const LOOKS_SHARE = 1 / 20 // of the time at most is spent looking: PostgreSQL counts mails by walking over them
const STANDSTILL_LIMIT_MS = 60_000

/** To those who are there: whoever stands beside the pipeline is not, and what is for them waits. */
const HEARD = stations.flatMap(listsOf).map((queue) => `'${queue}'`)
const ANY_TO_TELL = `SELECT COUNT(*) FROM (SELECT 1 FROM "Outbox" WHERE queue IN (${HEARD.join(', ')}) LIMIT 1) AS one`

/** The tables of a shop, looked at from outside while its services work. */
export class Books {
  readonly #reader: Reader

  static async open(place: Place): Promise<Books> {
    return new Books(isPostgresUrl(place) ? await readPostgres(place) : await readSqlite(place))
  }

  private constructor(reader: Reader) {
    this.#reader = reader
  }

  /** Resolves when no order is under way any more, and `mails` mails have been sent since the shop was made. */
  async whenDone(mails: number): Promise<void> {
    let [sent, changedMs] = [0, performance.now()]
    while (sent < mails || (await this.#anyUnderWay())) {
      const sinceMs = performance.now()
      const now = await this.mails()
      const tookMs = performance.now() - sinceMs
      if (now !== sent) changedMs = performance.now()
      else if (performance.now() - changedMs > STANDSTILL_LIMIT_MS)
        throw new Error(`stuck at ${sent} of ${mails} mails`)
      sent = now
      await delay(Math.max(LOOK_EVERY_MS, tookMs / LOOKS_SHARE))
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

  mails = () => this.#ask('notification', this.#reader.countMails)
  paid = () => this.#ask('order', `SELECT COUNT(*) FROM "Order" WHERE state = 'paid'`)

  close = () => this.#reader.close()

  async #anyUnderWay(): Promise<boolean> {
    const question = `SELECT COUNT(*) FROM (SELECT 1 FROM "Order" WHERE state IN ('placed', 'reserved') LIMIT 1) AS one`
    return (await this.#ask('order', question)) > 0
  }

  #ask(service: Service, sql: string): Promise<number> {
    return this.#reader.ask(service, sql)
  }
}
