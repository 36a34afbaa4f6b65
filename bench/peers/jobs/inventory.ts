import { type Prisma, PrismaClient } from '../../../prisma/inventory/client/client.ts'
import type { Emitted } from '../../../shared/events.ts'
import type { Place } from '../../../shared/store/place.ts'
import { connect } from './connect.ts'
import { type Job, type Jobs, once } from './job.ts'

/** Connects to inventory's tables. */
export const connectInventory = (place: Place) =>
  connect('inventory', place, {
    sqlite: (adapter) => new PrismaClient({ adapter }),
    postgresql: async (adapter) => {
      const { PrismaClient } = await import('../../../prisma/inventory/postgresql/client/client.ts')
      return new PrismaClient({ adapter })
    },
  })

/** Inventory's jobs. Those of declined and cancelled orders are left out: no contest has any. */
export function inventoryJobs(prisma: PrismaClient): Jobs {
  return {
    doJob: async (job) => {
      if (job.name !== 'order.placed') throw new Error(`nothing is done here about ${job.name}`)
      return [await reserveStock(prisma, job)]
    },
    close: () => prisma.$disconnect(),
  }
}

async function reserveStock(prisma: PrismaClient, job: Job<'order.placed'>): Promise<Emitted> {
  await once(prisma, job, async (tx) => {
    for (const line of inOrder(linesOf(job))) await take(tx, line)
    await tx.reservation.create({ data: reservationOf(job) })
  })
  return reservedBy(job)
}

/** What a job takes from the stock. */
export function linesOf({ data }: Job<'order.placed'>): Line[] {
  return data.lines.map(({ sku, quantity }) => ({ sku, quantity }))
}

type Line = { sku: string; quantity: number }

/** The row that says so. */
export function reservationOf(job: Job<'order.placed'>) {
  const { subject: orderId, data } = job
  const lines = JSON.stringify(linesOf(job))
  return { orderId, number: data.number, state: 'reserved', lines, at: Date.now() }
}

/** What follows from it. */
export function reservedBy({ subject, data }: Job<'order.placed'>): Emitted {
  const { number, totalCents, currency, paymentMethod, payBy } = data
  return { name: 'stock.reserved', subject, data: { number, totalCents, currency, paymentMethod, payBy } }
}

/** By article, in every job alike: two that took the same two the other way round would wait for each other. */
const inOrder = (lines: Line[]) => lines.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))

async function take(tx: Prisma.TransactionClient, { sku, quantity }: Line): Promise<void> {
  const { count } = await tx.stock.updateMany({
    where: { sku, available: { gte: quantity } },
    data: { available: { decrement: quantity } },
  })
  if (count === 0) throw new Error(`not enough ${sku}`)
}
