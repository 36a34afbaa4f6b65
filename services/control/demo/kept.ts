import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A value in a file of its own, so that control has it again when it was killed, as it can be from its own room. */
export type Kept<T> = { read(): T | null; write(value: T): void }

/** What does not fit the shape, of an older version or of a hand, is as if there were none. */
export function keptIn<T>(path: string, shape: z.ZodType<T>): Kept<T> {
  return {
    read: () => {
      try {
        return shape.parse(JSON.parse(readFileSync(path, 'utf8')))
      } catch {
        return null
      }
    },
    write: (value) => {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(value))
      renameSync(`${path}.new`, path)
    },
  }
}
