import type { Mailer } from '../services/notification/mailer.ts'
import type { Gateway } from '../services/payment/gateway.ts'

/** A gateway that takes every card and needs no time, so that the pipelines are measured and not their world. */
export const instantGateway: Gateway = {
  charge: async ({ orderId }) => ({ ok: true, chargeId: `ch_${orderId}` }),
  refund: async (orderId) => ({ refundId: `re_${orderId}` }),
}

/** A mail server that takes every mail, and drops it. */
export const silentMailer: Mailer = { send: async () => {}, close: () => {} }
