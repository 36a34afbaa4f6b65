import { once } from '../once.ts'
import type { Endpoint } from './endpoint.ts'
import type { Express, Request } from './http.ts'
import type { OpenApi } from './openapi.ts'
import { PUBLIC } from './safe-headers.ts'
import type { Pages } from './serve-pages.ts'

/** `/openapi.json`: what a program answers, for machines. */
export function describeApi(app: Express, endpoints: Endpoint[]): void {
  const describe = describing(endpoints)
  app.get('/openapi.json', async (_req, res) => void res.set(PUBLIC).json(await describe()))
}

type Told = {
  /** What the others answer. */
  others: () => Promise<OpenApi[]>
  showDocs: ReturnType<Pages['around']>
}

/** The same where people come: with what the others answer, as a page at `/docs`, too, and at `/` the way to both. */
export function describeShop(app: Express, endpoints: Endpoint[], { others, showDocs }: Told): void {
  const describe = describing(endpoints)
  const whole = async () => merged(...(await Promise.all([describe(), others()])))
  app.get('/', (_req, res) => void res.set(PUBLIC).json(INDEX))
  app.get('/openapi.json', async (_req, res) => void res.set(PUBLIC).json(await whole()))
  app.get('/docs', async (req, res) => {
    const { docsMain } = await import('./docs/page.ts')
    const document = await whole()
    res.set(PUBLIC).vary('Accept-Language').vary('Cookie')
    await showDocs(req, res, (language) => docsMain(document, addressIn(req), language))
  })
}

/** Where whoever asks has found the shop, so that what the page shows can be pasted. */
function addressIn(req: Request): string {
  const host = req.get('host') ?? ''
  return HOST.test(host) ? `${req.protocol}://${host}` : 'http://localhost:3000'
}

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i

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

const INDEX = {
  name: 'Orderline',
  links: { products: '/api/products', docs: '/docs', openapi: '/openapi.json', health: '/healthz', ready: '/readyz' },
}
