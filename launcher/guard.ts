import { type ChildProcess, spawn } from 'node:child_process'
import { systemEnv } from '../shared/start/env-for.ts'
import type { Say } from './screen.ts'

const AGAIN_MS = 1_000

/** Ends what the launcher has started when the launcher itself could not: `kill -9`, a crash. */
export type Guard = {
  /** Takes care of a process and whatever it starts in its group, until `forget`. */
  watch(pid: number): void
  forget(pid: number): void
}

/**
 * Starts the guard: a process of its own that hears which process groups there are, one a line, and ends them when its
 * pipe does, which the system closes however the launcher goes. Services notice that by themselves, unless they are
 * frozen; Redis does not. A shell, because it takes one megabyte where Node takes forty.
 */
export function startGuard(say: Say): Guard {
  const watched = new Set<number>()
  let shell = start()

  function start(): ChildProcess {
    const started = spawn('sh', ['-c', SCRIPT, 'orderline-guard'], {
      env: systemEnv(process.env),
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    started.stdin?.on('error', () => {}) // it is gone, which `exit` says
    started.once('error', (error) => say('warn', 'guard.missing', { reason: error.message }))
    started.once('exit', () => setTimeout(startAgain, AGAIN_MS).unref())
    started.unref()
    return started
  }
  function startAgain(): void {
    shell = start()
    for (const pid of watched) tell('+', pid)
  }
  const tell = (what: '+' | '-', pid: number) => shell.stdin?.write(`${what} ${pid}\n`)

  return {
    watch: (pid) => {
      watched.add(pid)
      tell('+', pid)
    },
    forget: (pid) => {
      watched.delete(pid)
      tell('-', pid)
    },
  }
}

// Politely first, also to what is frozen; by force after ten seconds.
const SCRIPT = `
groups=
without() { left=; for one in $groups; do [ "$one" = "$1" ] || left="$left $one"; done; groups=$left; }
while read -r what group; do
  without "$group"
  [ "$what" = + ] && groups="$groups $group"
done
for group in $groups; do kill -TERM "-$group"; kill -CONT "-$group"; done
for second in 1 2 3 4 5 6 7 8 9 10; do
  for group in $groups; do kill -0 "-$group" || without "$group"; done
  [ "$groups" ] || exit
  sleep 1
done
for group in $groups; do kill -KILL "-$group"; done
`
