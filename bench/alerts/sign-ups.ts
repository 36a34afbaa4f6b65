import { mailsIn, textOf, untilMails } from './mailbox.ts'

/** Where people ask to be told, and where their mails are. */
export type Place = { shopUrl: string; mailboxUrl: string }

const AT_ONCE = 16
const LINK = /\/alerts#(\S+)/

/** The address of the `n`-th who waits. */
export const waiterOf = (n: number) => `waiter.${n}@example.com`

/** So many ask to be told when a product is back, and confirm it by the link in the mail that each of them gets. */
export async function signUpAll({ shopUrl, mailboxUrl }: Place, sku: string, count: number): Promise<void> {
  const waiters = Array.from({ length: count }, (_, n) => waiterOf(n))
  await each(waiters, (email) => post(`${shopUrl}/api/alerts`, { email, sku, kind: 'back', language: 'en' }))
  await untilMails(mailboxUrl, count)
  const mails = await mailsIn(mailboxUrl)
  await each(mails, async ({ id }) => {
    const [, code] = LINK.exec(await textOf(mailboxUrl, id)) ?? []
    if (code !== undefined) await post(`${shopUrl}/api/alerts/confirm`, { code: decodeURIComponent(code) })
  })
}

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}: ${await response.text()}`)
  await response.body?.cancel()
}

async function each<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values()
  const hands = Array.from({ length: AT_ONCE }, async () => {
    for (const one of left) await work(one)
  })
  await Promise.all(hands)
}
