import { ANSWER_LIMIT_MS } from './ask.ts'
import type { Mood } from './dealings.ts'

// What the gateway's pages call the ways to answer; a hosted page takes cards by the names of Stripe's tests.
const answers: Record<Exclude<Mood, 'walks away'>, RegExp> = {
  agrees: /value="(confirm|pm_card_visa)"/,
  refuses: /value="(refuse|pm_card_chargeDeclined)"/,
}

/** Answers as people do, by a button on the page. True when the gateway has taken it, false when nobody answered. */
export async function answerChallenge(url: string, mood: keyof typeof answers, signal: AbortSignal): Promise<boolean> {
  const limit = () => AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)])
  try {
    const page = await (await fetch(url, { signal: limit() })).text()
    const [, value = ''] = answers[mood].exec(page) ?? []
    if (value === '') return true // there is nothing to answer any more
    const body = new URLSearchParams({ answer: value })
    const { status } = await fetch(url, { method: 'POST', body, redirect: 'manual', signal: limit() })
    return status < 500
  } catch {
    return false
  }
}
