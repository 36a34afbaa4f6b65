import { z } from 'zod'
import { type Express, Problem } from '../shared/web/http.ts'
import { readJson } from '../shared/web/read-body.ts'

/** Share of requests, 0 (none) to 1 (all). */
export const share = z.number().min(0).max(1)
/** How long to hold each request, in ms. */
export const delayMs = z.int().min(0).max(60_000)

/**
 * Adds `GET /_switches` (the current values) and `POST /_switches` (JSON with the values to change, answered
 * with all of them; 400 problem+json when a value or a name is wrong). `switches` is changed in place.
 * `onChange` runs after a change.
 */
export function mountSwitches<T extends object>(
  app: Express,
  switches: T,
  changes: z.ZodType<Partial<T>>,
  onChange: () => void = () => undefined,
): void {
  app.get('/_switches', (_req, res) => void res.json(switches))
  app.post('/_switches', readJson, (req, res) => {
    const wanted = changes.safeParse(req.body ?? {})
    if (!wanted.success) throw new Problem(400, 'Invalid switches', z.prettifyError(wanted.error))
    Object.assign(switches, wanted.data)
    onChange()
    res.json(switches)
  })
}
