import { createParser } from 'eventsource-parser'
import { z } from 'zod'

const told = z.looseObject({ topic: z.string(), kind: z.string(), at: z.string().optional(), data: z.unknown() })
export type Told = z.infer<typeof told>

/** What a stream has said so far. */
export class LiveEar {
  readonly events: Told[] = []
  /** The id of the last event that had one. */
  lastId = ''
  isOver = false
  readonly #abort = new AbortController()

  /** Watches topics at `url`, with these headers. Throws when it is not let in. */
  static async open(url: string, topics: string[], headers: Record<string, string> = {}): Promise<LiveEar> {
    const query = topics.map((topic) => `topic=${topic}`).join('&')
    return LiveEar.#listen(`${url}/api/live?${query}`, { headers })
  }

  /** The same by a `POST`, where each topic may have a key and a place of its own. */
  static async ask(url: string, topics: object[], headers: Record<string, string> = {}): Promise<LiveEar> {
    const all = { 'content-type': 'application/json', ...headers }
    return LiveEar.#listen(`${url}/api/live`, { method: 'POST', headers: all, body: JSON.stringify({ topics }) })
  }

  static async #listen(url: string, init: RequestInit): Promise<LiveEar> {
    const ear = new LiveEar()
    const answer = await fetch(url, { ...init, signal: ear.#abort.signal })
    if (answer.status !== 200 || answer.body === null) throw new Error(`${answer.status}: ${await answer.text()}`)
    const onEvent = ({ id, data }: { id?: string | undefined; data: string }) => {
      ear.lastId = id ?? ear.lastId
      ear.events.push(told.parse(JSON.parse(data)))
    }
    const parser = createParser({ onEvent })
    const read = async (texts: AsyncIterable<string>) => {
      for await (const text of texts) parser.feed(text)
    }
    void read(answer.body.pipeThrough(new TextDecoderStream()))
      .catch(() => {}) // we have hung up, or it was cut
      .finally(() => {
        ear.isOver = true
      })
    return ear
  }

  of = (topic: string) => this.events.filter((event) => event.topic === topic)
  data = (topic: string) => this.of(topic).map(({ data }) => data)
  kinds = () => this.events.map(({ kind }) => kind)
  hangUp = () => this.#abort.abort()
}
