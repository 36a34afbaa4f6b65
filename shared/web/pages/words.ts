import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Language } from '../../customer-events.ts'
import { root } from '../../root.ts'

/** Texts by their keys, as `cart.total`. */
export type Words = Record<string, string>

const catalogue = z.object({ words: z.record(z.string(), z.string()) })

/** All that the pages say, in each language. */
export const wordsIn: Record<Language, Words> = { en: await readWords('en'), zh: await readWords('zh') }

async function readWords(language: Language): Promise<Words> {
  const file = join(root, 'shared/web/public/words', `${language}.js`)
  return catalogue.parse(await import(pathToFileURL(file).href)).words
}

/** The groups of words that a module with this text may say: those whose name begins a string there, as `cart` does in
 * `t('cart.total')` and in a template `cart.${what}`.
 */
export function groupsIn(text: string): string[] {
  return [...new Set([...text.matchAll(GROUP)].map(([, group = '']) => group))]
}

const GROUP = /['"`](\w+)\./g

/** All words of these groups, and those of no group. */
export function wordsFor(groups: ReadonlySet<string>, words: Words): Words {
  return Object.assign(
    {},
    ...[...grouped(words)].map(([group, said]) => (group === '' || groups.has(group) ? said : {})),
  )
}

const known = new WeakMap<Words, Map<string, Words>>()

/** Sorted out once: there are thousands, and each page asks. */
function grouped(words: Words): Map<string, Words> {
  const groups = known.get(words) ?? new Map<string, Words>()
  if (known.has(words)) return groups
  for (const [key, text] of Object.entries(words)) {
    const group = key.slice(0, Math.max(0, key.indexOf('.')))
    groups.set(group, Object.assign(groups.get(group) ?? {}, { [key]: text }))
  }
  known.set(words, groups)
  return groups
}
