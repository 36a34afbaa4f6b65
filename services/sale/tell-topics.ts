import { positionsBody, type TopicsAnswer, topicNamed } from '../../shared/topics.ts'
import { type Express, parseBody } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Sales } from './sales.ts'

/** `POST /ops/topics`: how all sales stand that somebody watches, from memory. */
export function mountTopics(app: Express, sales: Pick<Sales, 'tell'>): void {
  app.post('/ops/topics', readJson, async (req, res) => {
    const { positions } = parseBody(positionsBody, req.body)
    const topics = await Promise.all(positions.map(({ topic }) => toldOf(topic, sales)))
    res.json({ topics } satisfies TopicsAnswer)
  })
}

async function toldOf(name: string, sales: Pick<Sales, 'tell'>): Promise<TopicsAnswer['topics'][number]> {
  const { kind, id } = topicNamed(name) ?? {}
  const json = kind === 'sale' ? await sales.tell(id ?? '') : undefined
  return json === undefined ? null : { told: [{ seq: 0, kind: 'sale', at: null, data: JSON.parse(json) }] }
}
