import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Mailbox } from '../../shared/web/mailbox.ts'
import { Problem, unavailable } from '../../shared/web/problem.ts'

const answer = z.object({ id: z.string(), to: z.array(z.string()), subject: z.string(), text: z.string() })

/** `GET /api/admin/mails/:id`: one mail, to be read. */
export function showMail(mailbox: Mailbox): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/mails/:id',
    what: 'Show a mail (only with the demo’s mailbox)',
    isAdmin: true,
    answer: { status: 200, what: 'The mail', schema: answer },
    problems: [404],
    serve: async (req, res) => {
      const mail = await mailbox.read(String(req.params.id)).catch(away)
      if (mail === null) throw new Problem(404, 'Not found', 'There is no such mail.')
      const { id, to, subject, text } = mail
      res.json({ id, to, subject, text } satisfies z.infer<typeof answer>)
    },
  }
}

function away(): never {
  throw unavailable('This mail cannot be read just now.')
}
