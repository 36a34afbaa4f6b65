import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Say } from './screen.ts'

// What fits into a header, and takes longer than a life to guess. People choose their own admin token, but no call secret.
const USABLE = {
  'admin-token': /^[!-~]{16,}$/,
  'order-key-secret': /^[!-~]{16,}$/,
  'call-secret': /^[!-~]{32,}$/,
  'session-secret': /^[!-~]{32,}$/,
  'seal-secret': /^[!-~]{32,}$/,
  'sms-token': /^[!-~]{32,}$/,
  'stripe-webhook-secret': /^whsec_[!-+\--~]{32,}$/, // no comma, which stands between two of them
}

export type SecretName = keyof typeof USABLE

/**
 * A secret that stays the same from run to run: random, made once, and kept in a file of this name in DATA_DIR for its
 * user alone. One in the file that is no use, because it is empty or too short, is replaced, and that is told.
 */
export function keptSecret(dataDir: string, name: SecretName, say: Say): string {
  const path = join(dataDir, name)
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
  if (kept !== undefined && USABLE[name].test(kept)) return kept
  const secret = name === 'stripe-webhook-secret' ? `whsec_${newSecret()}` : newSecret()
  write(path, `${secret}\n`)
  const why = kept === '' ? 'it was empty' : 'it was too short, or such that no header can carry it'
  if (kept !== undefined) say('warn', 'secret.replaced', { path, why })
  return secret
}

/** 128 bits of chance, in 32 letters and digits. */
export const newSecret = () => randomBytes(16).toString('hex')

/** In one step, or a power cut leaves an empty file. */
function write(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}
