import { tellIn } from '../../../../shared/channels.ts'
import { tourChannel } from '../../../../shared/keys.ts'
import type { PartDeps } from '../part.ts'
import { type Note, textOf } from './note.ts'
import { type PlainServer, startPlainServer } from './plain-server.ts'
import { type Listeners, startListeners } from './start-listeners.ts'

const POST_LIMIT_MS = 5_000

/** Listeners, and how they are told something. */
export type Stage = {
  listeners: Listeners
  plain: PlainServer
  count: number
  /** Posts it as news of the shop, and publishes it. Rejects when it is not taken. */
  say(talk: string, n: number): Promise<void>
  stop(): void
}

/** Opens a stage with so many listeners of each kind. */
export async function openStage({ config, redis }: PartDeps, count: number): Promise<Stage> {
  const plain = await startPlainServer(config)
  const urls = { ours: `${config.LIVE_URL}/api/live?topic=news`, plain: plain.eventsUrl }
  const listeners = await startListeners(urls, count).catch((cause) => {
    plain.stop()
    throw cause
  })
  const post = poster(config.NOTIFICATION_URL, config.ADMIN_TOKEN)
  return {
    ...{ listeners, plain, count },
    say: async (talk, n) => {
      listeners.tell({ do: 'said', n })
      const plainly = tellIn(redis, tourChannel(), textOf({ talk, n, at: Date.now() }))
      await Promise.all([plainly, post({ talk, n, at: Date.now() })])
    },
    stop: () => {
      listeners.stop()
      plain.stop()
    },
  }
}

function poster(url: string, token = ''): (note: Note) => Promise<void> {
  return async (note) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ title: 'Tour · 导览', text: `Listeners are counted. ${textOf(note)}` })
    const request = { method: 'POST', headers, body, signal: AbortSignal.timeout(POST_LIMIT_MS) }
    const response = await fetch(`${url}/api/admin/news`, request)
    if (response.status !== 201) throw new Error(`the news were answered with ${response.status}`)
  }
}
