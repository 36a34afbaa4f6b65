import type { z } from 'zod'
import type { Demo } from '../demo/demo.ts'
import { act, type body } from '../demo/demo-actions.ts'
import type { Debts } from './debts.ts'

type Action = z.infer<typeof body>
type Deps = Parameters<typeof act>[1] & { debts: Debts; isThere(page: string): boolean }

/** Breaks something for a page of the tour, which owes from then on that it is mended. Rejects as `act` does. */
export async function breakForTour(page: string, action: Action, deps: Deps): Promise<number | null> {
  const { demo, debts } = deps
  const { action: how } = action
  const owe = () => {
    if (how === 'stop') debts.owe(page, action.name, () => demo.control('start', action.name))
    if (how === 'gateway' || how === 'mailbox' || how === 'sms') debts.owe(page, how, () => demo.turn(how, 'well'))
  }
  owe()
  const { count } = await act(action, deps)
  if (!deps.isThere(page)) {
    owe() // it has gone meanwhile, and what was mended then was not broken yet
    await debts.settle(page)
  }
  return count
}

type Death = { name: string; point: string | null }

/** A program is to die at a step of the protocol; null: at none. It is not when the page goes before. */
export async function arm(page: string, { name, point }: Death, { demo, debts }: { demo: Demo; debts: Debts }) {
  if (point !== null) debts.owe(page, `the death of ${name}`, () => demo.dieAt(name, null))
  await demo.dieAt(name, point)
}
