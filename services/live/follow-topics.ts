import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { RequestHandler } from '../../shared/web/http.ts'
import { createStreams } from '../../shared/web/streams.ts'
import { liveEvent } from './live-answer.ts'
import { askedIn, liveBody, liveHeaders, liveQuery } from './live-request.ts'
import type { Readers } from './readers.ts'
import type { TopicDoor } from './topic-door.ts'

const STREAMS_MAX = 20_000
const PER_CLIENT_MAX = 400 // tabs behind one address

type Deps = { readers: Readers; door: TopicDoor; isLimited: boolean }

/** `GET` and `POST /api/live`: what is new in many topics, as one stream of server-sent events. */
export function followTopics({ readers, door, isLimited }: Deps): Endpoint[] {
  const openStream = createStreams({ max: STREAMS_MAX, perClientMax: isLimited ? PER_CLIENT_MAX : STREAMS_MAX })
  const serve: RequestHandler = async (req, res) => {
    const asked = askedIn(req)
    const sessions = await Promise.all(asked.map((one) => door(req, res, one)))
    const wanted = asked.map((one, i) => ({ ...one, session: sessions[i] }))
    await readers.let(wanted, (onClose) => openStream(req, res, onClose))
  }
  const answer = {
    status: 200,
    what: 'One event per thing that is new',
    schema: liveEvent,
    mediaType: 'text/event-stream',
  }
  const common = { path: '/api/live', shedAs: 'browsing', answer, serve } as const
  return [
    {
      ...common,
      method: 'get',
      what: 'Watch topics: what is new in each, as server-sent events over one connection',
      query: liveQuery,
      headers: liveHeaders,
      problems: [404, 429],
    },
    {
      ...common,
      method: 'post',
      what: 'The same with a key for each order: a key must not stand in an address',
      headers: liveHeaders.pick({ 'Last-Event-ID': true }),
      body: liveBody,
      problems: [403, 404, 429],
    },
  ]
}
