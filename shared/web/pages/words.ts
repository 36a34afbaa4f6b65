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

/**
 * Those that modules with these texts may say: all of each group whose name begins a string there, as `cart` does in
 * `t('cart.total')` and in a template `cart.${what}`, and those of no group.
 */
export function wordsFor(texts: string[], words: Words): Words {
  const groups = new Set(texts.flatMap((text) => [...text.matchAll(GROUP)].map(([, group]) => group)))
  const isSaid = (key: string) => !key.includes('.') || groups.has(key.split('.')[0])
  return Object.fromEntries(Object.entries(words).filter(([key]) => isSaid(key)))
}

const GROUP = /['"`](\w+)\./g
