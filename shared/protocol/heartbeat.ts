import { every } from '../every.ts'
import type { Health } from '../health.ts'
import type { Service } from '../routes.ts'
import type { Redis } from '../store/redis.ts'
import type { Acknowledger } from './acknowledge.ts'
import { tell } from './bus.ts'
import type { Hold } from './claim.ts'
import type { Hands } from './hands.ts'
import type { OwnBeat } from './own-beat.ts'
import { allWorkers, BEAT_MS, beat, createAttendance, forget } from './workers.ts'

export type Heartbeat = {
  /** Beats at once, and tells the senders to look. */
  hello(): void
  /** Says the last words, and takes the worker out of the hash. */
  stop(): Promise<void>
}

type Deps = {
  service: Service
  worker: string
  redis: Redis
  health: Health
  acknowledger: Acknowledger
  hold: Hold
  hands: Hands
  own: OwnBeat
}

/** Once a second, and after every reconnect, for the hash may be gone: the queue is ours, this worker is there, so many are. */
export function startHeartbeat(deps: Deps): Heartbeat {
  const { service, worker, redis, health, acknowledger } = deps
  const pulse = { ...deps, attendance: createAttendance() }
  const hello = () => void sayHello(pulse).catch(() => {}) // if it still fails a second later, the beat tells why
  redis.on('ready', hello)
  const beating = every(BEAT_MS, 'beat', health, () => beatOnce(pulse))
  return {
    hello,
    stop: async () => {
      await beating.stop()
      await acknowledger.flush()
      await forget(redis, service, [worker]).catch(() => {})
    },
  }
}

type Pulse = Deps & { attendance: ReturnType<typeof createAttendance> }

async function beatOnce(pulse: Pulse): Promise<void> {
  await pulse.hold.renew() // soon after Redis has forgotten it, or another shop that starts then would take the queue
  await beatAndLook(pulse)
  await pulse.acknowledger.flush()
}

async function sayHello(pulse: Pulse): Promise<void> {
  await pulse.hold.renew()
  await beatAndLook(pulse)
  await tell(pulse.redis, { type: 'workers.changed', service: pulse.service })
}

/** Looks for other workers only where they share a rate. */
async function beatAndLook({ own, redis, service, worker, hands, attendance }: Pulse): Promise<void> {
  own.count()
  await beat(redis, service, worker, own.now())
  if (!hands.arePaced()) return
  const { live } = attendance(await allWorkers(redis, service), performance.now())
  hands.share(live.size)
}
