import { setTimeout as delay } from 'node:timers/promises'
import { asStoreFailure } from './store-failure.ts'

const PAUSE_MAX_MS = 25

/**
 * Begins a transaction that takes the write lock at once. The driver would wait for the lock by holding up this thread,
 * and with it every request: we wait between tries instead. Throws `StoreFailure` after `limitMs`.
 */
export async function begin(driver: { exec(sql: string): unknown }, limitMs: number): Promise<void> {
  const until = performance.now() + limitMs
  for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS)) {
    try {
      return void driver.exec('BEGIN IMMEDIATE')
    } catch (cause) {
      const failure = asStoreFailure(cause)
      if (!failure?.code.startsWith('SQLITE_BUSY') || performance.now() > until) throw failure ?? cause
      await delay(pauseMs)
    }
  }
}
