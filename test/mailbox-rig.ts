import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { start } from '../simulators/mailbox/main.ts'
import { forEachTest, StandInRig } from './stand-in-rig.ts'

type Wanted = { orderNumber?: string; subject?: string; text?: string; html?: string }
type Listed = { id: string; subject: string; orderNumber?: string; to: string[] }
type Listing = { messages: Listed[]; total: number; next?: string }

/** A mailbox on free ports with its own folder for every test of the file; nodemailer sends to it. */
export function useMailbox() {
  return forEachTest(new MailboxRig())
}

class MailboxRig extends StandInRig {
  smtpUrl = ''

  get filePath(): string {
    return join(this.folder, 'mailbox.jsonl')
  }

  async boot(): Promise<void> {
    const ports = { smtpPort: 0, httpPort: 0, host: '127.0.0.1' }
    this.smtpUrl = this.isUp(await start({ ...ports, filePath: this.filePath })).smtpUrl
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
}
