import { fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { bareEnvironment } from '../../../shared/config.ts'

const READY_MS = 15_000
const LIMIT_MS = 10 * 60_000 // no station takes so long: then somebody has forgotten it
const LOW = 10 // of all priorities: the shop comes first, for it is the one that is watched

const ready = z.object({ type: z.literal('ready'), url: z.string() })

/** A program beside the shop that plays how it is done elsewhere. `kill` is `kill -9`. */
export type Program = { url: string; pid: number; stop(): void; kill(): void }

/**
 * Starts a program of ours by its path in `dist`; it listens on a port of its own unless `env` says which. `gone` is called when
 * it has ended, whatever has ended it. Rejects when it does not come up.
 */
export function startProgram(file: string, env: NodeJS.ProcessEnv, gone = () => {}): Promise<Program> {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url)) // beside us in dist
  const child = fork(path, {
    ...{ stdio: 'ignore', execArgv: [], timeout: LIMIT_MS },
    env: { ...bareEnvironment(), PORT: '0', ...env },
  })
  if (child.pid !== undefined) setPriority(child.pid, LOW)
  child.once('exit', gone)
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL') // whoever comes too late is not waited for any more
      reject(new Error(`${file} ${why}`))
    }
    const timer = setTimeout(() => fail('did not start in time'), READY_MS)
    child.once('error', () => fail('cannot be started'))
    child.once('exit', () => fail('has ended'))
    child.on('message', (message) => {
      const { data } = ready.safeParse(message)
      if (data === undefined) return
      clearTimeout(timer)
      const kill = () => void child.kill('SIGKILL')
      resolve({ url: data.url, pid: child.pid ?? 0, stop: () => void child.kill(), kill })
    })
  })
}
