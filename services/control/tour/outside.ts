import { z } from 'zod'
import type { Config } from '../../../shared/config.ts'
import type { Mailbox } from '../../../shared/web/mailbox.ts'
import { type Outside, outsideShape, type Whom } from './outside-answer.ts'

const ANSWER_LIMIT_MS = 2_000
const MAILS = 100 // the newest, among which those to one address are looked for

const ledger = z.array(z.looseObject({ kind: z.string() }))
const phone = z.object({ messages: outsideShape.shape.sms.unwrap() })

/** Asks those outside what has really come to them, whatever the shop believes. What is away has told nothing: null. */
export type AskOutside = (whom: Whom) => Promise<Outside>

export function createOutside(config: Config, mailbox: Mailbox | null): AskOutside {
  const { GATEWAY_URL: gatewayUrl, SMS_GATEWAY_URL: smsUrl } = config
  return async ({ order, number, email, phone: to }) => {
    const [charges, mails, sms] = await Promise.all([
      order === undefined || gatewayUrl === undefined ? null : chargesFor(gatewayUrl, order).catch(away),
      mailbox === null ? null : mailsTo(mailbox, { number, email }).catch(away),
      to === undefined || smsUrl === undefined ? null : smsTo(smsUrl, to).catch(away),
    ])
    return { charges, mails, sms }
  }
}

const away = () => null

async function chargesFor(url: string, orderId: string): Promise<number> {
  const entries = ledger.parse(await get(`${url}/_ledger?${new URLSearchParams({ orderId })}`))
  return entries.filter(({ kind }) => kind === 'charge').length
}

async function mailsTo(mailbox: Mailbox, { number, email }: Whom): Promise<Outside['mails']> {
  if (number === undefined && email === undefined) return null
  const { messages } = await mailbox.list(MAILS, number)
  const wanted = messages.filter(({ to }) => email === undefined || to.includes(email))
  return wanted.map(({ id, at, subject }) => ({ id, at, subject }))
}

async function smsTo(url: string, to: string): Promise<Outside['sms']> {
  return phone.parse(await get(`${url}/messages?${new URLSearchParams({ to })}`)).messages
}

async function get(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  return answer.json()
}
