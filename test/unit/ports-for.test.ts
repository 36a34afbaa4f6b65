import { describe, expect, it } from '@jest/globals'
import { isFree, pickPorts } from '../../launcher/ports.ts'
import { portsFor } from '../../launcher/ports-for.ts'
import { until } from '../until.ts'

const host = '127.0.0.1'
const asked = { controlPort: undefined, salePort: undefined, host }

/** The first of two free ports, one after the other. */
const freePair = () =>
  until(async () => {
    const [port = 0] = await pickPorts(1)
    return (await isFree(port + 1, host)) && port
  })

describe('the ports of a run', () => {
  it('are, for the control room, the one next to the shop', async () => {
    const port = await freePair()

    expect(await portsFor({ ...asked, port })).toMatchObject({ shop: port, control: port + 1 })
  })

  it('are all different, also where the sale is asked for next to the shop', async () => {
    const port = await freePair()

    const ports = await portsFor({ ...asked, port, salePort: port + 1 })

    expect(ports.sale).toBe(port + 1)
    expect(new Set(Object.values(ports)).size).toBe(Object.keys(ports).length)
  })
})
