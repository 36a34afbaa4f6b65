import { type Language, languages } from '../events.ts'
import type { Request } from './http.ts'

/** What the browser's reader would rather read, of what there is; the first of all if nothing fits. */
export function languageOf(req: Request): Language {
  const wanted = req.acceptsLanguages([...languages])
  return languages.find((one) => one === wanted) ?? languages[0]
}
