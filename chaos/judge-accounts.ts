import { z } from 'zod'
import { isClockStep } from './fault.ts'
import type { Plan } from './plan.ts'
import type { Receipts } from './receipts.ts'
import { rowsOf } from './work-left.ts'

/**
 * What customers were told about their accounts and is not in the books. Where clocks are stepped, an order may be
 * a guest's.
 */
export function brokenPromises(receipts: Receipts, { dataDir, faults }: Pick<Plan, 'dataDir' | 'faults'>): string[] {
  const { signUps, owned, verified, phoned, deleted } = receipts
  const ofOthers = faults.some(isClockStep) ? OF_OTHERS : `${OF_OTHERS} OR account IS NULL`
  return [
    ...told('sign-ups were forgotten', missing(dataDir, SIGN_UPS, signUps.values())),
    ...told('addresses are not proved any more', missing(dataDir, VERIFIED, verified)),
    ...told('phones are not proved any more', missing(dataDir, PHONED, phoned)),
    ...told('deleted accounts are still there', missing(dataDir, DELETED, deleted)),
    ...told('orders are not their customers’', strangers(dataDir, owned, ofOthers)),
  ]
}

function told(what: string, ids: string[]): string[] {
  return ids.length > 0 ? [`${ids.length} ${what}: ${ids.slice(0, 5).join(', ')}`] : []
}

const named = z.object({ id: z.string() })

/** Of these ids those that a query does not find. */
function missing(dataDir: string, found: string, told: Iterable<string>): string[] {
  const ids = [...told]
  if (ids.length === 0) return [] // there may be no accounts
  const sql = `SELECT value AS id FROM json_each(?) WHERE value NOT IN (${found})`
  return rowsOf(dataDir, 'accounts', named, sql, JSON.stringify(ids)).map(({ id }) => id)
}

/** Of orders whose customer was signed in those that are not theirs. */
function strangers(dataDir: string, owned: ReadonlyMap<string, string>, ofOthers: string): string[] {
  const sql = `SELECT "Order".id FROM json_each(?) AS told JOIN "Order" ON "Order".id = told.key WHERE ${ofOthers}`
  return rowsOf(dataDir, 'order', named, sql, JSON.stringify(Object.fromEntries(owned))).map(({ id }) => id)
}

const SIGN_UPS = `SELECT subject FROM "Event" WHERE name = 'customer.registered'`
const VERIFIED = `SELECT id FROM "Account" WHERE "verifiedAt" IS NOT NULL OR "deletedAt" IS NOT NULL`
const PHONED = `SELECT id FROM "Account" WHERE "phoneVerifiedAt" IS NOT NULL OR "deletedAt" IS NOT NULL`
const DELETED = `SELECT id FROM "Account" WHERE "deletedAt" IS NOT NULL`
const OF_OTHERS = 'account <> told.value'
