import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { bareEnvironment, type Config } from '../../../shared/config.ts'
import { Problem } from '../../../shared/web/http.ts'
import type { Crowd } from '../room/snapshot.ts'
import { crowdShape, type Task } from './crowd/task.ts'
import { ticketsPathIn } from './crowd/ticket-list.ts'

const LIMIT_MS = 20 * 60_000
const GOING_HOME_MS = 30_000 // then it writes what it was told last
const LOW = 10 // of all priorities: the shop comes first, for it is the one that is watched
const PROGRAM = fileURLToPath(new URL('crowd/main.js', import.meta.url))

/** Sends buyers to a sale, one crowd at a time; `progress` is that of the last one. */
export type Crowds = { send(sale: string, count: number): number; progress(): Crowd | null; stop(): void }

/** A crowd is a process of its own: it costs no thread of the shop any time, and comes in by the door of sale. */
export function createCrowds({ SALE_URL, ORDER_URL, LIVE_URL, ADMIN_TOKEN, DATA_DIR }: Config): Crowds {
  let crowd: Crowd | null = null
  let child: ChildProcess | null = null
  const where = { saleUrl: SALE_URL, orderUrl: ORDER_URL, liveUrl: LIVE_URL, adminToken: ADMIN_TOKEN ?? '' }
  return {
    progress: () => crowd,
    send: (sale, count) => {
      if (crowd?.isOver === false) throw new Problem(409, 'Conflict', 'There is a crowd already.')
      let last: Crowd = { sale, wanted: count, joined: 0, refused: 0, admitted: 0, paid: 0, isOver: false }
      const tell = (news: Crowd | null) => {
        last = news ?? { ...last, isOver: true }
        crowd = last
      }
      child = start({ ...where, sale, count, ticketsPath: ticketsPathIn(DATA_DIR), limitMs: LIMIT_MS }, tell)
      tell(last)
      return count
    },
    stop: () => void child?.kill(),
  }
}

/** `tell` hears how far the crowd is, and null when it has gone. */
function start(task: Task, tell: (news: Crowd | null) => void): ChildProcess {
  const timeout = task.limitMs + GOING_HOME_MS
  const child = fork(PROGRAM, { env: bareEnvironment(), stdio: 'ignore', execArgv: [], timeout })
  if (child.pid !== undefined) setPriority(child.pid, LOW)
  child.on('message', (news) => {
    const parsed = crowdShape.safeParse(news)
    if (parsed.success) tell(parsed.data)
  })
  child.once('exit', () => tell(null))
  child.once('error', () => tell(null))
  child.send(task)
  return child
}
