/** What a charge is for. `orderId` is the idempotency key: one order is charged at most once, ever. */
export type Charge = {
  orderId: string
  number: string
  totalCents: number
  currency: string
  paymentMethod: string
}

/** `reason` is the gateway’s own code: not all of them are for the customer. */
export type ChargeOutcome = { ok: true; chargeId: string } | { ok: false; reason: string }

/**
 * The port to whoever holds the money. Both calls may be repeated at will: the same order gets the same answer
 * and moves money once. A refusal is a value; when the outcome is unknown they throw `Outage`.
 */
export type Gateway = {
  charge(charge: Charge): Promise<ChargeOutcome>
  refund(orderId: string, chargeId: string): Promise<{ refundId: string }>
}
