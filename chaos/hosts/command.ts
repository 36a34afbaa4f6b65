import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LIMIT_MS = 60_000

/** Runs a program to its end. Resolves with what it said; rejects when it failed, or took too long. */
export async function command(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { timeout: LIMIT_MS, killSignal: 'SIGKILL' })
  return stdout.trim()
}
