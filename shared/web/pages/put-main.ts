import { type Asset, assetOf } from '../assets.ts'

const KEPT = 8 // of a page in two languages and two themes or so, as it was and as it is

/**
 * Puts HTML into the empty main part of a page. What was put there lately is the very same asset again, so that it is packed
 * once.
 */
export function createPutMain(): (page: Asset, main: string) => Asset {
  const kept = new Map<string, Asset>()
  return (page, main) => {
    const html = page.body.toString().replace(/(<main [^>]*>)(?=<\/main>)/, (start) => start + main)
    const asset = kept.get(html) ?? assetOf('page.html', html)
    kept.delete(html)
    kept.set(html, asset)
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest)
    return asset
  }
}
