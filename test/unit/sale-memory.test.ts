import { describe, expect, it } from '@jest/globals'
import pino from 'pino'
import { rememberSales } from '../../services/sale/sales.ts'
import { createHealth } from '../../shared/health.ts'
import { useSales } from '../sale-rig.ts'

const LISTED = 50
const log = pino({ level: 'silent' })
const sales = useSales()

describe('the sales in memory', () => {
  it('are told of with one look at the disk for all that are over and no longer listed', async () => {
    const [first, second] = [await sales.announce(), await sales.announce()]
    const { read, write } = await sales.db()
    await write((tx) => tx.sale.updateMany({ data: { endedAt: Date.now(), why: 'overdue' } }))
    const newer = await Promise.all(Array.from({ length: LISTED }, () => sales.announce()))
    const asked: string[] = []
    const counted: typeof read = Object.create(read, {
      $queryRaw: {
        value: (words: TemplateStringsArray, ...values: unknown[]) => {
          if (words.join('').includes('WHERE id')) asked.push(words.join(''))
          return read.$queryRaw(words, ...values)
        },
      },
    })
    const memory = await rememberSales({ read: counted, health: createHealth(log), log })

    const ids = [first.id, newer[0]?.id ?? '', 'nothing', second.id]
    const told = await memory.tell(ids)
    await memory.stop()

    expect(told.map((json) => json && JSON.parse(json).id)).toEqual([first.id, newer[0]?.id, undefined, second.id])
    expect(asked.length).toBe(1)
  })
})
