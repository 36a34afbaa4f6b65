import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** Serves the shop window and the page of an order. `/` stays JSON for whoever does not ask for a page. */
export function serveShop(app: Express): void {
  const page = serveAssets(app, 'order')
  const shop = page('shop.html')
  app.get('/', (req, res, next) => {
    res.vary('Accept')
    return req.accepts(['json', 'html']) === 'html' ? shop(req, res) : next()
  })
  app.get('/orders/:id', page('order.html'))
}
