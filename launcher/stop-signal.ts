import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const // Ctrl-C, kill, the window closed, Ctrl-\
const ECHO_MS = 500 // npm passes on a Ctrl-C that the terminal has already sent us: one wish, not two

/** The first signal to stop, and the second, from somebody who will not wait any longer. */
export type StopSignal = { asked: Promise<string>; insisted: Promise<string> }

/** Takes over the signals that would end this process. */
export function listenForStop(): StopSignal {
  const heard = new EventEmitter()
  for (const signal of SIGNALS) process.on(signal, () => heard.emit('signal', signal))
  const asked = next(heard)
  const echoed = asked.then(() => sleep(ECHO_MS, undefined, { ref: false }))
  return { asked, insisted: echoed.then(() => next(heard)) }
}

function next(heard: EventEmitter): Promise<string> {
  return new Promise((resolve) => heard.once('signal', resolve))
}
