import { type Columns, insert } from '../../shared/store/sql.ts'
import type { Exit, Step } from './funnel-answer.ts'
import type { Follow } from './keep-lines.ts'
import type { ParsedLine } from './line.ts'

type Passed = `${Step | Exit}At`
/** How far an order has come, and when (ms), as far as lines tell. */
export type Progress = { order: string; at: number } & Record<Passed, number | null>

const columns: Columns<Progress> = [
  ...(['order', 'at', 'placedAt', 'reservedAt', 'paidAt', 'mailedAt'] as const),
  ...(['rejectedAt', 'declinedAt', 'expiredAt', 'cancelledAt', 'refundedAt'] as const),
]

/** Which lines say so: by their service and what they say. */
const told = new Map<string, Passed>([
  ['order order.placed', 'placedAt'],
  ['inventory stock.reserved', 'reservedAt'],
  ['payment payment.captured', 'paidAt'],
  ['inventory stock.rejected', 'rejectedAt'],
  ['payment payment.declined', 'declinedAt'],
  ['order order.expired', 'expiredAt'],
  ['order order.cancelled', 'cancelledAt'],
  ['payment payment.refunded', 'refundedAt'],
])

/** Notes how far orders have come. What is told twice counts once, as of the first time. */
export const noteProgress: Follow = async (tx, lines) => {
  const rows = progressIn(lines)
  if (rows.length === 0) return
  await tx.$executeRaw`
    ${insert('Progress', columns, rows)}
    ON CONFLICT ("order") DO UPDATE SET
      at = CASE WHEN excluded.at < "Progress".at THEN excluded.at ELSE "Progress".at END,
      "placedAt" = COALESCE("Progress"."placedAt", excluded."placedAt"),
      "reservedAt" = COALESCE("Progress"."reservedAt", excluded."reservedAt"),
      "paidAt" = COALESCE("Progress"."paidAt", excluded."paidAt"),
      "mailedAt" = COALESCE("Progress"."mailedAt", excluded."mailedAt"),
      "rejectedAt" = COALESCE("Progress"."rejectedAt", excluded."rejectedAt"),
      "declinedAt" = COALESCE("Progress"."declinedAt", excluded."declinedAt"),
      "expiredAt" = COALESCE("Progress"."expiredAt", excluded."expiredAt"),
      "cancelledAt" = COALESCE("Progress"."cancelledAt", excluded."cancelledAt"),
      "refundedAt" = COALESCE("Progress"."refundedAt", excluded."refundedAt")`
}

function progressIn(lines: ParsedLine[]): Progress[] {
  const orders = new Map<string, Progress>()
  for (const { service, msg, order, at, fields } of lines) {
    const passed = order === null ? undefined : passedBy(service, msg, fields)
    if (order === null || passed === undefined) continue
    const known = orders.get(order) ?? { order, at, ...NOWHERE }
    known[passed] ??= at
    known.at = Math.min(known.at, at)
    orders.set(order, known)
  }
  return [...orders.values()]
}

/** There are many mails for an order; the one that counts says that it is paid. */
function passedBy(service: string, msg: string, fields: ParsedLine['fields']): Passed | undefined {
  const isReceipt = service === 'notification' && msg === 'mail.sent' && fields.event === 'payment.captured'
  return isReceipt ? 'mailedAt' : told.get(`${service} ${msg}`)
}

const NOWHERE: Record<Passed, null> = {
  ...{ placedAt: null, reservedAt: null, paidAt: null, mailedAt: null },
  ...{ rejectedAt: null, declinedAt: null, expiredAt: null, cancelledAt: null, refundedAt: null },
}
