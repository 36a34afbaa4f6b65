import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client as SenderClient } from '../../services/payment/db.ts'
import { queueKey } from '../../shared/keys.ts'
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
})

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
