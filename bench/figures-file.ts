import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Machine } from './machine.ts'
import type { Played } from './rounds.ts'

const file = z.object({
  date: z.string(),
  isQuick: z.boolean(),
  machine: z.object({
    cpus: z.number(),
    model: z.string(),
    memoryGb: z.number(),
    system: z.string(),
    node: z.string(),
    redis: z.string(),
    postgres: z.string().optional(),
    fsyncMs: z.number(),
    loadAverage: z.number(),
  }) satisfies z.ZodType<Machine>,
  contests: z.array(
    z.object({
      contest: z.string(),
      size: z.number(),
      rounds: z.array(z.record(z.string(), z.record(z.string(), z.number()))),
      failures: z.array(z.string()),
    }),
  ) satisfies z.ZodType<Played[]>,
})

/** The raw figures of a run: every figure of every play. */
export type FiguresFile = z.infer<typeof file>

/** Writes the figures of a run, over those of the last one. */
export function writeFigures(path: string, figures: FiguresFile): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`)
}

/** Reads the figures of an earlier run. Throws when the file is none of ours. */
export function readFigures(path: string): FiguresFile {
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new Error(`${path} does not hold figures of the bench`, { cause })
  }
}
