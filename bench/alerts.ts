import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { mailsIn } from './alerts/mailbox.ts'
import { signUpAll, waiterOf } from './alerts/sign-ups.ts'
import { countTold, type Ordered, receiptWaits } from './alerts/told.ts'
import type { Contest, Figures, Round } from './contest.ts'
import { startDesk } from './desk.ts'
import { orderBody } from './order-bodies.ts'
import { paced } from './pace.ts'

const OURS = 'Orderline'

/** Whether each who waits for a product is told once, and nobody’s receipt waits for that. */
export const alerts: Contest = {
  name: 'alerts',
  what:
    'The whole shop of npm start, whose mail server takes 50 mails a second; a product that is sold out, for which 1,000 addresses have asked and ' +
    'confirmed. Then it comes in: until the last of them has a mail, and how many have none, or more than one. Meanwhile ten ' +
    'orders a second: from the 201 to the first mail about it.',
  units: { seconds: 's', missing: 'mails', doubled: 'mails', receiptP50Ms: 'ms', receiptP99Ms: 'ms' },
  size: 1_000,
  quickSize: 100,
  rounds: 3,
  contestants: [{ name: OURS, play }],
  goals: [
    { figure: 'missing', ours: OURS, atMost: 0 },
    { figure: 'doubled', ours: OURS, atMost: 0 },
    { figure: 'receiptP99Ms', ours: OURS, atMost: 1_000 },
  ],
}

const MAILS_PER_SECOND = 50
const ORDERS_PER_SECOND = 10
const SHARE_OF_ALERTS = 0.5 // of the mails that can be sent, at least; orders come for as long as that takes
const SKU = 'PRT-001'
const STOCK = 20 // of it, in a new shop
const CALM_MS = 3_000 // nothing more comes, a second mail neither
const LIMIT_MS = 120_000

async function play({ folder, size }: Round): Promise<Figures> {
  const { shop, admin } = await startDesk(folder, { MAIL_RATE: String(MAILS_PER_SECOND) })
  const mailboxUrl = shop.doors.get('mailbox') ?? ''
  try {
    await order(shop.url, { ...orderBody(0), items: [{ sku: SKU, quantity: STOCK }] })
    const waiters = Array.from({ length: size }, (_, n) => waiterOf(n))
    await signUpAll({ shopUrl: shop.url, mailboxUrl }, SKU, size)
    const sinceMs = Date.now()
    await admin('POST', '/api/admin/restock', { sku: SKU, quantity: size }, randomUUID())
    const seconds = size / (MAILS_PER_SECOND * SHARE_OF_ALERTS)
    const orders = await paced(Math.ceil(seconds * ORDERS_PER_SECOND), ORDERS_PER_SECOND, (n) =>
      order(shop.url, orderBody(n)),
    )
    const mails = await whenTold(mailboxUrl, sinceMs, waiters)
    const told = mails.filter(({ to }) => to.some((address) => address.startsWith('waiter.')))
    return {
      seconds: (Math.max(...told.map(({ at }) => at)) - sinceMs) / 1_000,
      ...countTold(told, waiters),
      ...receiptWaits(mails, orders, Date.now()),
    }
  } finally {
    await shop.stop()
  }
}

/** The mails since then, when each of these has one, or is waited for in vain. */
async function whenTold(mailboxUrl: string, sinceMs: number, waiters: string[]) {
  const since = async () => (await mailsIn(mailboxUrl)).filter(({ at }) => at >= sinceMs)
  const untilMs = Date.now() + LIMIT_MS
  while (countTold(await since(), waiters).missing > 0 && Date.now() < untilMs) await delay(CALM_MS)
  await delay(CALM_MS)
  return since()
}

const placed = z.object({ number: z.string() })

async function order(shopUrl: string, body: object): Promise<Ordered> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${shopUrl}/api/orders`, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  if (response.status !== 201) throw new Error(`an order was answered with ${response.status}: ${text}`)
  return { number: placed.parse(JSON.parse(text)).number, at: Date.now() }
}
