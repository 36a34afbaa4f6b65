import { z } from 'zod'
import { isOurs, type Service, serviceOf } from '../../../../shared/routes.ts'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import type { Left } from './left.ts'
import type { Holder, Known } from './loop-answer.ts'
import type { Pair } from './pair.ts'
import type { Pairs } from './pairs.ts'
import type { Right } from './right.ts'

/** Who sends what of an order that is being paid. */
export const WAY = ['order', 'inventory', 'payment'] as const satisfies readonly Service[]

const traces = z.object({ rows: z.array(z.object({ queue: z.string(), pushes: z.number() })) })

type Deps = { ask: Ask; left: Left; right: Right; pairs: Pairs }

/** Looks up who still knows of an order of the tutorial's: its list, or its hash. Nobody else would. */
export async function whoKnowsLeft({ number }: Pair, _program: string, { left }: Deps): Promise<Known> {
  const { listed, statuses } = await left.look()
  return {
    inList: listed.some((element) => element.includes(number)),
    isDone: statuses[number] === 'success',
    by: [],
  }
}

/**
 * The same of an order of ours: the rows in the outboxes of those who sent messages about it to the program that died, and in its own.
 * They stay until a final word is said. Rejects when none is found, and somebody who may have one could not be asked.
 */
export async function whoKnowsRight({ orderId, right: { doneAt } }: Pair, program: string, deps: Deps): Promise<Known> {
  const ids = deps.pairs.messagesOf(orderId)
  const [listed, ...asked] = await Promise.all([
    deps.right.listed(WAY),
    ...WAY.flatMap((sender) => ids.map((id) => rowsWith(sender, id, deps.ask))),
  ])
  const rows = asked.flatMap((held) => held ?? [])
  const by = rows.filter(
    ({ sender, receiver }) => sender === program || (isOurs(receiver) && serviceOf(receiver) === program),
  )
  if (by.length === 0 && (ids.length === 0 || asked.includes(null)))
    throw new Error('not all who may know can be asked')
  return { inList: listed.some((element) => element.includes(orderId)), isDone: doneAt !== null, by }
}

/** Null when it does not answer. */
async function rowsWith(sender: Service, id: string, ask: Ask): Promise<Holder[] | null> {
  const reply = await ask(sender, `/ops/message?${new URLSearchParams({ id })}`)
  const told = traces.safeParse(reply?.body).data
  return told === undefined ? null : told.rows.map(({ queue, pushes }) => ({ sender, receiver: queue, pushes }))
}
