import { open, readFile, rename } from 'node:fs/promises'
import { z } from 'zod'

const owed = z.object({ id: z.string(), attempts: z.int().nonnegative() })
const checkpoint = z.object({ next: z.int().nonnegative(), owed: z.array(owed) })

/** `next`: the place in the ledger from which on nothing was told yet. `owed`: what was tried and has not arrived. */
export type Checkpoint = z.infer<typeof checkpoint>

/** Reads what was owed when the gateway ended; undefined where nothing was kept. Throws when the file is not one of ours. */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  const text = await readFile(path, 'utf8').catch((error) =>
    error.code === 'ENOENT' ? undefined : Promise.reject(error),
  )
  if (text === undefined) return undefined
  try {
    return checkpoint.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(`${path} cannot be loaded`, { cause })
  }
}

/** Keeps it, in one step. What arrives between two of these and a kill is told again, as Stripe may do. */
export async function writeCheckpoint(path: string, state: Checkpoint): Promise<void> {
  const file = await open(`${path}.new`, 'w')
  await file.writeFile(JSON.stringify(state))
  await file.datasync()
  await file.close()
  await rename(`${path}.new`, path)
}
