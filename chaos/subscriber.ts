import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { SqliteFile } from '../audit/sqlite-file.ts'
import type { Service } from '../shared/routes.ts'
import { asAdmin, askOnce, askUntilAnswered } from './ask.ts'
import type { Books } from './books.ts'
import { seededRandom } from './random.ts'
import type { Shop } from './shop.ts'

/** A program outside that is told of money and cancels by webhooks, and forgets nothing that it was told. */
export type Subscriber = {
  /** How many events it was told of, and by how many calls. */
  told(): { events: number; calls: number }
  /** Waits until it was told of all that has happened. Resolves with what is wrong. */
  complaints(signal: AbortSignal): Promise<string[]>
  close(): void
}

const EVENTS = ['payment.captured', 'payment.refunded', 'order.cancelled']
const TELLING: Service[] = ['order', 'payment']
const REFUSED_SHARE = 0.002 // answered with 503; each lets it be left alone for a second, and what waited longer waits longer
const CUT_SHARE = 0.005 // taken, and the answer is lost
const LIMIT_MS = 45_000 // after all else is at rest: who is told of a clock that is right again may find it out ten seconds later
const LOOK_EVERY_MS = 250

/** Opens it and registers it with the shop, before the first customer comes. */
export async function openSubscriber(
  shop: Shop,
  books: Pick<Books, 'read'>,
  seed: number,
  signal: AbortSignal,
): Promise<Subscriber> {
  const random = seededRandom(seed ^ 0x3b1d)
  const heard = new Set<string>()
  const forged: string[] = []
  let calls = 0
  let secret: string | null = null
  const hear = async (req: IncomingMessage, res: ServerResponse) => {
    const body = Buffer.concat(await req.toArray()).toString()
    const id = String(req.headers['webhook-id'])
    calls++
    if (secret === null || !isSigned(req, body, secret)) forged.push(id)
    if (random.chance(REFUSED_SHARE)) return void res.writeHead(503).end()
    heard.add(id)
    if (random.chance(CUT_SHARE)) req.socket.destroy()
    else res.writeHead(204).end()
  }
  const server = createServer((req, res) => void hear(req, res).catch(() => req.socket.destroy()))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = z.object({ port: z.int() }).parse(server.address())
  secret = await register(shop, `http://127.0.0.1:${address.port}/`, signal)
  const untold = async () => (await books.read(happenedIn, TELLING)).filter((id) => !heard.has(id))
  return {
    told: () => ({ events: heard.size, calls }),
    complaints: async (signal) => {
      const untilMs = performance.now() + LIMIT_MS
      while ((await untold()).length > 0 && performance.now() < untilMs && !signal.aborted) await delay(LOOK_EVERY_MS)
      const left = await untold()
      return [
        ...(left.length > 0 ? [`${left.length} events were not told outside, as ${left[0]}`] : []),
        ...(forged.length > 0 ? [`${forged.length} webhooks were not signed as they must be, as ${forged[0]}`] : []),
      ]
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const registered = z.object({ secret: z.string().startsWith('whsec_') })

async function register(shop: Shop, url: string, signal: AbortSignal): Promise<string> {
  const ask = () => askOnce(`${shop.url('order')}/api/admin/webhooks`, { url, events: EVENTS }, asAdmin('chaos'))
  const answer = await askUntilAnswered(ask, signal, ({ status }) => status === 409)
  return registered.parse(JSON.parse(answer?.text ?? 'null')).secret
}

/** By the letter of https://www.standardwebhooks.com/, but for the time: clocks are moved here. */
function isSigned({ headers }: IncomingMessage, body: string, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const wanted = `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(wanted)
}

const event = z.object({ id: z.string() })
const HAPPENED = `SELECT id FROM "Event" WHERE copyOf IS NULL AND name IN (SELECT value FROM json_each(?))`

function happenedIn(dataDir: string): string[] {
  return TELLING.flatMap((service) => {
    const file = new SqliteFile(join(dataDir, `${service}.db`))
    try {
      return file.snapshot((snapshot) =>
        [...snapshot.rows(event, HAPPENED, JSON.stringify(EVENTS))].map(({ id }) => id),
      )
    } finally {
      file.close()
    }
  })
}
