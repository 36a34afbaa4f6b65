import { describe, expect, it } from '@jest/globals'
import { useSales } from '../sale-rig.ts'

const rig = useSales()

describe('the line of a sale', () => {
  it('lets in the first three of four for three units, and the fourth when a unit comes back', async () => {
    const sale = await rig.open3()
    const [ada = ''] = await rig.joinAll(sale, ['ada', 'ben', 'cleo', 'dan'])
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted', cleo: 'admitted', dan: 'waiting' })
    await rig.returned(sale, ada)
    await rig.untilStates(sale, { ada: 'gone', ben: 'admitted', cleo: 'admitted', dan: 'admitted' })
    expect(await rig.admitted(sale)).toEqual(['ada', 'ben', 'cleo', 'dan'])
    expect(await rig.row(sale)).toMatchObject({
      granted: 3,
      credits: 0,
      held: 3,
      bought: 0,
      spared: 0,
      admittedUpTo: 4,
    })
  })
})
