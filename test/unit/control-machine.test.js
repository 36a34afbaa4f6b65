import { describe, expect, it } from '@jest/globals'
import { machineOf, machinesIn } from '../../services/control/public/js/machine.js'

const session = /** @type {any} */ ({ faults: { unstoppable: ['control'], simulators: [{ process: 'mailbox' }] } })
const seen = (/** @type {object | null} */ picture) => /** @type {any} */ ({ picture })

describe('what the launcher says of processes', () => {
  it('has its room before it is told, or the picture would jump', () => {
    for (const known of [seen(null), seen({ scene: null }), seen({ scene: { processes: [] } })]) {
      expect(machinesIn(known, session)).toEqual(['control', 'redis', 'mailbox'])
      expect(machineOf('payment', known, session)).toEqual({ name: 'payment', state: 'unknown', canStop: true })
    }
  })

  it('is then as it is told, and nothing where nothing may be broken', () => {
    const known = seen({ scene: { processes: [{ name: 'payment', state: 'up' }] } })

    expect(machinesIn(known, session)).toEqual(['payment'])
    expect(machineOf('payment', known, session).state).toBe('up')
    expect(machineOf('sale', known, session).state).toBeUndefined()
    expect(machinesIn(seen(null), /** @type {any} */ ({ faults: null }))).toEqual([])
  })
})
