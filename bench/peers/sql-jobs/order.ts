import { entryOf, next, type Result } from '../jobs/order.ts'
import { only, type Query, rowsOf, type SqlJobs } from './sql-job.ts'

/** Order's jobs. Those of orders that come to nothing are left out: no contest has any. */
export function orderJobs(): SqlJobs {
  return {
    doJobs: async (query, jobs) => {
      await record(query, 'stock.reserved', only(jobs, 'stock.reserved'))
      await record(query, 'payment.captured', only(jobs, 'payment.captured'))
      return []
    },
    close: () => {},
  }
}

async function record(query: Query, name: Result['name'], results: Result[]): Promise<void> {
  if (results.length === 0) return
  const { state, after } = next[name]
  await query(CHANGE, [results.map(({ subject }) => subject), state, after])
  await query(TELL, [JSON.stringify(results.map(entryOf))])
}

const CHANGE = `UPDATE "order"."Order" SET state = $2 WHERE id = ANY ($1) AND state = ANY ($3)`
const COLUMNS = `"orderId", event, service, state, at, "messageId", attempt, detail`
const TELL = `
  INSERT INTO "order"."TimelineEntry" (${COLUMNS}) SELECT ${COLUMNS} FROM ${rowsOf('"order"."TimelineEntry"')}`
