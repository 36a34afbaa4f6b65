import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

const HOST = '127.0.0.1'
/** How COMMIT is sent: by itself, and not as a part of another statement. */
const COMMIT = 'COMMIT\0'

/** A connection that goes through: `isCut` with the next answer, `isForgotten` when nothing comes through any more. */
type Way = { client: Socket; server: Socket; isCut: boolean; isForgotten: boolean }

/** What stands between the shop and its PostgreSQL, as a network does, and can do wrong what a network can. */
export class PostgresDoor {
  readonly port: number
  readonly #to: number
  readonly #ways = new Set<Way>()
  #server: Server | undefined
  /** Of the COMMITs that come by so many are done, and their answer is lost with the connection. */
  lostShare = 0
  /** How many were. */
  lost = 0

  constructor(port: number, to: number) {
    this.port = port
    this.#to = to
  }

  /** Lets connections in. */
  async open(): Promise<void> {
    if (this.#server !== undefined) return
    this.#server = createServer({ noDelay: true }, (client) => this.#letIn(client))
    await once(this.#server.listen(this.port, HOST), 'listening')
  }

  /** Ends all connections; new ones are refused, as by a machine where no PostgreSQL runs. */
  shut(): void {
    this.#server?.close()
    this.#server = undefined
    for (const way of this.#ways) this.#end(way)
  }

  /** From now on nothing comes through over the connections that there are, and nobody is told, as by a firewall that has forgotten them. */
  forget(): number {
    for (const way of this.#ways) way.isForgotten = true
    return this.#ways.size
  }

  /** Does nothing wrong any more; what was forgotten is told so. */
  mend(): void {
    this.lostShare = 0
    for (const way of this.#ways) if (way.isForgotten) this.#end(way)
  }

  #letIn(client: Socket): void {
    const server = connect({ port: this.#to, host: HOST, noDelay: true })
    const way: Way = { client, server, isCut: false, isForgotten: false }
    this.#ways.add(way)
    for (const side of [client, server]) side.on('error', () => {}).on('close', () => this.#end(way))
    client.on('data', (bytes) => this.#ask(way, bytes))
    server.on('data', (bytes) => this.#answer(way, bytes))
  }

  #ask(way: Way, bytes: Buffer): void {
    if (way.isForgotten) return
    if (this.lostShare > 0 && bytes.includes(COMMIT)) way.isCut = Math.random() < this.lostShare
    way.server.write(bytes)
  }

  #answer(way: Way, bytes: Buffer): void {
    if (way.isForgotten) return
    if (!way.isCut) return void way.client.write(bytes)
    this.lost++
    this.#end(way)
  }

  #end(way: Way): void {
    if (!this.#ways.delete(way)) return
    way.client.destroy()
    way.server.destroy()
  }
}
