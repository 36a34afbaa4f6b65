import { z } from 'zod'
import type { Request } from '../../../shared/web/http.ts'
import { disputesOf, type Intent, refundsOf } from '../intent.ts'
import { disputeObject } from '../objects/dispute-object.ts'
import { refundObject } from '../objects/refund-object.ts'
import { seconds } from '../objects/shown.ts'
import { refused } from './answer-once.ts'
import type { Answer } from './answer-to.ts'
import { findDispute } from './find-dispute.ts'
import { created, isWithin, pageOf, paging, readQuery } from './page-of.ts'
import { missing } from './refusal.ts'
import { answered, expand, idOf } from './showing.ts'
import type { Deps } from './stripe-routes.ts'

const query = z.strictObject({
  ...{ ...paging, created, expand },
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
})
type Part = { at: number; madeAt?: number | undefined }

/** Refunds of one intent or charge, or of all. */
export function listRefunds(req: Request, deps: Deps): Answer {
  return listParts(req, deps, refundsOf, ({ refundId }) => refundId, refundObject, '/v1/refunds')
}

export function showRefund(req: Request, { ledger }: Deps): Answer {
  const intent = ledger.findIntentOf(idOf(req))
  const refund = intent && refundsOf(intent).find(({ refundId }) => refundId === idOf(req))
  return refund ? { status: 200, body: refundObject(refund) } : refused(missing('refund', idOf(req), 404))
}

/** Disputes of one intent or charge, or of all. */
export function listDisputes(req: Request, deps: Deps): Answer {
  return listParts(req, deps, disputesOf, ({ disputeId }) => disputeId, disputeObject, '/v1/disputes')
}

export function showDispute(req: Request, { ledger }: Deps): Answer {
  const dispute = findDispute(idOf(req), ledger)
  return dispute
    ? { status: 200, body: disputeObject(dispute) }
    : refused(missing('dispute', idOf(req), 404, 'dispute'))
}

function listParts<T extends Part>(
  req: Request,
  deps: Deps,
  partsOf: (intent: Intent) => T[],
  partId: (part: T) => string,
  show: (part: T) => object,
  url: string,
): Answer {
  const read = readQuery(query, req.query)
  if (!read.ok) return refused(read.refusal)
  const parts = intentsFor(read.data, deps).flatMap(partsOf)
  const wanted = parts.filter((part) => isWithin(seconds(madeAt(part)), read.data.created))
  return answered(
    pageOf(
      wanted.sort((a, b) => madeAt(b) - madeAt(a)),
      read.data,
      partId,
      show,
      url,
    ),
  )
}

const madeAt = ({ madeAt, at }: Part) => madeAt ?? at

function intentsFor({ payment_intent: id, charge }: z.infer<typeof query>, { ledger }: Deps): Intent[] {
  if (id === undefined && charge === undefined) return [...ledger.intents()]
  const intent = id === undefined ? ledger.findIntentOf(charge ?? '') : ledger.findIntent(id)
  return intent ? [intent] : []
}
