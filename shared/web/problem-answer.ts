import { z } from 'zod'

/** A refusal, RFC 9457: https://www.rfc-editor.org/rfc/rfc9457 */
export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})
