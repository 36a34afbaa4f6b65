import { z } from 'zod'
import type { Logger } from '../../../../shared/logger.ts'
import type { Endpoint } from '../../../../shared/web/endpoint.ts'
import { refuse } from '../../demo/refuse.ts'
import { askedBy } from '../asked-by.ts'
import { pageName } from '../seen.ts'
import type { Tour } from '../tour.ts'
import { type Gap, leftGaps, rightGaps } from './gaps.ts'
import type { Loop } from './loop.ts'
import { breakNames } from './loop-answer.ts'

const page = pageName
const body = z.discriminatedUnion('action', [
  z.strictObject({ page, action: z.literal('send'), count: z.int().min(1).max(5).default(1) }),
  z.strictObject({ page, action: z.literal('break'), kind: z.enum(breakNames) }),
  z
    .strictObject({ page, action: z.literal('dieAt'), program: z.string().max(64), point: z.string().max(64) })
    .refine(isGap, { path: ['point'], error: 'must be a step that this program comes past' }),
  z.strictObject({ page, action: z.literal('repair') }),
])

type Asked = z.infer<typeof body>
type Deps = { loop: Loop; tour: Pick<Tour, 'isThere' | 'debts'>; log: Logger }

/** `POST /api/admin/tour/loop`: sends the same orders both ways, or breaks both ways at the same moment. Only in the demo. */
export function actLoop({ loop, tour, log }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/tour/loop',
    what: 'Send orders through the tutorial’s loop and through the shop, or break both (only in the demo)',
    isAdmin: true,
    body,
    answer: { status: 202, what: 'It is done; what comes of it is told to whoever watches' },
    problems: [409],
    serve: async (req, res) => {
      const asked = askedBy(req, body, tour)
      tour.debts.owe(asked.page, 'loop', loop.end)
      log.warn({ ...asked }, 'tour.loop')
      await act(asked, loop).catch(refuse)
      res.status(202).end()
    },
  }
}

function act(asked: Asked, loop: Loop): Promise<void> {
  switch (asked.action) {
    case 'send':
      return loop.send(asked.count)
    case 'break':
      return loop.break(asked.kind)
    case 'dieAt':
      return loop.dieAt(asked)
    case 'repair':
      return loop.repair()
  }
}

/** A program that shall die where it does not come past would do it much later, when nobody thinks of it. */
function isGap({ program, point }: Gap): boolean {
  return [...leftGaps, ...rightGaps].some((one) => one.program === program && one.point === point)
}
