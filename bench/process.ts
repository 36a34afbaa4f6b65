import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PREFIX } from './pipeline/redis.ts'
import type { Reply } from './talk.ts'

/** A script of the bench that runs in a process of its own and answers questions. */
export type Process = {
  pid: number
  /** Rejects when the script cannot answer, and when its process dies. */
  ask<T>(question: string, value?: unknown): Promise<T>
  /** Resolves when the process is gone; rejects when it had died of itself. */
  stop(): Promise<void>
}

const ORDER_KEY_SECRET = randomBytes(16).toString('hex') // order and notification must know the same
const SEAL_SECRET = randomBytes(16).toString('hex')
const READY_LIMIT_MS = 120_000 // on a machine that others keep busy
const ANSWER_LIMIT_MS = 30 * 60_000 // a question may be a whole round
const STOP_LIMIT_MS = 15_000 // then it is killed
const TAIL_CHARS = 4_000

/**
 * Forks a compiled script, its path as seen from the compiled `bench` folder, for example `peers/naive-api.js`.
 * The script calls `serve`. Rejects, with what it said on stderr, when it does not become ready. What it says on stdout goes to
 * the file `log`, if there is one.
 */
export async function startProcess(file: string, env: Record<string, string>, log?: string): Promise<Process> {
  const out = log === undefined ? 'ignore' : openSync(log, 'a')
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...process.env, REDIS_PREFIX: PREFIX, ORDER_KEY_SECRET, SEAL_SECRET, ...env },
    stdio: ['ignore', out, 'pipe', 'ipc'],
    serialization: 'advanced', // so that answers can be typed arrays
    execArgv: [],
  })
  if (typeof out === 'number') closeSync(out) // the child has its own
  const forked = new Forked(file, child)
  try {
    await limited(forked.ready, READY_LIMIT_MS, `${file} is not ready`)
    return forked
  } catch (cause) {
    await forked.stop().catch(() => {}) // died of itself: that is the cause
    throw cause
  }
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }

class Forked implements Process {
  readonly pid: number
  readonly ready: Promise<unknown>
  readonly #file: string
  readonly #child: ChildProcess
  readonly #gone: Promise<void>
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #tail = ''
  #isStopping = false
  #death: Error | undefined

  constructor(file: string, child: ChildProcess) {
    this.#file = file
    this.#child = child
    this.pid = child.pid ?? 0
    this.ready = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#tail = (this.#tail + text).slice(-TAIL_CHARS)
    })
    child.on('message', (message) => this.#hear(message as Reply)) // only our own scripts are forked here
    child.on('error', (error) => this.#die(error.message))
    this.#gone = new Promise((resolve) => child.once('close', () => resolve()))
    child.once('close', (code, signal) => this.#die(signal ?? `exit code ${code}`))
    process.prependOnceListener('exit', this.#kill) // before the folder it works in is removed
  }

  async ask<T>(question: string, value?: unknown): Promise<T> {
    if (this.#death !== undefined) throw this.#death
    const id = ++this.#asked
    const answered = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#child.send({ id, question, value }, () => {}) // if it cannot hear, its death says so
    return (await limited(answered, ANSWER_LIMIT_MS, `${this.#file} does not answer ${question}`)) as T
  }

  async stop(): Promise<void> {
    const death = this.#death
    this.#isStopping = true
    this.#child.kill('SIGTERM')
    const force = setTimeout(() => this.#kill(), STOP_LIMIT_MS)
    if (this.#child.pid !== undefined) await this.#gone
    clearTimeout(force)
    process.off('exit', this.#kill)
    if (death !== undefined) throw death
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('error' in reply) waiting?.reject(new Error(`${this.#file}: ${reply.error}`))
    else waiting?.resolve(reply.value)
  }

  #die(how: string): void {
    if (this.#death !== undefined) return
    const when = this.#isStopping ? 'was stopped' : 'died'
    this.#death = new Error(`${this.#file} ${when} (${how})\n${this.#tail}`.trim())
    for (const { reject } of this.#waiting.values()) reject(this.#death)
    this.#waiting.clear()
  }

  readonly #kill = () => void this.#child.kill('SIGKILL')
}

async function limited<T>(work: Promise<T>, limitMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} after ${limitMs / 1_000} s`)), limitMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
