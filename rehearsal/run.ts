import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const OUTPUT_MAX = 64 * 1024 * 1024

/** Runs a program and returns what it has written. Throws with what it says of itself when it fails. */
export async function run(program: string, args: string[], timeoutMs = 60_000): Promise<string> {
  const { stdout } = await execute(program, args, { timeout: timeoutMs, maxBuffer: OUTPUT_MAX, killSignal: 'SIGKILL' })
  return stdout
}

/** Runs a program whose output people see. Throws when it fails. */
export async function show(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { stdio: 'inherit' })
  const [code, signal] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} … ended with ${code ?? signal}`)
}
