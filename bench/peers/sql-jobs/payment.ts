import type { Gateway } from '../../../services/payment/gateway.ts'
import type { Emitted } from '../../../shared/events.ts'
import type { Job } from '../jobs/job.ts'
import { capturedBy, charge } from '../jobs/payment.ts'
import { only, type Query, rowsOf, type SqlJobs } from './sql-job.ts'

/** Payment's jobs. That of cancelled orders is left out: no contest has any. */
export function paymentJobs(gateway: Gateway): SqlJobs {
  return { doJobs: (query, jobs) => capture(query, gateway, only(jobs, 'stock.reserved')), close: () => {} }
}

async function capture(query: Query, gateway: Gateway, jobs: Job<'stock.reserved'>[]): Promise<Emitted[]> {
  const payments = await Promise.all(jobs.map((job) => charge(gateway, job)))
  await query(INSERT, [JSON.stringify(payments)])
  return payments.map(capturedBy)
}

const COLUMNS = `"orderId", number, state, "totalCents", currency, "paymentMethod", tender, "payBy", "chargeId", at`
const INSERT = `
  INSERT INTO payment."Payment" (${COLUMNS}) SELECT ${COLUMNS} FROM ${rowsOf('payment."Payment"')}`
