import { HITS_MAX, type Hit } from '../../shared/web/ops-find.ts'
import type { Client } from './db.ts'
import type { Gateway } from './gateway.ts'

type Deps = { read: Client; gateway: Pick<Gateway, 'orderOf'> }

/**
 * Payments by order, or by what the gateway calls them; refunds and disputes by their ids. Whose payment a charge is the gateway
 * knows: an index here would cost every payment something, for what is asked once a day.
 */
export function findPayments({ read, gateway }: Deps): (text: string) => Promise<Hit[]> {
  return async (text) => {
    const [refund, dispute] = await Promise.all([
      read.refund.findUnique({ where: { id: text } }),
      read.dispute.findUnique({ where: { id: text } }),
    ])
    const orderId = CHARGE.test(text) ? await gateway.orderOf(text).catch(() => null) : text
    return [
      ...(orderId === null ? [] : await paymentsOf(read, orderId)),
      ...(refund === null ? [] : [{ ...hitOf(refund), kind: 'refund' as const }]),
      ...(dispute === null ? [] : [{ ...hitOf(dispute), kind: 'dispute' as const }]),
    ].slice(0, HITS_MAX)
  }
}

const CHARGE = /^pi_\w{1,250}$/

async function paymentsOf(read: Client, orderId: string): Promise<Hit[]> {
  const payment = await read.payment.findUnique({ where: { orderId } })
  if (payment === null) return []
  const { chargeId, number, state, at } = payment
  return [{ kind: 'payment', id: chargeId ?? orderId, title: number, state, at: Number(at), of: orderId }]
}

type Row = { id: string; orderId: string; status: string; at: bigint }

const hitOf = ({ id, orderId: of, status: state, at }: Row) => ({ id, title: id, state, at: Number(at), of })
