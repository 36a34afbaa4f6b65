import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { type Process, startProcess } from './process.ts'
import type { SignUps, Waits } from './registration/sign-ups.ts'

const QUEUED = 'Orderline: mail and SMS by queue'
const FROZEN = 'Orderline, mail server and SMS gateway frozen'
const SERIAL = 'Express: mail, then SMS, then the answer'
const PARALLEL = 'Express: mail and SMS at once, then the answer'

/** How long somebody who signs up waits for the answer. */
export const registration: Contest = {
  name: 'registration',
  what:
    'From POST /api/accounts, at the door of accounts, to the 202, one customer after the other, with a pause of 20 to 70 ms between them. The mail ' +
    'server takes 150 ms for a mail, the SMS gateway 300 ms for an SMS; all hash the password alike and write the account ' +
    'to SQLite with fsync. What is frozen takes connections and never answers.',
  units: { p50Ms: 'ms', p99Ms: 'ms' },
  size: 300,
  quickSize: 20,
  rounds: 3,
  contestants: [ours(QUEUED), ours(FROZEN, true), peer(SERIAL, '/serial'), peer(PARALLEL, '/parallel')],
  goals: [
    { figure: 'p50Ms', ours: QUEUED, atMost: 60 },
    { figure: 'p99Ms', ours: FROZEN, than: QUEUED, atMost: 1.1 },
  ],
}

const WARM_UP_SHARE = 0.1
const PEER_SHARE = 0.2 // each of theirs takes so much longer; a wait is what counts

/** The world outside, as it is started for each round, and as services are told of it. */
type World = { process: Process; env: Record<string, string> }

function ours(name: string, isFrozen = false): Contestant {
  const play = (round: Round) =>
    inWorld(round, async ({ process: outside, env }) => {
      const others = await Promise.all([
        startProcess('registration/accounts.js', env),
        startProcess('registration/notification.js', env),
      ])
      try {
        const url = await others[0].ask<string>('url')
        return await serve(url, round.size, () => void (isFrozen && process.kill(outside.pid, 'SIGSTOP')))
      } finally {
        process.kill(outside.pid, 'SIGCONT')
        await Promise.all(others.map((one) => one.stop()))
      }
    })
  return { name, play }
}

function peer(name: string, path: string): Contestant {
  const play = (round: Round) =>
    inWorld(round, async ({ env }) => {
      const api = await startProcess('peers/registration-api.js', env)
      try {
        return await serve(`${await api.ask<string>('url')}${path}`, Math.ceil(round.size * PEER_SHARE), () => {})
      } finally {
        await api.stop()
      }
    })
  return { name, play }
}

async function inWorld({ folder, redisUrl }: Round, play: (world: World) => Promise<Figures>): Promise<Figures> {
  const own = { DATA_DIR: folder, REDIS_URL: redisUrl, PORT: '0', OPS_PORT: '0', LOG_LEVEL: 'info', RATE_LIMITS: 'off' }
  const outside = await startProcess('registration/outside.js', own)
  try {
    const env = { ...own, ...(await outside.ask<Record<string, string>>('environment')) }
    return await play({ process: outside, env })
  } finally {
    await outside.stop()
  }
}

/** `hurt` is done when the first customers have been served. */
async function serve(url: string, count: number, hurt: () => void): Promise<Waits> {
  const customers = await startProcess('registration/sign-ups.js', {})
  const come = (signUps: SignUps) => customers.ask<Waits>('oneByOne', signUps)
  try {
    const warmUp = Math.ceil(count * WARM_UP_SHARE)
    await come({ url, count: warmUp, from: 0 })
    hurt()
    return await come({ url, count, from: warmUp })
  } finally {
    await customers.stop()
  }
}
