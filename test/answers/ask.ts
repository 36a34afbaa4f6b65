import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Recorded } from '../../shared/web/docs/answers.ts'
import { curlOf } from '../../shared/web/docs/curl.ts'
import { type Described, describedIn } from '../../shared/web/docs/document.ts'
import type { Variable } from '../../shared/web/docs/variables.ts'
import { until } from '../until.ts'

const run = promisify(execFile)
const LIMIT_MS = 20_000
const FIRST_OF_EACH = [
  ...['post-orders', 'post-accounts', 'get-sales', 'get-live', 'post-alerts', 'get-admin-queues', 'get-admin-logs'],
]
const ENDED_BY_LIMIT = 28 // of curl: the time was over, which is how a stream ends

/** Asks a shop by the commands of the docs, in a shell with their variables, and keeps what was answered. */
export class Asker {
  readonly variables: Partial<Record<Variable, string>> = {}
  readonly answers: Record<string, Recorded> = {}
  readonly endpoints: Map<string, Described>
  readonly #shop: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'orderline-docs-')) // the jar of cookies is kept there

  /** `shop` is its address. Those who answer for a part of its document may still be starting. */
  static async open(shop: string): Promise<Asker> {
    const whole = async () => {
      const described = describedIn(Object(await (await fetch(`${shop}/openapi.json`)).json()))
      return FIRST_OF_EACH.every((id) => described.some((one) => one.id === id)) && described
    }
    return new Asker(shop, await until(whole, { everyMs: 500, timeoutMs: 30_000, what: 'the whole document' }))
  }

  private constructor(shop: string, endpoints: Described[]) {
    this.#shop = shop
    this.endpoints = new Map(endpoints.map((one) => [one.id, one]))
  }

  /** What an endpoint answers to the command of its example; kept, too. */
  async ask(id: string): Promise<Recorded> {
    const endpoint = this.endpoints.get(id)
    if (endpoint === undefined) throw new Error(`the shop has no endpoint ${id}`)
    return this.run(id, curlOf(endpoint, this.#shop))
  }

  /** The same where the shop has it; null where it has not. */
  async askIfThere(id: string): Promise<Recorded | null> {
    return this.endpoints.has(id) ? this.ask(id) : null
  }

  /** The same of a command that is no endpoint's example. */
  async run(id: string, command: string): Promise<Recorded> {
    const answer = readAnswer(await this.shell(`${command} -w '\\n%{http_code} %{content_type}'`))
    this.answers[id] = answer
    return answer
  }

  /** What a command prints in a shell with the variables. */
  async shell(command: string): Promise<string> {
    const env = { PATH: process.env.PATH, ...this.variables }
    const options = { cwd: this.#folder, env, timeout: LIMIT_MS, maxBuffer: 1 << 26 }
    return run('bash', ['-c', command], options).then(({ stdout }) => stdout, outputOf)
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function outputOf(error: Error & { code?: unknown; stdout?: string }): string {
  if (error.code === ENDED_BY_LIMIT && error.stdout !== undefined) return error.stdout
  throw error
}

function readAnswer(output: string): Recorded {
  const end = output.lastIndexOf('\n')
  const [status = '', type = ''] = output.slice(end + 1).split(/ (.*)/)
  const said = output.slice(0, end)
  const media = type.split(';')[0] ?? ''
  const common = { status: Number(status), type: media === '' ? null : media }
  if (said === '') return common
  return media.endsWith('json') ? { ...common, body: JSON.parse(said) } : { ...common, text: said }
}

/** A field of what was answered, as the docs name it: `key`, `mails[0].id`. */
export function fieldOf(answer: Recorded, field: string): string {
  const value = valueAt(answer, field)
  if (typeof value !== 'string') throw new Error(`the answer has no ${field}: ${JSON.stringify(answer.body)}`)
  return value
}

/** Whether an answer has a field. */
export const hasField = (answer: Recorded, field: string): boolean => typeof valueAt(answer, field) === 'string'

function valueAt({ body }: Recorded, field: string): unknown {
  const names = field.split(/[.[\]]+/).filter((name) => name !== '')
  return names.reduce<unknown>((found, name) => Object(found)[name], body)
}
