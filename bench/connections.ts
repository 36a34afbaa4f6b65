import { type Answer, HttpConnection } from './http-connection.ts'

/** Several connections to one server. */
export class Connections {
  readonly all: readonly HttpConnection[]
  readonly #idle: HttpConnection[]
  readonly #waiting: ((connection: HttpConnection) => void)[] = []

  static async open(url: string, count: number): Promise<Connections> {
    return new Connections(await Promise.all(Array.from({ length: count }, () => HttpConnection.open(url))))
  }

  private constructor(all: HttpConnection[]) {
    this.all = all
    this.#idle = [...all]
  }

  /** Sends it over a connection that has nothing else to do, as soon as there is one. */
  async send(request: Buffer): Promise<Answer> {
    const connection = await this.#take()
    const answer = await connection.send(request) // if it breaks, it is of no more use to anyone
    this.#give(connection)
    return answer
  }

  close(): void {
    for (const connection of this.all) connection.close()
  }

  #take(): Promise<HttpConnection> {
    const connection = this.#idle.shift() // the one unused for longest, or the server closes it after a while
    if (connection !== undefined) return Promise.resolve(connection)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #give(connection: HttpConnection): void {
    const next = this.#waiting.shift()
    if (next !== undefined) next(connection)
    else this.#idle.push(connection)
  }
}
