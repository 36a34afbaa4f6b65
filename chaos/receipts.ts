/** What the customers of a run know: all that they were told, to be held against the books afterwards. */
export type Receipts = {
  /** Ids of orders that were answered with 201. */
  accepted: Set<string>
  /** Ids of orders whose cancelling was answered with 200. */
  cancelled: Set<string>
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
  return { accepted: new Set(), cancelled: new Set(), repeated: 0, unknown: 0, givenUp: 0, retried: 0, complaints: [] }
}

/** Puts down an answer that should not have been given. */
export function complain({ complaints }: Receipts, what: string): void {
  if (complaints.length < COMPLAINTS_MAX) complaints.push(what)
}
