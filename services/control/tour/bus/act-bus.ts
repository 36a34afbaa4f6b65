import type { z } from 'zod'
import type { Logger } from '../../../../shared/logger.ts'
import type { Endpoint } from '../../../../shared/web/endpoint.ts'
import { refuse } from '../../demo/refuse.ts'
import { askedBy } from '../asked-by.ts'
import type { Tour } from '../tour.ts'
import { busBody, busShape } from './bus-answer.ts'
import type { Guest } from './guest.ts'

type Deps = { tour: Tour; guest: Guest; log: Logger }

/** `GET` and `POST /api/admin/tour/bus`: a subscriber comes to the shop while it runs, and goes with the page that let it in. Only in the demo. */
export function busDoors({ tour, guest, log }: Deps): Endpoint[] {
  return [
    {
      method: 'get',
      path: '/api/admin/tour/bus',
      what: 'Show how the subscriber stands that the tour adds (only in the demo)',
      isAdmin: true,
      answer: { status: 200, what: 'As it is now', schema: busShape },
      problems: [],
      serve: async (_req, res) => void res.json(await guest.look().catch(refuse)),
    },
    {
      method: 'post',
      path: '/api/admin/tour/bus',
      what: 'Add a subscriber to the shop, and break it (only in the demo)',
      isAdmin: true,
      body: busBody,
      answer: { status: 202, what: 'It is done' },
      problems: [409],
      serve: async (req, res) => {
        const asked = askedBy(req, busBody, tour)
        tour.debts.owe(asked.page, 'loyalty', guest.leave)
        log.warn({ action: asked.action }, 'tour.bus')
        await act(asked, guest).catch(refuse)
        res.status(202).end()
      },
    },
  ]
}

function act({ action }: z.infer<typeof busBody>, guest: Guest): Promise<void> {
  switch (action) {
    case 'come':
      return guest.come()
    case 'kill':
      return guest.kill()
    case 'start':
      return guest.start()
    case 'fail':
      return guest.fail(true)
    case 'well':
      return guest.fail(false)
    case 'forget':
      return guest.forget()
  }
}
