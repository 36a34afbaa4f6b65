import { docsPage } from './docs-page.ts'
import type { Endpoint } from './endpoint.ts'
import type { Express } from './http.ts'
import { openApiOf } from './openapi.ts'

/** `/openapi.json` for machines, `/docs` for people, and at `/` the way to both. */
export function describeApi(app: Express, endpoints: Endpoint[]): void {
  const document = openApiOf(endpoints)
  const page = docsPage(document)
  app.get('/', (_req, res) => void res.json(INDEX))
  app.get('/openapi.json', (_req, res) => void res.json(document))
  app.get('/docs', (_req, res) => {
    res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
    res.type('html').send(page)
  })
}

const INDEX = {
  name: 'Orderline',
  links: { products: '/api/products', docs: '/docs', openapi: '/openapi.json', health: '/healthz', ready: '/readyz' },
}
