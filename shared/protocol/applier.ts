import { setImmediate as nextTurn } from 'node:timers/promises'
import { asStoreFailure } from '../store/store-failure.ts'
import type { Ready } from './apply.ts'

const APPLY_MAX = 500 // messages in one transaction

type Work = {
  /** Applies a batch, all of it or nothing. */
  apply(batch: Ready[]): Promise<void>
  applied(ready: Ready): void
  failed(ready: Ready, error: unknown): Promise<void>
}

/** Applies what is ready, one batch after the other. When a batch fails, and not the database, its messages are applied one by one. */
export function createApplier({ apply, applied, failed }: Work): (ready: Ready) => void {
  let waiting: Ready[] = []
  let isApplying = false

  const applyAll = async () => {
    if (isApplying) return
    isApplying = true
    try {
      while (waiting.length > 0) {
        await nextTurn() // what becomes ready in the same turn shares the transaction
        const batch = waiting.slice(0, APPLY_MAX)
        waiting = waiting.slice(APPLY_MAX)
        await applyOrSplit(batch)
      }
    } finally {
      isApplying = false
    }
  }
  const applyOrSplit = async (batch: Ready[]): Promise<void> => {
    try {
      await apply(batch)
      for (const one of batch) applied(one)
    } catch (error) {
      const isOfAll = asStoreFailure(error) !== null // and to try them one by one would take as many time limits
      if (isOfAll || batch.length === 1) return void (await Promise.all(batch.map((one) => failed(one, error))))
      for (const one of batch) await applyOrSplit([one])
    }
  }
  return (ready) => {
    waiting.push(ready)
    void applyAll()
  }
}
