import type { Gateway } from '../../../services/payment/gateway.ts'
import type { Emitted } from '../../../shared/events.ts'
import type { Job } from '../jobs/job.ts'
import { only, type Query, rowsOf, type SqlJobs } from './sql-job.ts'

/** Payment's jobs. That of cancelled orders is left out: no contest has any. */
export function paymentJobs(gateway: Gateway): SqlJobs {
  return { doJobs: (query, jobs) => capture(query, gateway, only(jobs, 'stock.reserved')), close: () => {} }
}

async function capture(query: Query, gateway: Gateway, jobs: Job<'stock.reserved'>[]): Promise<Emitted[]> {
  const payments = await Promise.all(jobs.map((job) => charge(gateway, job)))
  await query(INSERT, [JSON.stringify(payments)])
  return payments.map(({ orderId, number, totalCents, currency, chargeId }) => {
    return { name: 'payment.captured', subject: orderId, data: { number, totalCents, currency, chargeId } }
  })
}

async function charge(gateway: Gateway, { subject: orderId, data }: Job<'stock.reserved'>) {
  const offer = { orderId, ...data, paymentMethod: data.paymentMethod ?? '', tender: 1, at: Date.now() }
  const { intent, refusal } = await gateway.charge(offer)
  if (intent?.status !== 'captured') throw new Error(refusal ?? intent?.reason ?? 'not charged')
  return { ...offer, state: 'captured', chargeId: intent.id }
}

const COLUMNS = `"orderId", number, state, "totalCents", currency, "paymentMethod", tender, "payBy", "chargeId", at`
const INSERT = `
  INSERT INTO payment."Payment" (${COLUMNS}) SELECT ${COLUMNS} FROM ${rowsOf('payment."Payment"')}`
