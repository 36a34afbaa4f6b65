import type { Express, Request, Response } from '../../../shared/web/http.ts'
import { type Asset, readAssets } from './assets.ts'

// Everything comes from this very server: nothing is fetched elsewhere, and nothing that is not a file here runs.
const POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "form-action 'self'"],
  ...["base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'"],
].join('; ')

/** Serves the pages and what they consist of. `/` stays JSON for whoever does not ask for a page. */
export function servePages(app: Express): void {
  const assets = readAssets()
  const page = (name: string) => (req: Request, res: Response) => send(req, res, assets.get(name))
  const shop = page('shop.html')
  app.get('/', (req, res, next) => {
    res.vary('Accept')
    if (req.accepts(['json', 'html']) === 'html') shop(req, res)
    else next()
  })
  app.get('/orders/:id', page('order.html'))
  app.get('/control', page('control.html'))
  app.get('/favicon.ico', (_req, res) => void res.redirect(301, '/assets/mark.svg'))
  app.get('/assets/*path', (req, res, next) => {
    const asset = assets.get(req.path.slice('/assets/'.length))
    if (asset) send(req, res, asset)
    else next()
  })
}

/** `no-cache` means: ask first. Most answers are then an empty 304, and a new version is seen at once. */
function send(req: Request, res: Response, asset: Asset | undefined): void {
  if (asset === undefined) throw new Error('a page is missing from services/order/pages/public')
  res.set({
    'Cache-Control': 'no-cache',
    ETag: asset.etag,
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'no-referrer', // an order's address is its secret
  })
  if (req.get('if-none-match') === asset.etag) res.status(304).end()
  else res.type(asset.type).send(asset.body)
}
