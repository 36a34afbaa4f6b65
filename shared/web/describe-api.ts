import { once } from '../once.ts'
import type { Endpoint } from './endpoint.ts'
import type { Express } from './http.ts'
import type { OpenApi } from './openapi.ts'
import { PUBLIC } from './safe-headers.ts'

/** `/openapi.json`: what a program answers, for machines. */
export function describeApi(app: Express, endpoints: Endpoint[]): void {
  const describe = describing(endpoints)
  app.get('/openapi.json', async (_req, res) => void res.set(PUBLIC).json(await describe()))
}

/** The same where people come: with what the `others` answer, as a page at `/docs`, too, and at `/` the way to both. */
export function describeShop(app: Express, endpoints: Endpoint[], others: () => Promise<OpenApi[]>): void {
  const describe = describing(endpoints)
  const whole = async () => merged(...(await Promise.all([describe(), others()])))
  app.get('/', (_req, res) => void res.set(PUBLIC).json(INDEX))
  app.get('/openapi.json', async (_req, res) => void res.set(PUBLIC).json(await whole()))
  app.get('/docs', async (_req, res) => {
    const { docsPage } = await import('./docs-page.ts')
    res.set({ ...PUBLIC, 'Content-Security-Policy': POLICY })
    res.type('html').send(docsPage(await whole()))
  })
}

/** The document is made when it is first asked for: no program needs it to start. */
const describing = (endpoints: Endpoint[]) =>
  once(async () => {
    const { openApiOf } = await import('./openapi.ts')
    return openApiOf(endpoints)
  })

function merged(own: OpenApi, others: OpenApi[]): OpenApi {
  const all = [own, ...others]
  const schemas = Object.assign({}, ...all.map(({ components }) => components?.schemas))
  const paths = Object.assign({}, ...all.map((document) => document.paths))
  return { ...own, paths, components: { ...own.components, schemas } }
}

// The page is text and a style of its own; it calls nothing, sends nothing, and stands in nobody's frame.
const POLICY = [
  ...["default-src 'none'", "style-src 'unsafe-inline'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ')

const INDEX = {
  name: 'Orderline',
  links: { products: '/api/products', docs: '/docs', openapi: '/openapi.json', health: '/healthz', ready: '/readyz' },
}
