import type { Service } from '../../shared/routes.ts'
import { POSITIONS_MAX, type Told, topicKinds, topicsAnswer } from '../../shared/topics.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import type { Found, Row, Source, Wanted } from './source.ts'

const KNOWN_MAX = 1_000

type Answered = Told[] | null

/** The topics that another service knows: it is asked for all of them at once, each time. */
export function askedSource(service: Service, ask: Ask): Source {
  const numbered = numberChanges()
  return {
    name: service,
    read: async (wanted) => {
      const answers = await askAll(service, ask, wanted)
      return wanted.map((one, i) => {
        const told = answers[i] ?? null
        return told && (topicKinds[one.topic.kind].isToldOn ? toldOn(told, one) : numbered.now(told, one))
      })
    },
  }
}

async function askAll(service: Service, ask: Ask, wanted: Wanted[]): Promise<Answered[]> {
  const answers: Answered[] = []
  for (let from = 0; from < wanted.length; from += POSITIONS_MAX)
    answers.push(...(await askFor(service, ask, wanted.slice(from, from + POSITIONS_MAX))))
  return answers
}

async function askFor(service: Service, ask: Ask, wanted: Wanted[]): Promise<Answered[]> {
  const positions = wanted.map(({ topic, after, session }) => ({ topic: topic.name, after, session }))
  const reply = await ask(service, '/ops/topics', { positions })
  if (reply?.status !== 200) throw new Error(`${service} does not say what is new there`)
  return topicsAnswer.parse(reply.body).topics.map((topic) => topic?.told ?? null)
}

/** From its beginning. */
function toldOn(told: Told[], { after }: Wanted): Found {
  return { rows: told.map(rowOf), since: after, begins: 0, upTo: told.at(-1)?.seq ?? after }
}

/** Where it is told how it is now, each change has the next number here. */
function numberChanges() {
  const known = new Map<string, { seq: number; json: string }>()
  let last = 0
  return {
    now: (told: Told[], { topic, after }: Wanted): Found => {
      const rows = told.map(rowOf)
      const json = JSON.stringify(told)
      const before = known.get(topic.name)
      const seq = before?.json === json ? before.seq : ++last
      if (before === undefined && known.size >= KNOWN_MAX) known.clear() // then some are told once more what they know
      known.set(topic.name, { seq, json })
      return { rows: seq > after ? rows.map((row) => ({ ...row, seq })) : [], since: after, begins: 0, upTo: seq }
    },
  }
}

function rowOf({ seq, kind, at, data }: Told): Row {
  return { seq, kind, at, json: JSON.stringify(data) }
}
