import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Variables } from './fill-in.ts'

/** What `docker compose --env-file` goes by: what the file sets, unless the shell sets it. */
export const variablesIn = (file: string, shell: Variables = {}): Variables => ({
  ...parseEnv(readFileSync(file, 'utf8')),
  ...shell,
})
