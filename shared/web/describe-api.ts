import { docsPage } from './docs-page.ts'
import type { Endpoint } from './endpoint.ts'
import type { Express } from './http.ts'
import { openApiOf } from './openapi.ts'
import { PUBLIC } from './safe-headers.ts'

/** `/openapi.json` for machines, `/docs` for people, and at `/` the way to both. */
export function describeApi(app: Express, endpoints: Endpoint[]): void {
  const document = openApiOf(endpoints)
  const page = docsPage(document)
  app.get('/', (_req, res) => void res.set(PUBLIC).json(INDEX))
  app.get('/openapi.json', (_req, res) => void res.set(PUBLIC).json(document))
  app.get('/docs', (_req, res) => {
    res.set({ ...PUBLIC, 'Content-Security-Policy': POLICY })
    res.type('html').send(page)
  })
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
