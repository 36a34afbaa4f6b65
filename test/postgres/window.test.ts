import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client as SenderClient } from '../../services/payment/db.ts'
import { queueKey } from '../../shared/keys.ts'
import { takeRows } from '../../shared/protocol/outbox-rows.ts'
import { withDirectSql } from '../../shared/store/sql.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

describe('a list', () => {
  it('gets what is committed beside the look for what waits before what happens afterwards', async () => {
    const placed = gate()
    const { looked, ended } = holdLook(placed.opened)
    await bed.startSender()
    await looked
    const placing = bed.place('o1').then(placed.open)
    await ended
    await placing
    await bed.place('o2')

    await until(async () => (await bed.redis.client.llen(queueKey('inventory'))) === 2)
    expect(subjectsIn((await bed.waiting()).toReversed())).toEqual(['o1', 'o2'])
  })

  it('is filled by looking rows up, when the server does not know yet how many wait', async () => {
    await bed.startSender()
    await bed.place('o1')
    await until(async () => (await bed.redis.client.llen(queueKey('inventory'))) === 1)
    await bed.senderDb.write((tx) => tx.$executeRaw`ANALYZE "Outbox"`)
    await bed.place(...Array.from({ length: 5_000 }, (_, i) => `o${i + 2}`))

    const plans = await bed.senderDb.write(async (tx) => {
      await tx.$executeRaw`UPDATE "Outbox" SET stamp = 0 WHERE queue = 'inventory'`
      const { explained, plans } = explaining(tx)
      expect(await takeRows(explained, 'inventory', Number.MAX_SAFE_INTEGER, 500, 7)).toHaveLength(500)
      return plans
    })

    expect(plans.join()).toContain('Update on "Outbox"')
    expect(plans.join()).not.toContain('Join Filter') // each row that waits beside each that is taken
  })
})

/** Asks how each statement will be carried out, before it is. */
function explaining(tx: SenderClient): { explained: SenderClient; plans: string[] } {
  const plans: string[] = []
  const $queryRaw = async <T>(query: TemplateStringsArray, ...values: unknown[]): Promise<T> => {
    const explain = Object.assign([`EXPLAIN ${query[0]}`, ...query.slice(1)], { raw: query.raw })
    for (const row of await tx.$queryRaw<{ 'QUERY PLAN': string }[]>(explain, ...values)) plans.push(row['QUERY PLAN'])
    return tx.$queryRaw<T>(query, ...values)
  }
  const direct = {
    $queryRaw,
    $executeRaw: (query: TemplateStringsArray, ...values: unknown[]) => tx.$executeRaw(query, ...values),
  }
  return { explained: withDirectSql(tx, direct), plans }
}

const subjectsIn = (elements: string[]) => elements.map((text) => String(JSON.parse(text).subject))

/** Holds the sender's first look for what waits for inventory, when it has read and before it goes on. */
function holdLook(mayGoOn: Promise<void>): { looked: Promise<void>; ended: Promise<void> } {
  const looked = gate()
  const ended = gate()
  let look: unknown = null
  const held = (tx: SenderClient) => {
    const $queryRaw = async <T>(query: TemplateStringsArray, ...values: unknown[]): Promise<T> => {
      const rows = await tx.$queryRaw<T>(query, ...values)
      if (look !== null || !/stamp = 0/.test(query.join()) || !values.includes('inventory')) return rows
      look = tx
      looked.open()
      await mayGoOn
      return rows
    }
    return withDirectSql(tx, { $queryRaw, $executeRaw: (query, ...values) => tx.$executeRaw(query, ...values) })
  }
  const { write } = bed.senderDb
  bed.senderDb.write = (work, how) =>
    write(async (tx) => {
      const result = await work(held(tx))
      if (look === tx) ended.open()
      return result
    }, how)
  return { looked: looked.opened, ended: ended.opened }
}

function gate(): { open(): void; opened: Promise<void> } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}
