import type { Service } from '../../shared/routes.ts'
import { isPostgresUrl, type Place } from '../../shared/store/place.ts'
import { type Process, startProcess } from '../process.ts'
import { stations } from '../stations.ts'
import { Books } from './books.ts'
import type { Way } from './ways.ts'

const MAILS_PER_ORDER = 2 // received, paid

/** What the environment says of the world outside; nothing stands for one that answers at once. */
export type Outside = Record<string, string>

/** How a shop is set up: with what outside, and how many of each service. */
export type Setup = { outside?: Outside; instances?: number }

/** The four services of one way, a process each or several, that work when they are told to. */
export class PipelineShop {
  readonly books: Books
  readonly #processes: Process[]
  #mails = 0

  /** Starts the processes; nobody works yet. The tables must be there. */
  static async open({ script }: Way, place: Place, redisUrl: string, setup: Setup = {}): Promise<PipelineShop> {
    const { outside = {}, instances = 1 } = setup
    const env = { ...outside, ...tablesAt(place), REDIS_URL: redisUrl, PORT: '0', OPS_PORT: '0', LOG_LEVEL: 'info' }
    const start = (service: Service) => startProcess(script(service), { ...env, SERVICE: service })
    const wanted = Array.from({ length: instances }, () => stations).flat()
    const starting = await Promise.allSettled(wanted.map(start))
    const processes = starting.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = starting.find((one) => one.status === 'rejected')
    if (failed === undefined) return new PipelineShop(processes, await Books.open(place))
    await Promise.all(processes.map((process) => process.stop()))
    throw failed.reason
  }

  private constructor(processes: Process[], books: Books) {
    this.#processes = processes
    this.books = books
  }

  pids = () => this.#processes.map(({ pid }) => pid)

  /** Works until so many orders more are paid, with both mails. Resolves with how long that took (ms). */
  async drain(orders: number): Promise<number> {
    this.#mails += orders * MAILS_PER_ORDER
    const startMs = performance.now()
    await this.#askAll('work')
    await this.books.whenDone(this.#mails)
    return performance.now() - startMs
  }

  /** Stops working, when nothing is left to be said about what is done. */
  async rest(): Promise<void> {
    await this.books.whenSettled()
    await this.#askAll('rest')
  }

  async close(): Promise<void> {
    await this.books.close()
    await Promise.all(this.#processes.map((process) => process.stop()))
  }

  async #askAll(question: string): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.ask(question)))
  }
}

/** What the environment says of where tables are. */
const tablesAt = (place: Place): Record<string, string> =>
  isPostgresUrl(place) ? { DATABASE_URL: place } : { DATA_DIR: place }
