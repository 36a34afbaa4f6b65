import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from '../start-program.ts'

/** A shop without a queue, with a gateway of its own that takes so many calls a second. */
export async function startNoQueue(perSecond: number): Promise<{ url: string; stop(): void }> {
  const folder = await mkdtemp(join(tmpdir(), 'orderline-no-queue-'))
  const remove = () => void rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  try {
    return await startProgram('simulators/no-queue/main.js', { DATA_DIR: folder, GATEWAY_RATE: `${perSecond}` }, remove)
  } catch (cause) {
    remove()
    throw cause
  }
}
