import { type Process, startProcess } from './process.ts'

/** A script that is started again at once whenever it is killed. */
export type Undying = { pid(): number; kill(): Promise<void>; stop(): Promise<void> }

export async function startUndying(file: string, env: Record<string, string>): Promise<Undying> {
  let running: Process = await startProcess(file, env)
  return {
    pid: () => running.pid,
    kill: async () => {
      process.kill(running.pid, 'SIGKILL')
      await running.stop().catch(() => {}) // that it died is what was wanted
      running = await startProcess(file, env)
    },
    stop: () => running.stop(),
  }
}
