import type { Language } from '../../shared/customer-events.ts'
import { type Express, Problem } from '../../shared/web/http.ts'
import { lookOf } from '../../shared/web/pages/look.ts'
import { wordsIn } from '../../shared/web/pages/words.ts'
import { type Pages, serveAssets } from '../../shared/web/serve-pages.ts'
import type { PriceList, Product } from './price-list.ts'

/** `isDemo`: the pages offer what is for those who try the shop out. */
type Deps = { prices: PriceList; isDemo: boolean }

/**
 * Serves the shop window, the pages of its products, and the page of an order. `/` stays JSON for whoever does not ask for a page.
 * Returns all pages.
 */
export function serveShop(app: Express, { prices, isDemo }: Deps): Pages {
  const page = serveAssets(app, 'order')
  const demo = isDemo ? 'yes' : 'no'
  const shop = page('shop.html', () => ({ demo }))
  const ofProduct = page.ofMany('product.html')
  app.get('/', (req, res, next) => {
    res.vary('Accept')
    return req.accepts(['json', 'html']) === 'html' ? shop(req, res) : next()
  })
  app.get(
    '/orders/:id',
    page('order.html', () => ({ demo })),
  )
  app.get('/products/:sku', (req, res) => {
    const sku = String(req.params.sku)
    const product = prices.get(sku)
    if (product === undefined) throw new Problem(404, 'Not found', `There is no product ${sku}.`)
    return ofProduct(req, res, { demo, ...textsOf(product, lookOf(req).language) })
  })
  return page
}

/** What stands in the page of a product: as the words of the pages call it, or else the catalogue. */
function textsOf({ sku, name, description }: Product, language: Language) {
  const words = wordsIn[language]
  return {
    'product.name': words[`product.${sku}`] ?? name,
    'product.about': words[`product.${sku}.about`] ?? description,
  }
}
