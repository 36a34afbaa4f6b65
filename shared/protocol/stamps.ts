import type { Sql } from '../store/sql.ts'

/**
 * The clock of pushes: the shop's time while clocks behave, and in any case later than every stamp that was given or
 * seen before. Lists are compared by stamps, and stamps with stamps only: a clock that steps back stops nothing.
 * Source: https://lamport.azurewebsites.net/pubs/time-clocks.pdf
 */
export type Stamps = {
  next(): number
  /** The last one; what is pushed from now on comes after it. */
  last(): number
  /** Notes a stamp that somebody else gave. */
  see(stamp: number): void
}

const TRUSTED_MS = 24 * 3_600_000 // ahead of us; what is further away is garbage, or it would carry us off

/** Goes on after `last`, the latest stamp still on disk. `heed` is told of times that others go by. */
export function createStamps(last = 0, clock: () => number = Date.now, heed = (_stamp: number) => {}): Stamps {
  let latest = last
  const now = () => Math.floor(clock())
  return {
    next: () => {
      latest = Math.max(now(), latest + 1)
      return latest
    },
    last: () => {
      latest = Math.max(now(), latest)
      return latest
    },
    see: (stamp) => {
      if (stamp > clock() + TRUSTED_MS) return
      latest = Math.max(latest, stamp)
      heed(stamp)
    },
  }
}

/** The latest stamp on disk; 0 where there is none. */
export async function latestStamp(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ stamp: number | null }[]>`SELECT MAX(stamp) AS stamp FROM "Outbox"`
  return Number(row?.stamp ?? 0)
}
