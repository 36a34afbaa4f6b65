import { existsSync, readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { guestFailsIn, hasGuest } from '../../shared/guest.ts'
import { doctored, isChanged } from './doctor.ts'

/*
 * Loaded before a sender and before the loyalty service of `examples/loyalty`, while the tour has it: they know it in their table, as if
 * its two lines stood in `shared/routes.ts`. The service itself is the example's own code. Without the guest a sender only knows whose list it is.
 */

const dist = new URL('../../', import.meta.url)
const guest = new URL('../examples/loyalty/', dist)
const shop = new URL('shared/', guest) // as the example's imports have it

const dataDir = process.env.DATA_DIR ?? 'data'
const isGuest = process.argv[1]?.endsWith('examples/loyalty/services/loyalty/main.ts') === true
const isThere = isGuest || hasGuest(dataDir, process.ppid)

registerHooks({
  resolve: (specifier, context, nextResolve) => nextResolve(inDist(specifier, context.parentURL), context),
  load: (url, context, nextLoad) => {
    if (url.startsWith(guest.href))
      return { format: 'module', source: doctored(url, stripped(url), true), shortCircuit: true }
    const loaded = nextLoad(url, context)
    return url.startsWith(dist.href) && isChanged(url, isThere)
      ? { ...loaded, source: doctored(url, textOf(loaded.source), isThere) }
      : loaded
  },
})

/** What the example takes from the shop stands compiled in `dist`. */
function inDist(specifier: string, from = ''): string {
  if (!from.startsWith(guest.href)) return specifier
  const { href } = new URL(specifier, from)
  return href.startsWith(shop.href)
    ? `${dist.href}shared/${href.slice(shop.href.length).replace(/ts$/, 'js')}`
    : specifier
}

function stripped(url: string): string {
  return stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'))
}

const textOf = (source: string | ArrayBuffer | NodeJS.TypedArray | null | undefined) =>
  typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined)

let handled = 0

Object.assign(globalThis, {
  failAtEachThird: (awards: unknown[]): void => {
    const isThird = awards.map(() => ++handled % 3 === 0).some(Boolean)
    if (isThird && existsSync(guestFailsIn(dataDir))) throw new Error('made to fail at each third message, on the tour')
  },
})
