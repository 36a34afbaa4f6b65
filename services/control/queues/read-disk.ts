import { z } from 'zod'
import { type Queue, type Service, services } from '../../../shared/routes.ts'
import { wholeOf } from '../../../shared/shards.ts'
import { queuesOfSender } from '../../../shared/ways.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { WaitingList, WaitingMessage } from './message-answer.ts'
import { numberIn, type Page } from './read-list.ts'

const row = z.object({
  ...{ id: z.string(), name: z.string(), subject: z.string(), at: z.number(), data: z.unknown() },
  ...{ attempt: z.int(), stamp: z.number(), pushes: z.int() },
})

const told = z.object({ rows: z.array(row), count: z.int(), isCapped: z.boolean() })

type OnDisk = WaitingList['onDisk'][number]

/** Who puts something into a list, or into a shard of one. */
export const sendersTo = (list: Queue): Service[] =>
  services.filter((sender) => queuesOfSender(sender).includes(wholeOf(list)))

/** What waits with one sender for a turn in a list, or `all` that it still answers for; null where it cannot be asked. */
export async function readDisk(
  ask: Ask,
  sender: Service,
  list: Queue,
  { after, limit, from }: Page,
  of: 'waiting' | 'all',
): Promise<OnDisk | null> {
  const query = new URLSearchParams({ list, after: `${after}`, limit: `${limit}`, from, of })
  const reply = await ask(sender, `/ops/waiting?${query}`)
  const known = told.safeParse(reply?.body).data
  if (known === undefined) return null
  const { rows, count, isCapped } = known
  return { sender, count, isCapped, messages: rows.map(messageOf) }
}

function messageOf({
  id,
  name: event,
  subject,
  at,
  data,
  attempt,
  pushes,
  stamp,
}: z.infer<typeof row>): WaitingMessage {
  const times = { at: iso(at), pushedAt: stamp === 0 ? null : iso(stamp) }
  return { id, event, subject, number: numberIn(data), ...times, attempt, pushes, data, problem: null, text: null }
}

const iso = (ms: number) => new Date(ms).toISOString()
