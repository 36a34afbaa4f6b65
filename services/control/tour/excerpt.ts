import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../shared/root.ts'
import type { Excerpt } from './seen.ts'

const BEFORE = 4
const AFTER = 4
const OURS = /^(shared|services|simulators)\/[\w/-]+\.ts$/

const read = new Map<string, string[] | null>()

/** The lines around one of our sources; null where it cannot be read, as in an image without sources. */
export function excerptOf(file: string, line: number): Excerpt | null {
  const lines = linesOf(file)
  if (lines === null) return null
  const from = Math.max(1, line - BEFORE)
  return { from, lines: lines.slice(from - 1, line + AFTER) }
}

function linesOf(file: string): string[] | null {
  const known = read.get(file)
  if (known !== undefined) return known
  const lines = OURS.test(file) ? readLines(join(root, file)) : null
  read.set(file, lines)
  return lines
}

function readLines(path: string): string[] | null {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return null
  }
}
