import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const summary = z.object({
  id: z.string(),
  at: z.number(),
  to: z.array(z.string()),
  orderNumber: z.string().optional(),
})
const page = z.object({ messages: z.array(summary), total: z.int(), next: z.string().optional() })
const opened = z.object({ text: z.string() })

/** A mail in the mailbox that comes along; `at` is when it came in (ms since 1970). */
export type Mail = z.infer<typeof summary>

const PAGE = 1_000
const LIMIT_MS = 10 * 60_000
const LOOK_EVERY_MS = 100

/** All mails, newest first. */
export async function mailsIn(mailboxUrl: string): Promise<Mail[]> {
  const mails: Mail[] = []
  for (let before = ''; ; ) {
    const { messages, next } = await pageOf(mailboxUrl, `limit=${PAGE}${before}`)
    mails.push(...messages)
    if (next === undefined) return mails
    before = `&before=${encodeURIComponent(next)}`
  }
}

/** Resolves when there are so many mails. */
export async function untilMails(mailboxUrl: string, wanted: number): Promise<void> {
  for (const untilMs = Date.now() + LIMIT_MS; ; await delay(LOOK_EVERY_MS)) {
    const { total } = await pageOf(mailboxUrl, 'limit=1')
    if (total >= wanted) return
    if (Date.now() > untilMs) throw new Error(`only ${total} of ${wanted} mails have come`)
  }
}

export async function textOf(mailboxUrl: string, id: string): Promise<string> {
  return opened.parse(await asked(`${mailboxUrl}/messages/${id}`)).text
}

const pageOf = async (mailboxUrl: string, query: string) => page.parse(await asked(`${mailboxUrl}/messages?${query}`))

async function asked(url: string): Promise<unknown> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`)
  return response.json()
}
