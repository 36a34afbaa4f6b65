import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { start } from '../simulators/sms-gateway/main.ts'
import { forEachTest, StandInRig } from './stand-in-rig.ts'

export const ACCOUNT = 'AC00000000000000000000000000000000'
export const TOKEN = 'a token for the tests'
/** Of accounts and notification, in the tests. */
export const SEAL_SECRET = 'seal-secret-of-the-test-of-32-characters'
export const OURS = '+15005550006'

type Listed = { sid: string; to: string; from: string; body: string; status: string; code: number | null }
type Heard = { path: string; signature: string; form: Record<string, string> }

/** An SMS gateway on a free port with its own folder for every test of the file, and an ear for what it tells. */
export function useSmsGateway() {
  return forEachTest(new SmsRig())
}

class SmsRig extends StandInRig {
  /** Where the gateway tells what happens: our ear, unless a test has another. */
  webhooksUrl = ''
  readonly heard: Heard[] = []
  #ear: Server | undefined

  override async open(): Promise<void> {
    this.heard.length = 0
    this.webhooksUrl = await this.#listen()
    await super.open()
  }

  /** The port stays the same over a restart when it is given. */
  async boot(port = 0, webhooksUrl = this.webhooksUrl): Promise<void> {
    const options = { port, host: '127.0.0.1', filePath: join(this.folder, 'sms.jsonl') }
    this.isUp(await start({ ...options, account: ACCOUNT, token: TOKEN, webhooksUrl }))
  }

  override async remove(): Promise<void> {
    await super.remove()
    this.#ear?.closeAllConnections()
    this.#ear?.close()
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

  reply(phone: string, body: string): Promise<Response> {
    return this.postJson(`/_phones/${encodeURIComponent(phone)}/reply`, { body })
  }

  async lines(): Promise<{ kind: string; sid: string }[]> {
    const text = await readFile(join(this.folder, 'sms.jsonl'), 'utf8')
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
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
