import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { type Progress, readProgress } from './registrations.ts'

const lights = z.object({
  saved: z.literal(true),
  mail: z.enum(['waiting', 'sent']),
  sms: z
    .enum(['waiting', 'sent', 'mailed'])
    .nullable()
    .describe('null where no number was given; mailed: by mail instead'),
})

type Lights = z.infer<typeof lights>

/** `GET /api/accounts/registrations/:id`: how far a sign-up is. Its id is the only key to it. */
export function showRegistration(read: Client): Endpoint {
  return {
    method: 'get',
    path: '/api/accounts/registrations/:id',
    what: 'Show how far a sign-up is, for a day',
    answer: { status: 200, what: 'What is done', schema: lights },
    problems: [404],
    serve: async (req, res) => {
      const progress = await readProgress(read, String(req.params.id))
      if (progress === undefined) throw new Problem(404, 'Not found', 'There is no such registration.')
      res.json(lightsOf(progress))
    },
  }
}

function lightsOf({ hasPhone, mailAt, smsAt, smsFailedAt }: Progress): Lights {
  const bySms = smsAt === null ? 'waiting' : 'sent'
  const sms = smsFailedAt === null ? bySms : 'mailed'
  return { saved: true, mail: mailAt === null ? 'waiting' : 'sent', sms: hasPhone === 1 ? sms : null }
}
