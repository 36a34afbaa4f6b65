import { z } from 'zod'
import { jsonLines } from './json-lines.ts'

const mail = z.object({
  id: z.string(),
  to: z.array(z.string()),
  messageId: z.string().optional(),
  orderId: z.string().optional(),
})

type Mail = z.infer<typeof mail>

/** A mail about an order; the kind is what its Message-ID, `<order.kind@host>`, says. */
export type Arrived = { kind: string; to: string[] }

/** What arrived at the mail server: mails by order, and ids of those that name none. */
export type Mailbox = { arrived: Map<string, Arrived[]>; nameless: string[] }

/** Reads the mail catcher's own file. The mails themselves, its bulk, come last in each line and are left out. */
export function readMailbox(path: string): Mailbox {
  const mailbox: Mailbox = { arrived: new Map(), nameless: [] }
  for (const line of jsonLines(path, mail, 'raw')) enter(mailbox, line)
  return mailbox
}

function enter({ arrived, nameless }: Mailbox, { id, orderId, messageId, to }: Mail): void {
  if (orderId === undefined) return void nameless.push(id)
  const mails = arrived.get(orderId) ?? []
  arrived.set(orderId, mails)
  mails.push({ kind: kindIn(messageId, orderId), to })
}

/** A Message-ID that is not the order's own is shown as it is, and is no kind there is. */
function kindIn(messageId = 'no Message-ID', orderId: string): string {
  const [name = ''] = messageId.replace(/^</, '').split('@')
  return name.startsWith(`${orderId}.`) ? name.slice(orderId.length + 1) : messageId
}

/** How often each kind of mail about an order came. */
export function copiesByKind(mails: Arrived[]): Map<string, number> {
  const copies = new Map<string, number>()
  for (const { kind } of mails) copies.set(kind, (copies.get(kind) ?? 0) + 1)
  return copies
}

/** How many mails were copies of another. */
export function duplicatesIn({ arrived }: Mailbox): number {
  return [...arrived.values()].reduce((count, mails) => count + mails.length - copiesByKind(mails).size, 0)
}
