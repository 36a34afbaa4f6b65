import { inFile } from '../control.ts'
import type { Plan } from '../plan.ts'

const STORE = 'shared/store/postgres-store.js'
const TRANSACTION = 'shared/store/postgres-transaction.js'
const WORKS = 'return { number, result: await work() };'
// Between what a transaction has read and its end: on a quick machine two would seldom meet.
const PAUSE = 'await new Promise((done) => setTimeout(done, 30));'

/** A shop that is wrong, or slow, on purpose, and what its customers do beside what they usually do. */
export type Meeting = Pick<Plan, 'edits'> & { more: Partial<Plan> }

/** Most orders are cancelled, and both instances are slow to end what they write: whoever writes meets others. */
const slow: Meeting = {
  edits: [inFile(TRANSACTION, WORKS, `const result = await work(); ${PAUSE} return { number, result };`)],
  more: { cancelShare: 0.7 },
}

/** The same, and two instances of a service write at the same time, as if each were alone. */
const none: Meeting = {
  ...slow,
  edits: [...slow.edits, inFile(STORE, 'pg_advisory_xact_lock(hashtext(', '(length(')],
}

export const turns = { none, slow }

/** The same with all processes on one host, where there must be two of those that meet. */
export const metBeside = ({ edits, more }: Meeting): Meeting => ({ edits, more: { ...more, doubled: MET } })

const MET = ['order', 'inventory', 'payment', 'notification'] as const
