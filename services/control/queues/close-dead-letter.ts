import { z } from 'zod'
import { services } from '../../../shared/routes.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody, type Request } from '../../../shared/web/http.ts'
import { Problem } from '../../../shared/web/problem.ts'
import type { Letters } from './letters.ts'

const REASON_MAX = 500

const params = z.object({ service: z.enum(services), id: z.string().min(1).max(64) })
const reason = z.string().trim().min(1).max(REASON_MAX).describe('Why; it is kept with the letter')
const retryBody = z.object({ body: z.string().describe('The message as it is to be sent, as JSON'), reason })
const discardBody = z.object({ reason })

const retryAnswer = z.object({
  queue: z.string().describe('The list that it waits for'),
  messageId: z.string().describe('The id that it goes under: the old one has had its final word'),
})
const discardAnswer = z.object({ service: z.enum(services), id: z.string() })

type Deps = { letters: Letters; whoIs(req: Request): string }

/** What is done about one dead letter: an edited message is sent in its place, or it is put away. Either needs a reason. */
export function closeDeadLetter(deps: Deps): Endpoint[] {
  return [retry(deps), discard(deps)]
}

function retry({ letters, whoIs }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/dead-letters/:service/:id/retry',
    what: 'Send an edited message in place of a dead letter',
    isAdmin: true,
    body: retryBody,
    answer: { status: 200, what: 'It is on its way, and takes effect once', schema: retryAnswer },
    problems: [404, 409],
    serve: async (req, res) => {
      const { service, id } = parseBody(params, req.params)
      const { body, reason } = parseBody(retryBody, req.body)
      res.json(retryAnswer.parse(await letters.edit(service, { id, body, reason, by: whoIs(req) })))
    },
  }
}

function discard({ letters, whoIs }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/dead-letters/:service/:id/discard',
    what: 'Put a dead letter away: it stays on disk, with the reason, and nobody sends it',
    isAdmin: true,
    body: discardBody,
    answer: { status: 200, what: 'It waits for nobody any more', schema: discardAnswer },
    problems: [404],
    serve: async (req, res) => {
      const { service, id } = parseBody(params, req.params)
      const { reason } = parseBody(discardBody, req.body)
      if (!(await letters.discard(service, { id, reason, by: whoIs(req) })))
        throw new Problem(404, 'Not found', 'There is no such dead letter that waits for a person.')
      res.json({ service, id } satisfies z.infer<typeof discardAnswer>)
    },
  }
}
