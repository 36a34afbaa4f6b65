import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import { start } from '../simulators/sms-gateway/main.ts'

export const ACCOUNT = 'AC00000000000000000000000000000000'
export const TOKEN = 'a token for the tests'
/** Of accounts and notification, in the tests. */
export const SEAL_SECRET = 'seal-secret-of-the-test-of-32-characters'
export const OURS = '+15005550006'

type Listed = { sid: string; to: string; from: string; body: string; status: string; code: number | null }
type Heard = { path: string; signature: string; form: Record<string, string> }

/** An SMS gateway on a free port with its own folder for every test of the file, and an ear for what it tells. */
export function useSmsGateway() {
  const rig = new SmsRig()
  beforeEach(() => rig.open())
  afterEach(() => rig.remove())
  return rig
}

class SmsRig {
  url = ''
  /** Where the gateway tells what happens: our ear, unless a test has another. */
  webhooksUrl = ''
  readonly heard: Heard[] = []
  #folder = ''
  #ear: Server | undefined
  #close: () => Promise<void> = async () => undefined

  async open(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'sms-'))
    this.heard.length = 0
    this.webhooksUrl = await this.#listen()
    await this.boot()
  }

  /** The port stays the same over a restart when it is given. */
  async boot(port = 0, webhooksUrl = this.webhooksUrl): Promise<void> {
    const options = { port, host: '127.0.0.1', filePath: join(this.#folder, 'sms.jsonl') }
    const { url, close } = await start({ ...options, account: ACCOUNT, token: TOKEN, webhooksUrl })
    this.url = url
    this.#close = close
  }

  async shutDown(): Promise<void> {
    await this.#close()
    this.#close = async () => undefined
  }

  async remove(): Promise<void> {
    await this.shutDown()
    this.#ear?.closeAllConnections()
    this.#ear?.close()
    await rm(this.#folder, { recursive: true })
  }

  /** Asks Twilio's API. */
  api(path: string, form?: Record<string, string>, token = TOKEN): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${token}`).toString('base64')}`
    const post = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
    return fetch(`${this.url}/2010-04-01/Accounts/${ACCOUNT}/${path}`, { headers: { authorization }, ...post })
  }

  /** Newest first. */
  async list(to?: string): Promise<Listed[]> {
    const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`
    return JSON.parse(await (await fetch(`${this.url}/messages${query}`)).text()).messages
  }

  turn(switches: object): Promise<Response> {
    return this.#post('/_switches', switches)
  }

  reply(phone: string, body: string): Promise<Response> {
    return this.#post(`/_phones/${encodeURIComponent(phone)}/reply`, { body })
  }

  async lines(): Promise<{ kind: string; sid: string }[]> {
    const text = await readFile(join(this.#folder, 'sms.jsonl'), 'utf8')
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  #post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' }
    return fetch(`${this.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  async #listen(): Promise<string> {
    const ear = createServer(async (req, res) => {
      const body = Buffer.concat(await req.toArray()).toString()
      const signature = String(req.headers['x-twilio-signature'])
      this.heard.push({ path: req.url ?? '', signature, form: Object.fromEntries(new URLSearchParams(body)) })
      res.writeHead(204).end()
    })
    this.#ear = ear
    await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve))
    const address = ear.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/sms`
  }
}
