import { describe, expect, it } from '@jest/globals'
import { modeOf, simulatorNames, simulators } from '../../services/control/demo/simulators.ts'
import { sessionAnswer } from '../../services/control/session-answer.ts'
import { services } from '../../shared/routes.ts'
import { states } from '../../shared/states.ts'
import { allWell } from '../../simulators/payment-gateway/switches.ts'
import { allWell as smsWell } from '../../simulators/sms-gateway/switches.ts'
import { useControl } from '../control-rig.ts'

describe('the session of a control room', () => {
  const control = useControl()

  it('tells what there is: services, who hears what, states; and nothing to break outside the demo', async () => {
    const session = sessionAnswer.parse(await (await control.admin('session')).json())

    expect(session.services).toEqual(services)
    expect(session.routes).toContainEqual({ event: 'stock.reserved', from: 'inventory', to: ['payment', 'order'] })
    expect(session.states.map(({ name }) => name)).toEqual(states)
    expect(session).toMatchObject({ isDemo: false, faults: null })
  })
})

describe('the mode of a simulator', () => {
  it.each(simulatorNames)('of %s is the one whose switches it has', (name) => {
    for (const [mode, switches] of simulators[name].modes) expect(modeOf(name, switches)).toBe(mode)
  })

  it('is well where it has just started, whatever else can be turned', () => {
    expect(modeOf('gateway', { ...allWell() })).toBe('well')
    expect(modeOf('sms', { ...smsWell() })).toBe('well')
  })

  it('is the one it is in trouble like, however much, and never well while it is in trouble', () => {
    expect(modeOf('gateway', { outage: false, delayMs: 0, loseAnswers: 0.1 })).toBe('loses')
    expect(modeOf('gateway', { outage: true, delayMs: 300, loseAnswers: 0 })).toBe('outage')
    expect(modeOf('mailbox', { down: false, delayMs: 0, dropAfterAccept: 3 })).toBe('other')
  })
})
