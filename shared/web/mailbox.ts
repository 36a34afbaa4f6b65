import { z } from 'zod'

const ANSWER_LIMIT_MS = 2_000

const summary = z.object({
  id: z.string(),
  at: z.number(), // ms
  to: z.array(z.string()),
  subject: z.string(),
  orderNumber: z.string().optional(),
})
const mail = summary.extend({ text: z.string(), html: z.string(), raw: z.string() })
const page = z.object({ messages: z.array(summary), total: z.number() })

export type Mail = z.infer<typeof mail>
export type MailSummary = z.infer<typeof summary>

/** The demo's mailbox, where all mails of the shop end up. Everything rejects while it is away. */
export type Mailbox = {
  list(limit: number, orderNumber?: string): Promise<{ messages: MailSummary[]; total: number }>
  /** Null where there is no such mail. */
  read(id: string): Promise<Mail | null>
}

/** Reads the mailbox over HTTP. */
export function openMailbox(url: string): Mailbox {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(url + path, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
    if (response.status === 404) return null
    if (!response.ok) throw new Error(`the mailbox answers ${response.status}`)
    return response.json()
  }
  return {
    list: async (limit, orderNumber) => {
      const query = new URLSearchParams({ limit: String(limit), ...(orderNumber !== undefined && { orderNumber }) })
      return page.parse(await get(`/messages?${query}`))
    },
    read: async (id) => mail.nullable().parse(await get(`/messages/${encodeURIComponent(id)}`)),
  }
}
