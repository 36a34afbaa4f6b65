import type { Express } from '../../shared/web/http.ts'

/**
 * Sends whoever wants the pages of sales to the door that sale has of its own, where people find one: a crowd shall not come
 * by way of order. Elsewhere they are forwarded as all that others own.
 */
export function sendToSales(app: Express, pagesUrl: string | undefined): void {
  if (pagesUrl === undefined) return
  app.get(['/sale', '/sale/*path'], (req, res) => {
    const query = req.url.indexOf('?')
    res.redirect(307, pagesUrl + req.path + (query === -1 ? '' : req.url.slice(query)))
  })
}
