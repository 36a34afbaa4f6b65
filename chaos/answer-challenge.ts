import { ANSWER_LIMIT_MS } from './ask.ts'
import type { Mood } from './dealings.ts'
import { limited } from './limited.ts'

type Answer = Exclude<Mood, 'walks away'>

// The fields of the gateway's pages, and what is put into them: a bank asks yes or no, the hosted page asks for a card.
const fields: [name: string, Record<Answer, string>][] = [
  ['answer', { agrees: 'confirm', refuses: 'refuse' }],
  ['card', { agrees: 'pm_card_authenticationRequired', refuses: 'pm_card_chargeDeclined' }],
]
const HOPS_MAX = 2 // from the hosted page to the bank's

/** Answers as people do, by the form of a page, and of the one that it leads to. False when nobody answered. */
export async function answerChallenge(
  url: string,
  mood: Answer,
  signal: AbortSignal,
  hops = HOPS_MAX,
): Promise<boolean> {
  const limit = () => limited(signal, ANSWER_LIMIT_MS)
  try {
    const page = await (await fetch(url, { signal: limit() })).text()
    const [name, values] = fields.find(([field]) => page.includes(`name="${field}"`)) ?? []
    if (name === undefined || values === undefined) return true // there is nothing to answer any more
    const body = new URLSearchParams({ [name]: values[mood] })
    const { status, headers } = await fetch(url, { method: 'POST', body, redirect: 'manual', signal: limit() })
    const next = headers.get('location') ?? ''
    if (next.startsWith('/challenge/') && hops > 1)
      return await answerChallenge(new URL(next, url).href, mood, signal, hops - 1)
    return status < 500
  } catch {
    return false
  }
}
