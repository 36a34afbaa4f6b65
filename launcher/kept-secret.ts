import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Say } from './screen.ts'

const USABLE = /^[!-~]{16,}$/ // what fits into a header, and takes longer than a life to guess

/**
 * The secret given, or a random one that stays the same from run to run, in a file of this name. One in the file that is
 * no use, because it is empty or too short, is replaced, and that is told.
 */
export function keptSecret(dataDir: string, name: string, given: string | undefined, say: Say): string {
  if (given !== undefined) return given
  const path = join(dataDir, name)
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
  if (kept !== undefined && USABLE.test(kept)) return kept
  const secret = newSecret()
  write(path, `${secret}\n`)
  const why = kept === '' ? 'it was empty' : 'it had fewer than 16 characters, or such that no header can carry'
  if (kept !== undefined) say('warn', 'secret.replaced', { path, why })
  return secret
}

/** 128 bits of chance, in letters and digits. */
export const newSecret = () => randomBytes(16).toString('hex')

/** In one step, or a power cut leaves an empty file. */
function write(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}
