import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import { createTransport } from 'nodemailer'
import { start } from '../simulators/mailbox/main.ts'

type Wanted = { orderNumber?: string; subject?: string; text?: string; html?: string }
type Listed = { id: string; subject: string; orderNumber?: string; to: string[] }
type Listing = { messages: Listed[]; total: number; next?: string }

/** A mailbox on free ports with its own folder for every test of the file; nodemailer sends to it. */
export function useMailbox() {
  const rig = new MailboxRig()
  beforeEach(() => rig.open())
  afterEach(() => rig.remove())
  return rig
}

class MailboxRig {
  url = ''
  smtpUrl = ''
  #folder = ''
  #close: () => Promise<void> = async () => undefined

  get filePath(): string {
    return join(this.#folder, 'mailbox.jsonl')
  }

  async open(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'mailbox-'))
    await this.boot()
  }

  async boot(): Promise<void> {
    const ports = { smtpPort: 0, httpPort: 0, host: '127.0.0.1' }
    const { url, smtpUrl, close } = await start({ ...ports, filePath: this.filePath })
    this.url = url
    this.smtpUrl = smtpUrl
    this.#close = close
  }

  async shutDown(): Promise<void> {
    await this.#close()
    this.#close = async () => undefined
  }

  async remove(): Promise<void> {
    await this.shutDown()
    await rm(this.#folder, { recursive: true })
  }

  /** Sends one mail over a connection of its own. Rejects with nodemailer's error when it was not accepted. */
  async send({ orderNumber, subject = 'Hello', text = 'A text', html }: Wanted = {}): Promise<string> {
    const transport = createTransport(this.smtpUrl)
    const headers: Record<string, string> = orderNumber === undefined ? {} : { 'X-Order-Number': orderNumber }
    const envelope = { from: 'Shop <shop@example.com>', to: 'Ada <ada@example.com>' }
    const info = await transport.sendMail({ ...envelope, subject, text, headers, ...(html && { html }) })
    return info.response
  }

  async list(query = ''): Promise<Listing> {
    return JSON.parse(await (await fetch(`${this.url}/messages${query}`)).text())
  }

  /** The newest mail with its text, html, headers and raw bytes. */
  async newest(): Promise<unknown> {
    const [listed] = (await this.list('?limit=1')).messages
    return (await fetch(`${this.url}/messages/${listed?.id}`)).json()
  }

  async subjects(query = ''): Promise<string[]> {
    return (await this.list(query)).messages.map(({ subject }) => subject)
  }

  turn(switches: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' }
    return fetch(`${this.url}/_switches`, { method: 'POST', headers, body: JSON.stringify(switches) })
  }
}
