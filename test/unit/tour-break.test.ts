import { expect, it } from '@jest/globals'
import { breakForTour } from '../../services/control/tour/break-for-tour.ts'
import { createDebts } from '../../services/control/tour/debts.ts'

it('what is broken only after its page has gone is mended all the same', async () => {
  let state = 'up'
  let stopped = () => {}
  const control = async (action: string) => {
    if (action === 'start') {
      if (state === 'stopped') state = 'up' // as the launcher has it
      return
    }
    state = 'stopping'
    await new Promise<void>((resolve) => {
      stopped = resolve
    })
    state = 'stopped'
  }
  const demo = { control, marks: { note: () => () => {} } }
  const debts = createDebts()
  const deps = { demo, debts, isThere: () => false } as never // the rest of the demo is not asked

  const breaking = breakForTour('gone', { action: 'stop', name: 'payment' }, deps)
  await debts.settle('gone') // while payment takes its time to stop
  stopped()
  await breaking

  expect(state).toBe('up')
})
