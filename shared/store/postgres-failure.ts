import { codeOf } from '../cannot-start.ts'
import { StoreFailure } from './store-failure.ts'

/** Nothing of a transaction is there: it met another one, in a deadlock, an order that cannot be, a lock that did not come, or was idle for too long. */
const COLLISIONS = new Set(['25P03', '40000', '40001', '40P01', '55P03'])

export const isCollision = (error: unknown) => COLLISIONS.has(codeOf(error))

/** Nothing of a transaction is there: its session has ended before its COMMIT, or the server says so. */
export class Undone extends Error {
  override name = 'Undone'
  readonly code = '40000' // transaction_rollback
}

/**
 * The same error as a `StoreFailure` if the server is away, ends, fails, or does not take writes, by its class:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html. Else as it was.
 */
export function asPostgresFailure(error: unknown): unknown {
  if (error instanceof StoreFailure) return error
  const code = codeOf(error)
  if (OF_THE_SERVER.test(code) || isCollision(error)) return new StoreFailure(code, error)
  return isSilent(error) ? new StoreFailure(CONNECTION_FAILURE, error) : error
}

/** Nobody answers over this connection: it is broken, or nothing has come for too long. */
export function isSilent(error: unknown): boolean {
  if (error instanceof StoreFailure) return isSilent(error.cause)
  return OF_THE_NETWORK.test(codeOf(error)) || (error instanceof Error && OF_THE_DRIVER.test(error.message))
}

const CONNECTION_FAILURE = '08006'
const OF_THE_SERVER = /^(08|53|57|58|XX)...$|^25006$/
const OF_THE_NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN)/
const OF_THE_DRIVER = /Connection terminated|not queryable|Query read timeout|timeout (expired|exceeded)/
