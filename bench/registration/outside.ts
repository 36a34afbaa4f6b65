import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readConfig } from '../../shared/config.ts'
import { start as startMailbox } from '../../simulators/mailbox/main.ts'
import { start as startSmsGateway } from '../../simulators/sms-gateway/main.ts'
import { serve } from '../serve.ts'

const MAIL_MS = 150
const SMS_MS = 300

// The world outside of a round, in a process of its own: a mail server and an SMS gateway that take their time.
const { DATA_DIR: folder, HOST: host } = readConfig()
const account = 'AC00000000000000000000000000000000'
const token = randomBytes(32).toString('hex')
const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, host, filePath: join(folder, 'mailbox.jsonl') })
const sms = await startSmsGateway({ port: 0, host, filePath: join(folder, 'sms.jsonl'), account, token })
await slow(mailbox.url, MAIL_MS)
await slow(sms.url, SMS_MS)

/** Where services find it; and the secrets that they share. */
const environment = async () => ({
  ...{ SMTP_URL: mailbox.smtpUrl, MAILBOX_URL: mailbox.url },
  ...{ SMS_API_BASE: sms.url, SMS_ACCOUNT: account, SMS_TOKEN: token, SMS_FROM: '+15005550006' },
  ...{ SESSION_SECRET: randomBytes(32).toString('hex'), SEAL_SECRET: randomBytes(32).toString('hex') },
})

serve({ environment }, async () => {
  await mailbox.close()
  await sms.close()
})

async function slow(url: string, delayMs: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const { ok } = await fetch(`${url}/_switches`, { method: 'POST', headers, body: JSON.stringify({ delayMs }) })
  if (!ok) throw new Error(`${url} has no such switch`)
}
