import { z } from 'zod'
import { alertKind } from '../../../shared/live-events.ts'

/** How an alert stands, as whoever has its code is told: never to whom it belongs. */
export const alertAnswer = z.object({
  sku: z.string(),
  name: z.string().describe('What the product is called'),
  kind: alertKind,
  state: z.enum(['asked', 'confirmed', 'told', 'stopped']).describe('told: the one mail is on its way, or was sent'),
  isToConfirm: z.boolean().describe('It waits to be confirmed, and this code can do that'),
})

export type AlertAnswer = z.infer<typeof alertAnswer>
