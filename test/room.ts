import { TOKEN } from './order-rig.ts'

/** What a control room hears, told by what it was told so far. */
export class Room {
  readonly events: string[] = []
  isClosed = false
  readonly #abort = new AbortController()

  /** Opens a room at `url`, an address of the shop. Throws when it is not let in. */
  static async open(url: string, query = ''): Promise<Room> {
    const room = new Room()
    const headers = { authorization: `Bearer ${TOKEN}` }
    const answer = await fetch(`${url}/api/admin/live${query}`, { headers, signal: room.#abort.signal })
    if (answer.status !== 200 || answer.body === null) throw new Error(`not let in: ${answer.status}`)
    room
      .#read(answer.body.pipeThrough(new TextDecoderStream()))
      .catch(() => {}) // closed by us
      .finally(() => {
        room.isClosed = true
      })
    return room
  }

  async #read(texts: ReadableStream<string>): Promise<void> {
    let rest = ''
    for await (const text of texts) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      this.events.push(...blocks.flatMap((block) => (block.startsWith('data: ') ? [block.slice(6)] : [])))
    }
  }

  /** What a page has put together by now. */
  shown = (): Record<string, unknown> => Object.assign({}, ...this.events.map((event) => JSON.parse(event)))
  lines = (): string[] => this.events.flatMap((event) => JSON.parse(event).log?.lines ?? [])
  close = () => this.#abort.abort()
}
