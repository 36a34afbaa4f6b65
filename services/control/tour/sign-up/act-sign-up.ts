import type { z } from 'zod'
import type { Logger } from '../../../../shared/logger.ts'
import type { Endpoint } from '../../../../shared/web/endpoint.ts'
import type { Demo } from '../../demo/demo.ts'
import { refuse } from '../../demo/refuse.ts'
import { askedBy } from '../asked-by.ts'
import type { Tour } from '../tour.ts'
import { newCustomer } from './new-customer.ts'
import { createShopDesk } from './shop-desk.ts'
import { type SignedUp, signedUp, signUpBody } from './sign-up-answer.ts'
import { createTutorialDesk } from './tutorial-desk.ts'

type Deps = { tour: Tour; demo: Demo; shopUrl: string; log: Logger }
type Asked = z.infer<typeof signUpBody>

/**
 * `POST /api/admin/tour/sign-up`: signs somebody up who does not exist, without a queue or at the shop's own door. The account is
 * deleted when the page has gone. Only in the demo.
 */
export function actSignUp({ tour, demo, shopUrl, log }: Deps): Endpoint {
  const desks = { shop: createShopDesk(shopUrl), tutorial: createTutorialDesk(demo), tour }
  return {
    method: 'post',
    path: '/api/admin/tour/sign-up',
    what: 'Sign somebody up, with a queue or without (only in the demo)',
    isAdmin: true,
    body: signUpBody,
    answer: { status: 200, what: 'It was answered', schema: signedUp },
    problems: [409],
    serve: async (req, res) => {
      const asked = askedBy(req, signUpBody, tour)
      log.info({ way: asked.way }, 'tour.signed_up')
      res.json(await signUp(asked, desks).catch(refuse))
    },
  }
}

type Desks = {
  shop: ReturnType<typeof createShopDesk>
  tutorial: ReturnType<typeof createTutorialDesk>
  tour: Pick<Tour, 'debts' | 'isThere' | 'restore'>
}

/** The clock runs from when somebody stands at the desk: that a program of the tour's is started first is none of their wait. */
async function signUp({ page, way, language }: Asked, { shop, tutorial, tour }: Desks): Promise<SignedUp> {
  const customer = newCustomer()
  const { email, phone } = customer
  if (way !== 'queue') {
    tour.debts.owe(page, 'tutorial-sign-up', tutorial.stop)
    await tutorial.start()
  }
  const [at, startedMs] = [Date.now(), performance.now()]
  const work = way === 'queue' ? shop.signUp(customer, language) : tutorial.signUp(way, customer).then(() => null)
  const registration = await work
  if (registration !== null) tour.debts.owe(page, email, () => shop.remove(customer))
  if (!tour.isThere(page)) await tour.restore(page) // it has gone meanwhile
  return { email, phone, at, tookMs: Math.round(performance.now() - startedMs), registration }
}
