import { z } from 'zod'
import type { Logger } from '../../../shared/logger.ts'
import { type Service, services } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../../shared/web/http.ts'
import { createPauses } from '../queues/pauses.ts'
import type { Mark } from '../room/snapshot.ts'
import type { Demo } from './demo.ts'
import { unstoppable } from './faults.ts'
import { poisoned } from './place-poison.ts'
import { refuse } from './refuse.ts'
import { repaired } from './repair.ts'
import { simulatorNames, simulators } from './simulators.ts'
import { flushAll, pushGarbage, resendAll } from './spoil-lists.ts'

const names = [...services, 'control', 'redis', 'mailbox', 'payment-gateway', 'sms-gateway'] as const
const service = z.enum(services)

export const body = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['kill', 'start']), name: z.enum(names) }),
  z.strictObject({ action: z.literal('stop'), name: z.enum(names).exclude(unstoppable) }),
  z.strictObject({ action: z.literal('flush') }),
  z.strictObject({ action: z.literal('repair') }),
  z.strictObject({ action: z.literal('poison') }),
  z.strictObject({ action: z.enum(['resend', 'garbage']), name: service }),
  ...simulatorNames.map((name) =>
    z.strictObject({ action: z.literal(name), mode: z.enum([...simulators[name].modes.keys()]) }),
  ),
  z.strictObject({ action: z.literal('place'), count: z.int().min(1).max(1_000) }),
  z.strictObject({ action: z.literal('crowd'), sale: z.string().max(64), count: z.int().min(1).max(10_000) }),
])

const answer = z.object({
  count: z.int().nullable().describe('How many orders, buyers or messages it was about'),
  order: poisoned.optional().describe('The one that `poison` placed'),
  repaired: repaired.optional().describe('What `repair` did'),
})

type Action = z.infer<typeof body>
type Answer = z.infer<typeof answer>
type Breaking = Exclude<Action, { action: 'repair' | 'poison' }>
type Deps = { demo: Demo; redis: Redis; ask: Ask; services: readonly Service[]; log: Logger }

/** `POST /api/admin/demo`: breaks something on purpose. Only in the demo. */
export function demoActions(deps: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/demo',
    what: 'Break something on purpose (only in the demo)',
    isAdmin: true,
    body,
    answer: { status: 202, what: 'It is done, or about to be', schema: answer },
    problems: [409],
    serve: async (req, res) => {
      const action = parseBody(body, req.body)
      deps.log.warn({ ...action }, 'demo.action')
      if (isSuicide(action)) res.once('finish', () => void act(action, deps).catch(() => {}))
      const done = isSuicide(action) ? NOTHING : await act(action, deps).catch(refuse)
      res.status(202).json(done satisfies Answer)
    },
  }
}

/** We are killed after we have answered. */
const isSuicide = (action: Action) => action.action === 'kill' && action.name === 'control'

const NOTHING: Answer = { count: null }

/** Breaks it. What was done on purpose is marked as of when it began. Rejects with what the launcher, or a simulator, has against it. */
export async function act(action: Action, deps: Deps): Promise<Answer> {
  const takeBack = isFault(action) ? deps.demo.marks.note(markOf(action)) : () => {}
  try {
    if (action.action === 'poison') return { count: 1, order: await deps.demo.poison() }
    if (action.action === 'repair')
      return { count: null, repaired: await deps.demo.repair(createPauses(deps.ask, deps.services)) }
    return { count: await breakOne(action, deps) }
  } catch (error) {
    takeBack()
    throw error
  }
}

const isFault = ({ action }: Action) => action !== 'place' && action !== 'crowd'

function markOf(action: Action): Omit<Mark, 'at'> {
  const name = 'name' in action ? action.name : undefined
  return { what: action.action, name, mode: 'mode' in action ? action.mode : undefined }
}

async function breakOne(action: Breaking, { demo, redis, log }: Deps): Promise<number | null> {
  switch (action.action) {
    case 'kill':
    case 'stop':
    case 'start':
      return demo.control(action.action, action.name).then(() => null)
    case 'flush':
      return flushAll(redis, demo)
    case 'resend':
      return resendAll(redis, action.name)
    case 'garbage':
      return pushGarbage(redis, action.name)
    case 'gateway':
    case 'mailbox':
    case 'sms':
      return demo.turn(action.action, action.mode).then(() => null)
    case 'place':
      return startPlacing(action.count, demo, log)
    case 'crowd':
      return demo.crowds.send(action.sale, action.count)
  }
}

/** Places orders while we go on. Returns how many. */
function startPlacing(count: number, { bursts }: Demo, log: Logger): number {
  if (bursts.progress()?.isOver === false) throw new Problem(409, 'Conflict', 'Orders are still being placed.')
  bursts.place(count).then(
    (ended) => log.info(ended, 'demo.placed'),
    (error) => log.error({ err: error }, 'demo.place.failed'),
  )
  return count
}
