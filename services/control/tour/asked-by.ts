import type { z } from 'zod'
import { Problem, parseBody, type Request } from '../../../shared/web/http.ts'
import type { Tour } from './tour.ts'

/** What a page of the tour asks for. Refused with a 409 unless that page is there: nobody would mend what it breaks. */
export function askedBy<Asked extends { page: string }>(
  req: Request,
  body: z.ZodType<Asked>,
  { isThere }: Pick<Tour, 'isThere'>,
): Asked {
  const asked = parseBody(body, req.body)
  if (!isThere(asked.page)) throw new Problem(409, 'Conflict', 'No such page follows the tour: nobody would mend it.')
  return asked
}
