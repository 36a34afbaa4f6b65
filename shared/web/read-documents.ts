import { z } from 'zod'
import { type Owner, ownerOf, type Whereabouts } from '../doors.ts'
import type { OpenApi } from './openapi.ts'

const ANSWER_LIMIT_MS = 1_000
const FRESH_MS = 10_000

/** What our own programs say is ours to believe; that it is a document at all is checked. */
const document = z.custom<OpenApi>((value) => Object(value).openapi === '3.1.0' && 'paths' in Object(value))

/**
 * Reads what the other owners of doors answer, each from its own `/openapi.json`: as it was told last where one is
 * away, and without it where it never told. Never rejects.
 */
export function createDocumentReader(self: Owner, addresses: Whereabouts): () => Promise<OpenApi[]> {
  const readers = Object.entries(addresses)
    .filter(([owner]) => owner !== self)
    .map(([owner, url]) => createReader(owner, url))
  return async () => (await Promise.all(readers.map((read) => read()))).flatMap((found) => found ?? [])
}

function createReader(owner: string, url: string): () => Promise<OpenApi | null> {
  let known: OpenApi | null = null
  let askAgainAt = 0
  return async () => {
    if (performance.now() < askAgainAt) return known
    known = await ask(owner, url).catch(() => known)
    if (known !== null) askAgainAt = performance.now() + FRESH_MS
    return known
  }
}

async function ask(owner: string, url: string): Promise<OpenApi> {
  const response = await fetch(`${url}/openapi.json`, {
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    redirect: 'error',
  })
  const { paths, ...rest } = document.parse(await response.json())
  const own = Object.entries(paths ?? {}).filter(([path]) => ownerOf(path) === owner)
  return { ...rest, paths: Object.fromEntries(own) }
}
