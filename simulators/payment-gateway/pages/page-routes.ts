import { createRouter, type Request, type Response, type Router } from '../../../shared/web/http.ts'
import { readForm } from '../api/stripe-door.ts'
import type { Deps } from '../api/stripe-routes.ts'
import { showChallenge, takeAnswer } from './challenge-page.ts'
import { showPay, takePay } from './pay-page.ts'

type Page = (req: Request, res: Response, deps: Deps) => unknown

/** The pages that customers come to. */
export function pageRoutes(deps: Deps): Router {
  const page = (show: Page) => (req: Request, res: Response) => show(req, res, deps)
  const router = createRouter()
  router.get('/challenge/:id', page(showChallenge))
  router.post('/challenge/:id', readForm, page(takeAnswer))
  router.get('/pay/:id', page(showPay))
  router.post('/pay/:id', readForm, page(takePay))
  return router
}
