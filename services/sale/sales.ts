import { setTimeout as delay } from 'node:timers/promises'
import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Client } from './db.ts'
import { createDrain } from './drain.ts'
import { readNewest, readSale, readSales, readUnended } from './read-sales.ts'
import type { Sale } from './sale.ts'
import { answerOf } from './sale-answer.ts'

const LISTED_MAX = 50
const LOOK_MS = 250 // states change with the time, and another process of the service cannot nudge us
const REST_MS = 50 // many commits share one look

/** The sales as they are in memory, a moment old: a crowd that asks for one costs no look into the database. */
export type Sales = {
  /** A sale; undefined where there is none of that id. Only for one that is neither listed nor going on it reads. */
  find(id: string): Promise<Sale | undefined>
  /** What is told of each of these, as JSON; undefined where there is none. What it has to read it reads at once. */
  tell(ids: string[]): Promise<(string | undefined)[]>
  /** The newest, as JSON. */
  list(): string
  /** Reads again, and has them in memory as they are now. */
  refresh(): Promise<void>
  /** Something may have changed. */
  nudge(): void
  /** Has `hear` called when a sale is no more as it was told. */
  onNews(hear: () => void): void
  stop(): Promise<void>
}

type Kept = { sale: Sale; json: string }
type Deps = { read: Client; health: Health; log: Logger }

/** Reads all that go on, and the newest, and keeps them fresh. */
export async function rememberSales({ read, health, log }: Deps): Promise<Sales> {
  const drain = createDrain(Date.now)
  let kept = new Map<string, Kept>()
  let list = listOf([])
  const hearers: (() => void)[] = []
  const keep = (sale: Sale): [string, Kept] => [sale.id, { sale, json: jsonOf(sale) }]
  const jsonOf = (sale: Sale) => JSON.stringify(answerOf(sale, drain.perMinute(sale), Date.now()))
  const refresh = async () => {
    const [newest, going] = [await readNewest(read, LISTED_MAX), await readUnended(read)]
    const before = kept
    kept = new Map([...going, ...newest].map(keep))
    list = listOf(newest.flatMap(({ id }) => kept.get(id)?.json ?? []))
    for (const { sale } of kept.values()) if (isNewlyEnded(sale, before)) tellEnd(sale, log)
    if ([...kept.values()].some((one) => isNews(one, before))) for (const hear of hearers) hear()
  }
  const find = async (id: string) => kept.get(id)?.sale ?? readSale(read, id)
  await refresh()
  const loop: Loop = every(LOOK_MS, 'sales.remember', health, async () => {
    await refresh()
    await delay(REST_MS)
  })
  return {
    find,
    tell: async (ids) => {
      const known = kept
      const others = ids.filter((id) => !known.has(id))
      const older = new Map(others.length === 0 ? [] : (await readSales(read, others)).map(keep))
      return ids.map((id) => (known.get(id) ?? older.get(id))?.json)
    },
    list: () => list,
    refresh,
    nudge: loop.nudge,
    onNews: (hear) => void hearers.push(hear),
    stop: loop.stop,
  }
}

const listOf = (jsons: string[]) => `{"sales":[${jsons.join(',')}]}`

const isNews = ({ sale, json }: Kept, before: Map<string, Kept>) => before.get(sale.id)?.json !== json

const isNewlyEnded = ({ id, endedAt }: Sale, before: Map<string, Kept>) =>
  endedAt !== null && before.get(id)?.sale.endedAt === null

function tellEnd({ id: subject, why, granted, bought, spared }: Sale, log: Logger): void {
  log.info({ subject, why, granted, bought, spared }, 'sale.ended')
}
