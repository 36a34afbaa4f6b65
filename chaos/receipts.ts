/** What the customers of a run know: all that they were told, to be held against the books afterwards. */
export type Receipts = {
  /** How many have come: where the shop is so slow that they have to wait for each other, not all before the run is over. */
  came: number
  /** Ids of orders that were answered with 201. */
  accepted: Set<string>
  /** Ids of orders whose cancelling was answered with 200. */
  cancelled: Set<string>
  /** How many means of payment were taken of an order, by its id. */
  tendered: Map<string, number>
  /** Requests for a payment that came too late, or when there was nothing to pay. */
  tooLate: number
  /** How many refunds the admin was promised, by the id of the order. */
  refunds: Map<string, number>
  /** Ids of sign-ups that were answered with 202, by their keys. */
  signUps: Map<string, string>
  /** Of orders that were placed by somebody signed in, or whose guest has proved the address since: whose they are, by their ids. */
  owned: Map<string, string>
  /** Accounts that were told that their address, or their phone, is proved; and those that were told that they are deleted. */
  verified: Set<string>
  phoned: Set<string>
  deleted: Set<string>
  repeated: number
  /** Requests without a key whose answer was lost: each may have made an order that nobody knows of. */
  unknown: number
  /** Requests that were sent again until the run was over, and never answered. */
  givenUp: number
  /** Requests whose answer was lost and that were sent again. */
  retried: number
  /** Answers that should not have been given. */
  complaints: string[]
}

const COMPLAINTS_MAX = 100

/** Nothing has been heard yet. */
export function noReceipts(): Receipts {
  const told = { accepted: new Set<string>(), cancelled: new Set<string>(), tendered: new Map(), refunds: new Map() }
  const accounts = { signUps: new Map(), owned: new Map(), verified: new Set<string>() }
  return {
    ...told,
    ...accounts,
    phoned: new Set(),
    deleted: new Set(),
    came: 0,
    tooLate: 0,
    repeated: 0,
    unknown: 0,
    givenUp: 0,
    retried: 0,
    complaints: [],
  }
}

/** One more of an order. */
export function count(orders: Map<string, number>, id: string): void {
  orders.set(id, (orders.get(id) ?? 0) + 1)
}

/** Puts down an answer that should not have been given. */
export function complain({ complaints }: Receipts, what: string): void {
  if (complaints.length < COMPLAINTS_MAX) complaints.push(what)
}
