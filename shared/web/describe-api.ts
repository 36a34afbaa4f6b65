import { docsPage } from './docs-page.ts'
import type { Endpoint } from './endpoint.ts'
import type { Express } from './http.ts'
import { type OpenApi, openApiOf } from './openapi.ts'
import { PUBLIC } from './safe-headers.ts'

/** `/openapi.json`: what a program answers, for machines. */
export function describeApi(app: Express, endpoints: Endpoint[]): void {
  const document = openApiOf(endpoints)
  app.get('/openapi.json', (_req, res) => void res.set(PUBLIC).json(document))
}

/** The same where people come: with what the `others` answer, as a page at `/docs`, too, and at `/` the way to both. */
export function describeShop(app: Express, endpoints: Endpoint[], others: () => Promise<OpenApi[]>): void {
  const own = openApiOf(endpoints)
  const whole = async () => merged(own, await others())
  app.get('/', (_req, res) => void res.set(PUBLIC).json(INDEX))
  app.get('/openapi.json', async (_req, res) => void res.set(PUBLIC).json(await whole()))
  app.get('/docs', async (_req, res) => {
    res.set({ ...PUBLIC, 'Content-Security-Policy': POLICY })
    res.type('html').send(docsPage(await whole()))
  })
}

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
