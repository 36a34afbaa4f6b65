import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type Said, said, type Told } from './watcher/messages.ts'

const PROGRAM = fileURLToPath(new URL('./watcher/main.js', import.meta.url))
const LOW = 5 // of all priorities: orders come first, and the pages stay smooth

type Listener = { hear(said: Said): void; died(why: object): void }

/** The process that looks, so that this one can take orders. It is started by the first word to it. */
export type Watcher = { say(what: Told): void; end(): void }

export function createWatcher(isDemo: boolean, listener: Listener): Watcher {
  let child: ChildProcess | null = null
  const start = () => {
    const started = fork(PROGRAM, isDemo ? ['demo'] : [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    if (started.pid !== undefined) setPriority(started.pid, LOW)
    const forget = joinToLauncher(started, listener.hear)
    started.once('close', (code, signal) => {
      forget()
      if (child !== started) return // it was to end
      child = null
      listener.died({ code, signal })
    })
    started.on('error', () => {}) // it closes, too
    return started
  }
  return {
    say: (what) => {
      child ??= start()
      child.send(what, () => {}) // one that is gone has closed
    },
    end: () => {
      const ended = child
      child = null
      ended?.kill()
    },
  }
}

/** The launcher listens to us only: what the watcher asks of it goes through us, and so does what it answers. */
function joinToLauncher(child: ChildProcess, hear: (said: Said) => void): () => void {
  const pass = (message: unknown) => {
    if (typeof message === 'object' && message !== null && child.connected) child.send(message, () => {})
  }
  process.on('message', pass)
  child.on('message', (message: object) => {
    const parsed = said.safeParse(message)
    if (parsed.success) hear(parsed.data)
    else process.send?.(message)
  })
  return () => void process.off('message', pass)
}
