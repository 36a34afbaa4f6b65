import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { queueKey, statusKey } from '../shared/keys.ts'
import { shardsOf } from '../shared/routes.ts'
import type { ProtocolBed } from './protocol-bed.ts'
import type { Part } from './shards-program.ts'
import { until } from './until.ts'

/** Senders and receivers of the bed as programs of their own, each with its own number of shards. */
export class Crew {
  readonly #bed: ProtocolBed
  readonly #programs = new Set<ChildProcess>()

  constructor(bed: ProtocolBed) {
    this.#bed = bed
  }

  async start(role: Part['role'], count: number): Promise<ChildProcess> {
    const { folder, redis } = this.#bed
    const part: Part = { role, folder, address: redis.address, shards: { inventory: count } }
    const program = fork('dist/test/shards-program.js', [JSON.stringify(part)], { stdio: 'ignore' })
    this.#programs.add(program)
    await once(program, 'message', { signal: AbortSignal.timeout(30_000) })
    return program
  }

  async kill(program: ChildProcess): Promise<void> {
    this.#programs.delete(program)
    program.kill('SIGKILL')
    if (program.exitCode === null && program.signalCode === null) await once(program, 'exit')
  }

  async end(): Promise<void> {
    for (const program of this.#programs) await this.kill(program)
  }
}

const BATCH = 25
const PAUSE_MS = 20

/** Has orders placed by whatever program is the sender now, until it is stopped. Which were confirmed is known then. */
export class Load {
  sender: ChildProcess | undefined
  readonly confirmed: string[] = []
  #isOver = false
  #placed = 0
  readonly #running = this.#run()

  async #run(): Promise<void> {
    for (let number = 1; !this.#isOver; number++) {
      const orderIds = Array.from({ length: BATCH }, () => `o${++this.#placed}`)
      if (await this.#place(this.sender, number, orderIds)) this.confirmed.push(...orderIds)
      await delay(PAUSE_MS)
    }
  }

  /** False where the program was killed before it had answered: those may have been placed. */
  async #place(sender: ChildProcess | undefined, number: number, orderIds: string[]): Promise<boolean> {
    if (sender === undefined || !sender.connected) return false
    const gone = new AbortController()
    const onGone = () => gone.abort()
    sender.once('exit', onGone)
    try {
      sender.send({ number, orderIds }, () => {})
      await once(sender, 'message', { signal: gone.signal })
      return true
    } catch {
      return false
    } finally {
      sender.off('exit', onGone)
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#running
  }
}

/** Waits until inventory has said its last word on every order that is on the sender's disk, and nothing of it is left anywhere. */
export async function settledShards(bed: ProtocolBed, timeoutMs = 45_000): Promise<Map<string, number>> {
  const rows = () =>
    bed.senderDb.read.$queryRaw<unknown[]>`SELECT 1 FROM "Outbox" WHERE queue LIKE 'inventory%' LIMIT 1`
  await until(async () => (await rows()).length === 0, { what: 'the last word on every row', timeoutMs })
  await until(async () => (await leftIn(bed)).every((count) => count === 0), { what: 'empty lists', timeoutMs })
  return bed.allEffects()
}

const leftIn = (bed: ProtocolBed) =>
  Promise.all(
    shardsOf('inventory').flatMap((list) => [
      bed.redis.client.llen(queueKey(list)),
      bed.redis.client.hlen(statusKey(list)),
    ]),
  )

/** Every order that is on the sender's disk. */
export async function placedIn(bed: ProtocolBed): Promise<string[]> {
  const rows = await bed.senderDb.read.$queryRaw<{ subject: string }[]>`
    SELECT subject FROM "Event" WHERE name = 'order.placed'`
  return rows.map(({ subject }) => subject)
}
