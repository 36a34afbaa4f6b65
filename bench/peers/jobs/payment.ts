import { PrismaClient } from '../../../prisma/payment/client/client.ts'
import type { Gateway } from '../../../services/payment/gateway.ts'
import type { Emitted } from '../../../shared/events.ts'
import type { Place } from '../../../shared/store/place.ts'
import { connect } from './connect.ts'
import { type Job, type Jobs, once } from './job.ts'

/** Connects to payment's tables. */
export const connectPayment = (place: Place) =>
  connect('payment', place, {
    sqlite: (adapter) => new PrismaClient({ adapter }),
    postgresql: async (adapter) => {
      const { PrismaClient } = await import('../../../prisma/payment/postgresql/client/client.ts')
      return new PrismaClient({ adapter })
    },
  })

/** Payment's jobs. That of cancelled orders is left out: no contest has any. */
export function paymentJobs(prisma: PrismaClient, gateway: Gateway): Jobs {
  return {
    doJob: async (job) => {
      if (job.name !== 'stock.reserved') throw new Error(`nothing is done here about ${job.name}`)
      return [await capture(prisma, gateway, job)]
    },
    close: () => prisma.$disconnect(),
  }
}

/** Ours notes that it is about to charge before it does; this only notes the outcome, which is one write less. */
async function capture(prisma: PrismaClient, gateway: Gateway, job: Job<'stock.reserved'>): Promise<Emitted> {
  const payment = await charge(gateway, job)
  await once(prisma, job, async (tx) => {
    await tx.payment.create({ data: payment })
  })
  return capturedBy(payment)
}

/** Charges what a job asks for, and gives the row that says so. */
export async function charge(gateway: Gateway, { subject: orderId, data }: Job<'stock.reserved'>) {
  const offer = { orderId, ...data, paymentMethod: data.paymentMethod ?? '', tender: 1, at: Date.now() }
  const { intent, refusal } = await gateway.charge(offer)
  if (intent?.status !== 'captured') throw new Error(refusal ?? intent?.reason ?? 'not charged')
  return { ...offer, state: 'captured', chargeId: intent.id }
}

type Payment = Awaited<ReturnType<typeof charge>>

/** What follows from a payment. */
export function capturedBy({ orderId, number, totalCents, currency, chargeId }: Payment): Emitted {
  return { name: 'payment.captured', subject: orderId, data: { number, totalCents, currency, chargeId } }
}
