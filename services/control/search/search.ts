import { z } from 'zod'
import { emailAddress } from '../../../shared/email-address.ts'
import type { Service } from '../../../shared/routes.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { hit as toldHit } from '../../../shared/web/ops-find.ts'
import { askTraces } from '../queues/message-traces.ts'
import { linkTo, logLink } from './links.ts'
import { type Found, type Hit, searchAnswer } from './search-answer.ts'
import { hitsIn } from './trace-hits.ts'

const TEXT_MAX = 254
const ID_MAX = 64 // of a message

const query = z.object({ q: z.string().trim().min(1).max(TEXT_MAX).describe('A number, an e-mail, an id, a sku') })
const told = z.object({ hits: z.array(toldHit) })

/** Those that look for it; the test of the walls holds it against who does. */
export const finders = ['order', 'inventory', 'payment', 'notification', 'accounts'] as const satisfies Service[]

type Deps = { ask: Ask; present: readonly Service[] }

/** `GET /api/admin/search`: what is on disk anywhere under a number, an address or an id. Each service looks where it has an index. */
export function search({ ask, present }: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/search',
    what: 'Find orders, accounts, payments, products, mails, messages and dead letters',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'What was found, by kind', schema: searchAnswer },
    problems: [],
    serve: async (req, res) => {
      const { q } = parseBody(query, req.query)
      res.json(await findAll(emailAddress.safeParse(q).data ?? q, { ask, present }))
    },
  }
}

async function findAll(text: string, { ask, present }: Deps): Promise<Found> {
  const isMessage = text.length <= ID_MAX && !text.includes('@')
  const [found, traces] = await Promise.all([
    Promise.all(finders.filter((one) => present.includes(one)).map((service) => findAt(ask, service, text))),
    isMessage ? askTraces(ask, present, text) : NONE,
  ])
  const direct = found.flatMap(({ hits }) => hits ?? [])
  const silent = found.filter(({ hits }) => hits === null).map(({ service }) => service)
  const ofAccounts = text.includes('@') ? await ordersOf(ask, direct) : []
  const all = [...direct, ...ofAccounts, ...traces.told.flatMap((one) => hitsIn(one, text))]
  return {
    hits: [...new Map(all.map((hit) => [`${hit.kind} ${hit.service} ${hit.id} ${hit.state}`, hit])).values()],
    log: logLink(text),
    unreachable: [...new Set([...silent, ...traces.unreachable])],
  }
}

const NONE: Awaited<ReturnType<typeof askTraces>> = { told: [], unreachable: [] }

/** Null where it cannot be asked. */
async function findAt(ask: Ask, service: Service, text: string): Promise<{ service: Service; hits: Hit[] | null }> {
  const reply = await ask(service, `/ops/find?${new URLSearchParams({ q: text })}`)
  const hits = told.safeParse(reply?.body).data?.hits
  const shown = hits?.map(({ of, at, ...one }) => ({
    ...one,
    service,
    at: at === null ? null : iso(at),
    link: linkTo(one, of),
  }))
  return { service, hits: shown ?? null }
}

/** Orders of who has an account are found by that. */
async function ordersOf(ask: Ask, hits: Hit[]): Promise<Hit[]> {
  const accounts = hits.filter(({ kind }) => kind === 'account')
  const found = await Promise.all(accounts.map(({ id }) => findAt(ask, 'order', id)))
  return found.flatMap(({ hits }) => hits ?? [])
}

const iso = (ms: number) => new Date(ms).toISOString()
