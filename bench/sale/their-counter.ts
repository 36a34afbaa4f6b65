import { z } from 'zod'
import type { Counter } from './buyers.ts'

const LIMIT_MS = 10_000

const asked = z.object({ word: z.enum(['taken', 'lost']), ticket: z.string() })
const looked = z.object({ word: z.enum(['won', 'lost', 'wait']) })

/** A sale of a peer: `POST /buy` takes an order or says that all is sold, `GET /result` says what has become of it. */
export function atTheirs(url: string): Counter {
  return {
    ask: async (buyer) => {
      const { word, ticket } = asked.parse(await askedOf(`${url}/buy?buyer=${buyer}`, 'POST'))
      if (word === 'lost') return 'lost'
      return async () => looked.parse(await askedOf(`${url}/result?buyer=${buyer}&ticket=${ticket}`, 'GET')).word
    },
  }
}

async function askedOf(url: string, method: string): Promise<unknown> {
  const answer = await fetch(url, { method, signal: AbortSignal.timeout(LIMIT_MS) })
  if (!answer.ok) throw new Error(`${url} answered with ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
