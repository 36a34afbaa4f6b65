import type { Service } from '../../shared/routes.ts'
import { type Process, startProcess } from '../process.ts'
import { stations } from '../stations.ts'
import { Books } from './books.ts'
import type { Way } from './ways.ts'

const MAILS_PER_ORDER = 2 // received, paid

/** What the environment says of the world outside; nothing stands for one that answers at once. */
export type Outside = Record<string, string>

/** The four services of one way, a process each, that work when they are told to. */
export class PipelineShop {
  readonly books: Books
  readonly #processes: Process[]
  #mails = 0

  /** Starts the processes; nobody works yet. The files must be there. */
  static async open({ script }: Way, folder: string, redisUrl: string, outside: Outside = {}): Promise<PipelineShop> {
    const env = { ...outside, DATA_DIR: folder, REDIS_URL: redisUrl, PORT: '0', OPS_PORT: '0', LOG_LEVEL: 'info' }
    const start = (service: Service) => startProcess(script(service), { ...env, SERVICE: service })
    const starting = await Promise.allSettled(stations.map(start))
    const processes = starting.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = starting.find((one) => one.status === 'rejected')
    if (failed === undefined) return new PipelineShop(processes, await Books.open(folder))
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
