import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** The list of sales, and each of them: the same file, which looks at its address. */
const PAGES = ['/sale', '/sale/:id']

/** Serves the pages of sales. */
export function serveSale(app: Express): void {
  app.get(PAGES, serveAssets(app, 'sale')('sale.html'))
}
