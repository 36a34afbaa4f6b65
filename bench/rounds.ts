import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Contest, Contestant, Figures } from './contest.ts'
import { startBenchRedis } from './redis-process.ts'

/** What one round of a contest found, by contestant; one whose play has failed is not among them. */
export type Found = Record<string, Figures>
export type Played = { contest: string; size: number; rounds: Found[]; failures: string[] }

/** What the rounds need besides the contest. */
export type Hall = { folder: string; isQuick: boolean; rounds: number | undefined; tell: Tell }
/** Is told of every play when it is over. */
export type Tell = {
  played(contest: Contest, contestant: Contestant, round: string, figures: Figures, tookMs: number): void
  failed(contest: Contest, contestant: Contestant, round: string, error: unknown): void
  said(line: string): void
}

/**
 * Plays all rounds of a contest, the contestants one after the other, in another order each round: what slows the
 * machine down for a while meets all of them alike. A failure ends that play alone.
 */
export async function playContest(contest: Contest, hall: Hall): Promise<Played> {
  const size = hall.isQuick ? contest.quickSize : contest.size
  const played: Played = { contest: contest.name, size, rounds: [], failures: [] }
  const rounds = hall.rounds ?? (hall.isQuick ? 1 : contest.rounds)
  for (let i = 0; i < rounds; i++) {
    const found: Found = {}
    for (const contestant of rotated(contest.contestants, i)) {
      const figures = await attempt(contest, contestant, size, `round ${i + 1} of ${rounds}`, hall)
      if (figures instanceof Error) played.failures.push(`${contestant.name}, round ${i + 1}: ${figures.message}`)
      else found[contestant.name] = figures
    }
    played.rounds.push(found)
  }
  return played
}

/** The same, beginning with another one each time. */
export function rotated<T>(all: readonly T[], by: number): T[] {
  const at = by % Math.max(all.length, 1)
  return [...all.slice(at), ...all.slice(0, at)]
}

async function attempt(
  contest: Contest,
  contestant: Contestant,
  size: number,
  round: string,
  { folder, tell }: Hall,
): Promise<Figures | Error> {
  const sinceMs = performance.now()
  try {
    const figures = await inEmptyPlace(folder, contestant, size, tell)
    tell.played(contest, contestant, round, figures, performance.now() - sinceMs)
    return figures
  } catch (error) {
    tell.failed(contest, contestant, round, error)
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function inEmptyPlace(hall: string, contestant: Contestant, size: number, { said }: Tell): Promise<Figures> {
  const folder = mkdtempSync(join(hall, 'round-'))
  const redis = await startBenchRedis(folder)
  try {
    return await contestant.play({ folder, redisUrl: redis.url, redisPid: redis.pid, size, say: said })
  } finally {
    await redis.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
