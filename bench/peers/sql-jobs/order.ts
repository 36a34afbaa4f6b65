import { senderOf } from '../../../shared/senders.ts'
import type { Job } from '../jobs/job.ts'
import { only, type Query, rowsOf, type SqlJobs } from './sql-job.ts'

type Result = Job<'stock.reserved' | 'payment.captured'>

/** Order's jobs. Those of orders that come to nothing are left out: no contest has any. */
export function orderJobs(): SqlJobs {
  return {
    doJobs: async (query, jobs) => {
      await record(query, only(jobs, 'stock.reserved'), 'reserved', ['placed'])
      await record(query, only(jobs, 'payment.captured'), 'paid', ['placed', 'reserved'])
      return []
    },
    close: () => {},
  }
}

async function record(query: Query, results: Result[], state: string, after: string[]): Promise<void> {
  if (results.length === 0) return
  await query(CHANGE, [results.map(({ subject }) => subject), state, after])
  await query(TELL, [JSON.stringify(results.map((result) => ({ ...entryOf(result), state })))])
}

function entryOf(result: Result) {
  const { subject: orderId, name: event, at } = result
  const detail = result.name === 'payment.captured' ? JSON.stringify({ chargeId: result.data.chargeId }) : null
  return { orderId, event, service: senderOf(event), at, attempt: 1, detail, messageId: `${orderId}.${event}` }
}

const CHANGE = `UPDATE "order"."Order" SET state = $2 WHERE id = ANY ($1) AND state = ANY ($3)`
const COLUMNS = `"orderId", event, service, state, at, "messageId", attempt, detail`
const TELL = `
  INSERT INTO "order"."TimelineEntry" (${COLUMNS}) SELECT ${COLUMNS} FROM ${rowsOf('"order"."TimelineEntry"')}`
