import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** Serves the list of sales, and the page of each of them. */
export function serveSale(app: Express): void {
  const page = serveAssets(app, 'sale')
  app.get('/sale', page('sales.html'))
  app.get('/sale/:id', page('sale.html'))
}
