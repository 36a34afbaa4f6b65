import { fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bareEnvironment } from '../../../../shared/config.ts'
import { type Heard, heardShape, type Order } from './listeners/words.ts'

const PROGRAM = fileURLToPath(new URL('listeners/main.js', import.meta.url))
const LIMIT_MS = 10 * 60_000 // then they go home, whoever has forgotten them
const LOW = 10 // of all priorities: the shop comes first, for it is the one that is watched
const GATHER_LIMIT_MS = 60_000
const LOOK_MS = 50

/** Listeners in a process of their own. */
export type Listeners = {
  tell(order: Order): void
  /** What they have told last. */
  heard(): Heard | null
  isGone(): boolean
  stop(): void
}

/** Gathers so many listeners of each kind, or as many as are let in. Rejects when they do not come. */
export async function startListeners(urls: { ours: string; plain: string }, count: number): Promise<Listeners> {
  const child = fork(PROGRAM, { env: bareEnvironment(), stdio: 'ignore', execArgv: [], timeout: LIMIT_MS })
  if (child.pid !== undefined) setPriority(child.pid, LOW)
  let heard: Heard | null = null
  let isGone = false
  const gone = () => {
    isGone = true
  }
  child.once('exit', gone).once('error', gone)
  child.on('message', (message) => {
    heard = heardShape.safeParse(message).data ?? heard
  })
  const tell = (order: Order) => {
    if (child.connected) child.send(order, () => {}) // its end says so, if it cannot hear
  }
  const stop = () => void child.kill()
  tell({ do: 'gather', ...urls, count })
  const isReady = () => heard?.isGathered === true && heard.listeners > 0
  for (const untilMs = performance.now() + GATHER_LIMIT_MS; !isReady(); await delay(LOOK_MS))
    if (isGone || performance.now() > untilMs) {
      stop()
      throw new Error('the listeners do not come')
    }
  return { tell, heard: () => heard, isGone: () => isGone, stop }
}
