import { PrismaClient } from '../../../prisma/order/client/client.ts'
import { senderOf } from '../../../shared/senders.ts'
import type { State } from '../../../shared/states.ts'
import type { Place } from '../../../shared/store/place.ts'
import { connect } from './connect.ts'
import { type Job, type Jobs, once } from './job.ts'

export type Result = Job<'stock.reserved' | 'payment.captured'>

/** Order's jobs. Those of orders that come to nothing are left out: no contest has any. */
export function orderJobs(prisma: PrismaClient, onChange: (orderId: string, state: State) => void = () => {}): Jobs {
  return {
    doJob: async (job) => {
      if (job.name !== 'stock.reserved' && job.name !== 'payment.captured')
        throw new Error(`nothing is done here about ${job.name}`)
      await recordResult(prisma, job)
      onChange(job.subject, next[job.name].state)
      return []
    },
    close: () => prisma.$disconnect(),
  }
}

/** Connects to order's tables. */
export const connectOrders = (place: Place) =>
  connect('order', place, {
    sqlite: (adapter) => new PrismaClient({ adapter }),
    postgresql: async (adapter) => {
      const { PrismaClient } = await import('../../../prisma/order/postgresql/client/client.ts')
      return new PrismaClient({ adapter })
    },
  })

/** What a result makes of an order; one that comes late is part of its story all the same. */
export const next: Record<Result['name'], { state: State; after: State[] }> = {
  'stock.reserved': { state: 'reserved', after: ['placed'] },
  'payment.captured': { state: 'paid', after: ['placed', 'reserved'] },
}

async function recordResult(prisma: PrismaClient, job: Result): Promise<void> {
  const { state, after } = next[job.name]
  await once(prisma, job, async (tx) => {
    await tx.order.updateMany({ where: { id: job.subject, state: { in: after } }, data: { state } })
    await tx.timelineEntry.create({ data: entryOf(job) })
  })
}

/** What an order's timeline says of a result. */
export function entryOf(job: Result) {
  const { subject: orderId, name: event, at } = job
  const detail = job.name === 'payment.captured' ? JSON.stringify({ chargeId: job.data.chargeId }) : null
  const messageId = `${orderId}.${event}`
  return { orderId, event, service: senderOf(event), state: next[event].state, at, messageId, attempt: 1, detail }
}
