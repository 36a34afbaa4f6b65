import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const TAIL_CHARS = 20_000 // of a failed command's output; the end says why

/** Runs a command with our own terminal and hands it our signals. Resolves with its exit code. */
export function spawnAndWait(command, args, env = {}) {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

/** Runs a command quietly. Rejects with what it printed when it fails. */
export function capture(command, args, env = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let output = ''
  const keep = (chunk) => {
    output = (output + chunk).slice(-TAIL_CHARS)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(setupError(`${command} cannot be run: ${cause.message}`)))
    child.once('close', (code) => {
      if (code === 0) resolve(output)
      else reject(setupError(`${[command, ...args].join(' ')} failed:\n${output.trim()}`))
    })
  })
}

/** An error that is told to people by its message alone. */
export function setupError(message) {
  return Object.assign(new Error(message), { isSetup: true })
}
