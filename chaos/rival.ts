import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { SqliteFile } from '../audit/sqlite-file.ts'
import { claimKey } from '../shared/keys.ts'
import type { Service } from '../shared/routes.ts'
import { PromiseBroken } from './promise-broken.ts'
import { CORNER, type Redis } from './redis-door.ts'
import type { Shop } from './shop.ts'
import { untilDone } from './until-done.ts'

const CLAIM_TRIES = 15
const TRIES_MS = 4_000 // after which it is ended, if it has not gone by itself

/**
 * A service of another shop, with files of its own, that by mistake was told the same corner of the same Redis. It must
 * leave, or stay without taking a single message. Throws `PromiseBroken` when it has taken one. In turn with what empties
 * Redis, for until its owner beats again the queue would seem nobody's.
 */
export function competeWith(service: Service, { shop, redis }: { shop: Shop; redis: Redis }): Promise<void> {
  return shop.inTurn(async () => {
    await untilDone(() => requireClaim(service, redis), CLAIM_TRIES)
    await compete(service, shop)
  })
}

async function requireClaim(service: Service, redis: Redis): Promise<void> {
  if ((await redis.get(claimKey(service))) === null) throw new Error('nobody has claimed the queue')
}

async function compete(service: Service, shop: Shop): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'orderline-rival-'))
  try {
    const rival = spawn(process.execPath, [join('dist', 'services', 'run.js'), service], {
      cwd: shop.folder,
      env: { ...process.env, ...NOBODY, DATA_DIR: dataDir, REDIS_URL: await shop.redisUrl(), REDIS_PREFIX: CORNER },
      stdio: 'ignore',
    })
    const gone = once(rival, 'exit')
    await Promise.race([gone, delay(TRIES_MS, undefined, { ref: false })])
    rival.kill('SIGKILL')
    await gone
    requireNothingTaken(service, join(dataDir, `${service}.db`))
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

// What it took would go nowhere.
const NOBODY = {
  NODE_ENV: '',
  PORT: '0',
  OPS_PORT: '0',
  SMTP_URL: 'smtp://127.0.0.1:1',
  STRIPE_SECRET_KEY: 'sk_test_rival',
  STRIPE_API_BASE: 'http://127.0.0.1:1',
}

const count = z.object({ count: z.int() })
const TAKEN = `SELECT (SELECT COUNT(*) FROM "Inbox") + (SELECT COUNT(*) FROM "DeadLetter") AS count`

function requireNothingTaken(service: Service, path: string): void {
  if (!existsSync(path)) return
  const file = new SqliteFile(path)
  const taken = file.snapshot((snapshot) => [...snapshot.rows(count, TAKEN)]).reduce((sum, row) => sum + row.count, 0)
  file.close()
  if (taken > 0) throw new PromiseBroken(`another shop’s ${service} took ${taken} messages from the queue`)
}
