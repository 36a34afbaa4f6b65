import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'
import type { PriceList, Product } from './price-list.ts'

/** `isDemo`: the pages offer what is for those who try the shop out. */
type Deps = { prices: PriceList; isDemo: boolean }

/**
 * Serves the shop window, the pages of its products, and the page of an order. `/` stays JSON for whoever does not ask for a page.
 */
export function serveShop(app: Express, { prices, isDemo }: Deps): void {
  const page = serveAssets(app, 'order')
  const demo = { text: isDemo ? 'yes' : 'no' }
  const shop = page('shop.html', { demo })
  const nothing = page('no-product.html', { demo })
  app.get('/', (req, res, next) => {
    res.vary('Accept')
    return req.accepts(['json', 'html']) === 'html' ? shop(req, res) : next()
  })
  app.get('/orders/:id', page('order.html', { demo }))
  app.get('/products/:sku', (req, res) => {
    const product = prices.get(String(req.params.sku))
    if (product === undefined) return nothing(req, res.status(404))
    return page('product.html', { demo, ...namesOf(product) })(req, res)
  })
}

/** What stands in the page of a product: as it is called in the words of the pages, or else in the catalogue. */
function namesOf({ name, description }: Product) {
  return { 'product.name': { text: name }, 'product.about': { text: description } }
}
