import { describe, expect, it } from '@jest/globals'
import { createStepsRelay } from '../../launcher/steps-relay.ts'

type Told = { to: string; isTold?: boolean; slowMs?: number; dieAt?: string | null; service?: string; name?: string }

/** A relay between three programs, and what they were told. */
function between(...names: string[]) {
  const told: Told[] = []
  const list = () => names.map((name) => ({ name, state: 'up' as const, pid: 1, isOnDemand: false }))
  const relay = createStepsRelay({ list, tell: (to, message) => void told.push({ to, ...message }) })
  const lastOf = (to: string) => told.findLast((one) => one.to === to)
  return { relay, told, lastOf }
}

describe('the relay of steps', () => {
  it('tells all programs how to go, and one that starts later too', () => {
    const { relay, lastOf } = between('order', 'payment', 'control')

    relay.go({ isTold: true, slowMs: 300 })
    expect(lastOf('payment')).toMatchObject({ isTold: true, slowMs: 300, dieAt: null })
    relay.hear('inventory', { type: 'steps?' })
    expect(lastOf('inventory')).toMatchObject({ isTold: true, slowMs: 300 })
  })

  it('passes on steps to control, with the name of who came past them', () => {
    const { relay, told } = between('order', 'control')

    expect(relay.hear('order', { type: 'step', name: 'after pop', service: 'payment' })).toBe(true)
    expect(told).toEqual([expect.objectContaining({ to: 'control', name: 'after pop', service: 'order' })])
    expect(relay.hear('order', { type: 'ready' })).toBe(false)
  })

  it('lets a program die at a step once: when it is back it lives', () => {
    const { relay, lastOf } = between('payment', 'control')

    relay.dieAt('payment', 'gateway answered')
    expect(lastOf('payment')).toMatchObject({ dieAt: 'gateway answered' })
    relay.hear('payment', { type: 'steps?' })
    expect(lastOf('payment')).toMatchObject({ dieAt: null })
  })

  it('takes all of it back when control begins anew, for nobody else would', () => {
    const { relay, lastOf } = between('order', 'payment', 'control')
    relay.go({ isTold: true, slowMs: 1_000 })
    relay.dieAt('payment', 'after pop')

    relay.hear('control', { type: 'steps?' })

    expect(lastOf('payment')).toMatchObject({ isTold: false, slowMs: 0, dieAt: null })
    expect(lastOf('order')).toMatchObject({ isTold: false, slowMs: 0 })
  })
})
