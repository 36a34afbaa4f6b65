import { html } from '../../../shared/html.ts'
import {
  createRouter,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from '../../../shared/web/http.ts'
import { lookOf } from '../../../shared/web/pages/look.ts'
import { readForm } from '../api/stripe-door.ts'
import type { Deps } from '../api/stripe-routes.ts'
import { showChallenge, takeAnswer } from './challenge-page.ts'
import { sendPage } from './page.ts'
import { showPay, takePay } from './pay-page.ts'
import { pageWords } from './words.ts'

/** While the gateway is switched off, its pages are, too. */
const closeInOutage =
  ({ switches }: Deps): RequestHandler =>
  (req, res, next) => {
    if (!switches.outage) return next()
    const { language } = lookOf(req)
    const { away: title, awayAbout } = pageWords[language]
    sendPage(res, { status: 503, language, title, body: html`<h1>${title}</h1><p>${awayAbout}</p>` })
  }

type Page = (req: Request, res: Response, deps: Deps) => unknown

/** The pages that customers come to. */
export function pageRoutes(deps: Deps): Router {
  const page = (show: Page) => (req: Request, res: Response) => show(req, res, deps)
  const router = createRouter()
  router.use(['/challenge', '/pay'], closeInOutage(deps))
  router.get('/challenge/:id', page(showChallenge))
  router.post('/challenge/:id', readForm, page(takeAnswer))
  router.get('/pay/:id', page(showPay))
  router.post('/pay/:id', readForm, page(takePay))
  return router
}
