import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { programs } from '../services/all.ts'
import type { Shop } from './shop.ts'

const LIMIT_MS = 10_000
const LOOK_EVERY_MS = 250
const ANSWER_LIMIT_MS = 2_000

/**
 * Nothing is wrong any more and all is done: each program must say so soon. Resolves with what those have to say that
 * still do not after ten seconds.
 */
export async function awaitReady(shop: Shop, signal: AbortSignal): Promise<string[]> {
  const until = performance.now() + LIMIT_MS
  for (;;) {
    const answers = await Promise.all(programs.map((program) => complaintOf(program, shop)))
    const complaints = answers.filter((complaint) => complaint !== null)
    if (complaints.length === 0 || performance.now() > until || signal.aborted) return complaints
    await delay(LOOK_EVERY_MS)
  }
}

const answer = z.object({ ready: z.boolean() }).loose()

/** Null when the program is ready. */
async function complaintOf(program: (typeof programs)[number], shop: Shop): Promise<string | null> {
  try {
    const response = await fetch(`${shop.url(program)}/readyz`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
    const text = await response.text()
    return answer.parse(JSON.parse(text)).ready ? null : `${program} is not ready: ${text.trim()}`
  } catch (error) {
    return `${program} does not say whether it is ready: ${error}`
  }
}
