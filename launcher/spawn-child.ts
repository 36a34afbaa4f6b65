import { type ChildProcess, spawn } from 'node:child_process'
import { getPriority, setPriority } from 'node:os'
import type { ChildSpec } from './child-spec.ts'
import { writePidFile } from './pid-file.ts'

const NICEST = 19

export const streams = ['stdout', 'stderr'] as const
export type Stream = (typeof streams)[number]

/** What is heard of a process. */
type Hearing = {
  began(pid: number): void
  unnoted(reason: string): void
  output(text: string, stream: Stream): void
  told(message: unknown): void
}

/** Spawns a process in a group of its own: Ctrl-C is the launcher's to hear, which then stops all in order. */
export function spawnChild({ command, args, env, pidFile, niceness, isReady }: ChildSpec, hear: Hearing): ChildProcess {
  const ipc = isReady ? 'ignore' : 'ipc'
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', ipc] })
  if (child.pid) hear.began(child.pid)
  if (niceness && child.pid) setPriority(child.pid, Math.min(getPriority() + niceness, NICEST))
  if (pidFile && child.pid) note(child.pid, pidFile, hear)
  child.on('error', (error) => hear.output(`${error.message}\n`, 'stderr'))
  child.on('message', (message) => hear.told(message))
  child.stdout?.setEncoding('utf8').on('data', (text: string) => hear.output(text, 'stdout'))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => hear.output(text, 'stderr'))
  return child
}

/** A full disk shall not end the shop: without the file it goes on. */
function note(pid: number, pidFile: string, { unnoted }: Hearing): void {
  try {
    writePidFile(pidFile, pid)
  } catch (error) {
    unnoted(error instanceof Error ? error.message : String(error))
  }
}
