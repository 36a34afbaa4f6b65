import { type Language, languages } from '../customer-events.ts'
import type { Request } from './http.ts'

const REMEMBERED_MAX = 500
const REMEMBERED_CHARS = 100

/** Browsers say few different things, and to read one of them costs an order 5 µs. */
const remembered = new Map<string, Language>()

/** What the browser's reader would rather read, of what there is; the first of all if nothing fits. */
export function languageOf(req: Request): Language {
  const said = req.headers['accept-language']
  if (said === undefined) return languages[0]
  const known = remembered.get(said)
  if (known !== undefined) return known
  const wanted = req.acceptsLanguages([...languages])
  const language = languages.find((one) => one === wanted) ?? languages[0]
  if (said.length <= REMEMBERED_CHARS && remembered.size < REMEMBERED_MAX) remembered.set(said, language)
  return language
}
