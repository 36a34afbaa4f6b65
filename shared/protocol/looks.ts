import { peekStamp } from './envelope.ts'
import type { Stamps } from './stamps.ts'
import { UNHELD_GRACE_MS } from './verdict.ts'

/** When a producer looked at a list, and before which stamp all had been popped by then. Times in ms since it started. */
type Look = { at: number; popped: number; isEmpty: boolean }

/** What was seen of a list lately. */
export type Looks = {
  /** Notes its oldest and its newest element. Returns up to which stamp rows have been popped. */
  add(oldest: string | null, newest: string | null, at: number): number
  /** What was pushed before this stamp had left the list `ms` before the last look, and was not in it then: see verdict.ts. */
  poppedFor(ms: number, margin?: number): number
}

export function createLooks(stamps: Stamps): Looks {
  let looks: Look[] = []
  return {
    add: (oldest, newest, at) => {
      const present = lookAt(oldest, newest, at, stamps)
      const long = looks.findLastIndex((one) => one.at <= at - UNHELD_GRACE_MS)
      looks = [...looks.slice(Math.max(long, 0)), present]
      return present.isEmpty ? Number.MAX_SAFE_INTEGER : present.popped
    },
    poppedFor: (ms, margin = 0) => {
      const last = looks.at(-1)
      const then = looks.findLast(({ at }) => at <= (last?.at ?? 0) - ms)
      return Math.min(stampOf(then, margin), stampOf(last, margin))
    },
  }
}

function lookAt(oldest: string | null, newest: string | null, at: number, stamps: Stamps): Look {
  for (const element of [oldest ?? '', newest ?? '']) stamps.see(peekStamp(element) ?? 0)
  const last = stamps.last() + 1
  return { at, popped: oldest === null ? last : Math.min(peekStamp(oldest) ?? 0, last), isEmpty: oldest === null }
}

const stampOf = (look: Look | undefined, margin: number) =>
  look === undefined ? 0 : look.popped - (look.isEmpty ? 0 : margin)
