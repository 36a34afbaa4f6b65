import { SaleBooks } from '../peers/sale-books.ts'
import { startProcess } from '../process.ts'
import { startUndying } from '../undying.ts'
import type { Place, Stage } from './stage.ts'
import type { Heard } from './words.ts'

/** The scripts of a peer, as seen from the compiled `bench` folder: the one people come to, and the one that works. */
export type Peer = { door: string; worker: string }

/** A door that is never killed, and two workers, killed in turn. Their orders are in SQLite, as durable as ours. */
export async function theirStage({ door, worker }: Peer, { folder, redis, units }: Place): Promise<Stage> {
  const books = new SaleBooks(folder)
  books.open(units)
  const env = { DATA_DIR: folder, REDIS_URL: redis.url, LOG_LEVEL: 'warn' }
  const front = await startProcess(door, env)
  const buyers = await startProcess('sale/buyers.js', {})
  const url = await front.ask<string>('url')
  const workers = [await startUndying(worker, env), await startUndying(worker, env)]
  let kills = 0
  return {
    come: (crowd) => buyers.ask<Heard[]>('theirs', { crowd, url }),
    lookAgain: () => buyers.ask<Heard[]>('lookAgain'),
    killWorker: async () => workers[kills++ % workers.length]?.kill(),
    soldTo: async () => {
      await front.ask('drained')
      return books.soldTo()
    },
    close: async () => {
      await Promise.all([buyers, front, ...workers].map((one) => one.stop()))
      books.close()
    },
  }
}
