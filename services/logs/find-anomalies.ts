import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Database } from '../../shared/store/database.ts'
import { type Anomaly, noteFindings } from './anomalies.ts'
import type { Client } from './db.ts'
import { judge } from './judge-minute.ts'
import { newestAt } from './newest-line.ts'
import { minutesBetween, pastOf } from './past-minutes.ts'
import { MINUTE_MS, minuteOf } from './rollups.ts'

const LOOK_MS = 5_000
const LATE_MS = 5_000 // lines of a minute that is over are still on their way
const KNOWN_MS = 7 * 24 * 60 * MINUTE_MS
const LEARNING_MS = 60 * MINUTE_MS // of a log that has just begun everything is new

type Deps = { db: Pick<Database<Client>, 'read' | 'write'>; log: Logger; now?: () => number }

/** Judges each minute once, when it is over and its lines are here. While we are behind, the newest that is whole. */
export function findingAnomalies(health: Health, deps: Deps): Loop {
  return every(LOOK_MS, 'anomalies', health, createJudge(deps))
}

/** Looks whether a minute has become whole, judges it, and tells what has begun to be out of the usual, and what is over. */
export function createJudge({ db, log, now = Date.now }: Deps): () => Promise<void> {
  const known = rememberKinds(db.read)
  const judgeAt = async (minute: number) => {
    const lately = await minutesBetween(db.read, minute - MINUTE_MS, minute + MINUTE_MS)
    const judged = lately.get(minute)
    if (judged === undefined) return
    const past = await pastOf(db.read, minute)
    const isKnown = (name: string) => known.has(name, minute) || known.beganAt() > minute - LEARNING_MS
    const findings = judge({ minute: judged, previous: lately.get(minute - MINUTE_MS), past, isKnown })
    const { begun, over } = await db.write((tx) => noteFindings(tx, findings, minute))
    for (const one of begun) log.warn(factsOf(one), 'anomaly.began')
    for (const one of over) log.info(factsOf(one), 'anomaly.over')
  }
  return async () => {
    const minute = await newestWhole(db.read, now())
    if (minute === null || minute + MINUTE_MS === known.upTo()) return
    await known.learn(minute)
    await judgeAt(minute)
    await known.learn(minute + MINUTE_MS)
  }
}

/** When each kind of line was told last, learnt once for seven days and then minute by minute. */
function rememberKinds(read: Client) {
  const lastTold = new Map<string, number>()
  let beganAt = Number.POSITIVE_INFINITY
  let learntUpTo: number | null = null
  return {
    has: (name: string, minute: number) => (lastTold.get(name) ?? Number.NEGATIVE_INFINITY) >= minute - KNOWN_MS,
    /** The first minute that there is. */
    beganAt: () => beganAt,
    upTo: () => learntUpTo,
    learn: async (upTo: number) => {
      const minutes = await minutesBetween(read, learntUpTo ?? upTo - KNOWN_MS, upTo)
      for (const [minute, { counts }] of minutes) {
        beganAt = Math.min(beganAt, minute)
        for (const name of counts.keys()) lastTold.set(name, minute)
      }
      learntUpTo = upTo
    },
  }
}

/** The clock may have been stepped, and lines may say any time: neither alone is believed. */
async function newestWhole(read: Client, now: number): Promise<number | null> {
  const newest = await newestAt(read)
  return newest === null ? null : minuteOf(Math.min(newest, now - LATE_MS)) - MINUTE_MS
}

/** A line has a `service` and a `msg` of its own already. */
const factsOf = ({ service: of, msg: says, kind, perMinute, usualLow, usualHigh }: Anomaly) => ({
  ...{ of, says, kind, perMinute, usualLow, usualHigh },
})
