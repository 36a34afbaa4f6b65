import { type Language, languages } from '../../customer-events.ts'
import type { Request } from '../http.ts'
import { languageOf } from '../language.ts'

/** How a visitor sees the pages; without a theme as their system is. */
export type Look = { language: Language; theme: 'light' | 'dark' | null }

/**
 * What somebody has chosen (choose.js) is in cookies: a shop has several doors, and to them all ports of a host are the same.
 * Otherwise pages are as the browser says.
 */
export function lookOf(req: Request): Look {
  const cookies = req.get('cookie') ?? ''
  const chosen = (name: string) => new RegExp(`(?:^|; ?)${name}=(\\w+)`).exec(cookies)?.[1]
  const theme = chosen('theme')
  const language = chosen('language')
  return {
    language: languages.find((one) => one === language) ?? languageOf(req),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  }
}
