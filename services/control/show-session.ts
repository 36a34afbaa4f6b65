import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'

const session = z.object({
  isDemo: z.boolean().describe('True where things may be broken on purpose.'),
  hasMailbox: z.boolean(),
})

/** `GET /api/admin/session`: whether the one who asks is let in, and what there is to see. */
export function showSession(what: z.infer<typeof session>): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/session',
    what: 'Show what the control room can do',
    isAdmin: true,
    answer: { status: 200, what: 'You are in', schema: session },
    problems: [],
    serve: (_req, res) => void res.json(what),
  }
}
