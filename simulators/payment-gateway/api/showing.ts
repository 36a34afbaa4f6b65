import { z } from 'zod'
import type { Request } from '../../../shared/web/http.ts'
import { inside, type View } from '../objects/shown.ts'
import { refused } from './answer-once.ts'
import { type Answer, viewOf } from './answer-to.ts'
import type { pageOf } from './page-of.ts'
import type { Deps } from './stripe-routes.ts'

/** Answers a GET. */
export type Showing = (req: Request, deps: Deps) => Answer

export const expand = z.array(z.string()).optional()

export const idOf = ({ params }: Request) => String(params.id)

export const viewFor = ({ query }: Request, { ledger, place }: Deps): View => viewOf(ledger, place.base, query)

/** Lists are expanded by `data.…`. */
export const listed = (req: Request, deps: Deps): View => inside(viewFor(req, deps), 'data')

export const answered = (found: ReturnType<typeof pageOf>): Answer =>
  'error' in found ? refused(found) : { status: 200, body: found }
