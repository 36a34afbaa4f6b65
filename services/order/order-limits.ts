import { mailboxOf } from '../../shared/email-address.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Guard } from '../../shared/web/admin-guard.ts'
import { clientOf } from '../../shared/web/client-address.ts'
import type { Request } from '../../shared/web/http.ts'
import { invalid } from '../../shared/web/problem.ts'
import { createRateLimit, type Policy } from '../../shared/web/rate-limit.ts'
import { createTeller } from '../../shared/web/tell-refused.ts'
import type { ReadAvailable } from './available-stock.ts'
import type { Item, OrderRequest } from './order-request.ts'

/** What keeps one customer from having the shop to themselves. Orders of the admin are not counted. */
export type OrderLimits = {
  /** Throws a 429, or a 422 that names the field, when this is more than one may ask for. */
  admit(req: Request, order: OrderRequest, readAvailable: ReadAvailable): Promise<void>
  /** The same for one more card for an order: throws a 429 when too many of its customer's have been declined. */
  admitCard(req: Request, email: string): Promise<void>
  /** Notes whose card it will be that is declined. */
  tendered(req: Request, email: string, orderId: string): void
  declined(orderId: string): void
  /** Counts a request for an order that was not its customer's. Throws a 429 when it tries one key after the other. */
  strange(req: Request): Promise<void>
}

const MINUTE = 60
const HOUR = 3_600
const DAY = 24 * HOUR

/** Of each kind what no honest customer needs, and no thief can do much with. One address may be a whole office. */
const POLICIES = {
  client: { name: 'orders', quota: 30, windowS: MINUTE, refusal: 'Too many orders from your address.' },
  mailbox: {
    name: 'orders-per-email',
    quota: 10,
    windowS: HOUR,
    refusal: 'Too many orders, and mails, for this e-mail.',
  },
  cards: { name: 'declined-cards', quota: 10, windowS: HOUR, refusal: 'Too many cards have been declined.' },
  scarce: {
    name: 'scarce-goods',
    quota: 5,
    windowS: DAY,
    refusal: 'You have had your share of what is nearly sold out.',
  },
  keys: {
    name: 'wrong-keys',
    quota: 60,
    windowS: 15 * MINUTE,
    refusal: 'Too many wrong keys of orders from your address.',
  },
} satisfies Record<string, Policy>

const SCARCE_BELOW = 100 // units left
const BUYERS_MAX = 50_000 // of orders that wait for their payment's outcome; beyond it the oldest go uncounted

/** Counts in memory, so per process: several order services count for themselves, and a restart forgets. */
export function createOrderLimits({ isAdmin }: Pick<Guard, 'isAdmin'>, log: Logger): OrderLimits {
  const [perClient, perMailbox] = [createRateLimit(POLICIES.client), createRateLimit(POLICIES.mailbox)]
  const [cards, scarce] = [createRateLimit(POLICIES.cards), createRateLimit(POLICIES.scarce)]
  const warnOfProxy = createProxyWarning(log)
  const buyers = createBuyers()
  const wrongKeys = createRateLimit(POLICIES.keys)
  const tellStrange = createTeller(log, 'order.guessed')
  const checkCards = async (who: string[]) => {
    for (const buyer of who) await cards.check(buyer)
  }
  return {
    admit: async (req, { customer, items }, readAvailable) => {
      if (await isAdmin(req)) return
      warnOfProxy(req)
      const [client, mailbox] = buyersOf(req, customer.email)
      await perClient.take(client)
      await checkCards([client, mailbox])
      await perMailbox.take(mailbox)
      for (const { sku, quantity } of await scarceIn(items, readAvailable))
        await scarce.take(`${mailbox} ${sku}`, quantity)
    },
    admitCard: async (req, email) => {
      if (!(await isAdmin(req))) await checkCards(buyersOf(req, email))
    },
    tendered: (req, email, orderId) => buyers.remember(orderId, buyersOf(req, email)),
    declined: (orderId) => {
      for (const buyer of buyers.forget(orderId)) void cards.note(buyer)
    },
    strange: (req) =>
      wrongKeys.take(clientOf(req)).catch((refusal: unknown) => {
        tellStrange({ address: clientOf(req) })
        throw refusal
      }),
  }
}

/** Whom an order counts for: the client's address, and the box the mails go to. */
function buyersOf(req: Request, email: string): [client: string, mailbox: string] {
  return [clientOf(req), mailboxOf(email)]
}

/** What is ordered of goods that are nearly sold out. Throws a 422 when it is more than anyone may have of them. */
async function scarceIn(items: Item[], readAvailable: ReadAvailable): Promise<Item[]> {
  const available = await readAvailable(items.map(({ sku }) => sku))
  const isScarce = ({ sku }: Item) => (available?.[sku] ?? SCARCE_BELOW) < SCARCE_BELOW
  const message = `must be at most ${POLICIES.scarce.quota}, for it is nearly sold out`
  const errors = items.flatMap((item, i) =>
    isScarce(item) && item.quantity > POLICIES.scarce.quota ? [{ field: `items.${i}.quantity`, message }] : [],
  )
  if (errors.length > 0) throw invalid(errors)
  return items.filter(isScarce)
}

/** Who placed the orders whose payment is still to come. */
function createBuyers() {
  const buyers = new Map<string, string[]>()
  return {
    remember: (orderId: string, who: string[]) => {
      const [oldest] = buyers.keys()
      if (oldest !== undefined && buyers.size >= BUYERS_MAX) buyers.delete(oldest)
      buyers.set(orderId, who)
    },
    forget: (orderId: string): string[] => {
      const who = buyers.get(orderId) ?? []
      buyers.delete(orderId)
      return who
    },
  }
}

/** Behind a proxy that nobody told us of all customers have one address, and share its limit: said once. */
function createProxyWarning(log: Logger): (req: Request) => void {
  let isTold = false
  return (req) => {
    if (isTold || req.get('x-forwarded-for') === undefined || req.ip !== req.socket.remoteAddress) return
    isTold = true
    log.warn({ address: req.ip, mend: 'set TRUST_PROXY' }, 'proxy.unknown')
  }
}
