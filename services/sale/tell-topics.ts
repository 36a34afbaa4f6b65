import { positionsBody, type TopicsAnswer, topicNamed } from '../../shared/topics.ts'
import { type Express, parseBody } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Sales } from './sales.ts'

/** `POST /ops/topics`: how all sales stand that somebody watches, from memory but for those that are long over. */
export function mountTopics(app: Express, sales: Pick<Sales, 'tell'>): void {
  app.post('/ops/topics', readJson, async (req, res) => {
    const { positions } = parseBody(positionsBody, req.body)
    const jsons = await sales.tell(positions.map(({ topic }) => saleIn(topic)))
    res.json({ topics: jsons.map(toldOf) } satisfies TopicsAnswer)
  })
}

/** Nothing else is watched here; of what is none there is no sale. */
function saleIn(topic: string): string {
  const { kind, id } = topicNamed(topic) ?? {}
  return kind === 'sale' ? (id ?? '') : ''
}

function toldOf(json: string | undefined): TopicsAnswer['topics'][number] {
  return json === undefined ? null : { told: [{ seq: 0, kind: 'sale', at: null, data: JSON.parse(json) }] }
}
