import { setTimeout as delay } from 'node:timers/promises'

const LOOK_MS = 50

/** Resolves when `check` gives true; rejects, naming `what` was awaited, after the limit. */
export async function untilTrue(check: () => Promise<boolean>, limitMs: number, what: string): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`waited ${limitMs / 1_000} s for ${what}`)
    await delay(LOOK_MS)
  }
}
