import { describe, expect, it } from '@jest/globals'
import { call } from '../calls.ts'
import { problemOf } from '../order-rig.ts'
import { useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

const rig = useSales()

describe('a sale whose process is full', () => {
  it('refuses who looks around and who joins, and nobody who asks for their own place', async () => {
    const sale = await rig.openFor3()
    const { ticket } = await rig.join(sale, 'ada')
    const late = setInterval(() => holdUp(700), 1) // the service runs in this process
    try {
      const refused = await until(async () => {
        const answer = await rig.joinAs(sale, 'ben')
        return answer.status === 503 && answer
      })

      expect((await problemOf(refused)).detail).toMatch(/^More people come to the sale/)
      expect((await rig.get('/api/sales')).status).toBe(503)
      expect(await rig.entry(sale, ticket)).toMatchObject({ ticket })
    } finally {
      clearInterval(late)
    }

    await until(async () => (await rig.joinAs(sale, 'ben')).status === 202)
    expect(await (await call(rig.url, '/ops/shed')).json()).toMatchObject({ browsing: 1, joining: expect.any(Number) })
  }, 60_000)
})

function holdUp(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}
