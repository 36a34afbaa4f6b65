import { z } from 'zod'
import { jsonLines } from './json-lines.ts'

const mail = z.object({
  id: z.string(),
  to: z.array(z.string()),
  messageId: z.string().optional(),
  orderNumber: z.string().optional(),
  orderId: z.string().optional(), // where mails carried it, until 2026-11-26
})

type Mail = z.infer<typeof mail>

/** A mail about an order; the kind is what its Message-ID says. */
export type Arrived = { kind: string; to: string[] }

/** A mail about an account, which names none: only who has sent it can say which. */
export type Letter = Arrived & { messageId: string }

/**
 * What arrived at the mail server: mails by order, or by the number that no order has; those about accounts, by their
 * Message-ID; and ids of those that are neither.
 */
export type Mailbox = { arrived: Map<string, Arrived[]>; personal: Map<string, Letter[]>; nameless: string[] }

/** Reads the mail catcher's own file; `ids` are those of the orders by number. The mails themselves, its bulk, come last in each line and are left out. */
export function readMailbox(path: string, ids: ReadonlyMap<string, string>): Mailbox {
  const mailbox: Mailbox = { arrived: new Map(), personal: new Map(), nameless: [] }
  for (const line of jsonLines(path, mail, 'raw')) enter(mailbox, orderOf(line, ids), line)
  return mailbox
}

function orderOf({ orderNumber, orderId }: Mail, ids: ReadonlyMap<string, string>): string | undefined {
  return orderNumber === undefined ? orderId : (ids.get(orderNumber) ?? orderNumber)
}

function enter(
  { arrived, personal, nameless }: Mailbox,
  orderId: string | undefined,
  { id, messageId, to }: Mail,
): void {
  const kind = kindIn(messageId)
  if (kind === TUTORIAL) return
  if (orderId !== undefined) put(arrived, orderId, { kind, to })
  else if (messageId !== undefined && isPersonal(kind)) put(personal, messageId, { kind, to, messageId })
  else nameless.push(id)
}

function put<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list) list.push(one)
  else lists.set(key, [one])
}

/** What the tour's other side sends, who signs people up without a queue: none of the shop's. */
const TUTORIAL = 'tutorial'

/** Whether a kind of mail is about an account, or what somebody wants to be told of, and not about an order. */
export const isPersonal = (kind: string) => aboutAccounts.has(kind.split(' ')[0] ?? kind)
const aboutAccounts = new Set(['welcome', 'known', 'verify', 'reset', 'code', 'instead', 'alert', 'back', 'cheaper'])

/**
 * What a Message-ID of ours, `<alias.kind@host>` or `<alias.kind.which@host>`, says: a kind, and which one where there may
 * be several. One that is not of our making is shown as it is, and is no kind there is.
 */
export function kindIn(messageId = 'no Message-ID'): string {
  const [, kind, which = ''] = /^<?[\w-]{1,64}\.([a-z]+)(?:[.-](\w+))?@/i.exec(messageId) ?? []
  return kind === undefined ? messageId : `${kind} ${which}`.trim()
}

/** How often each kind of mail about an order came. */
export function copiesByKind(mails: Arrived[]): Map<string, number> {
  const copies = new Map<string, number>()
  for (const { kind } of mails) copies.set(kind, (copies.get(kind) ?? 0) + 1)
  return copies
}

/** How many mails were copies of another. */
export function duplicatesIn({ arrived, personal }: Mailbox): number {
  const ofOrders = [...arrived.values()].reduce((count, mails) => count + mails.length - copiesByKind(mails).size, 0)
  return [...personal.values()].reduce((count, copies) => count + copies.length - 1, ofOrders)
}
