import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { refuse } from '../demo/refuse.ts'
import { askedBy } from './asked-by.ts'
import type { PartDeps } from './part.ts'

const GRACE_MS = 15_000

type Page = { page: string; action: string }

/**
 * What can be asked of a station: `read` tells what it has measured, `act` begins something, and `mend` takes back what it has broken,
 * when the page that asked for it wants that; and where that page has gone, all that it has begun.
 */
type Station<Asked extends Page, Begun, Told> = {
  id: string
  /** Of the two, after `Show` and as they are. */
  what: { shown: string; done: string }
  body: z.ZodType<Asked>
  begun: z.ZodType<Begun>
  told: z.ZodType<Told>
  act(asked: Asked): Promise<Begun>
  read(): Told
  mend(isGone: boolean): Promise<unknown>
}

/** `GET` and `POST /api/admin/tour/<id>`. Only in the demo. */
export function stationDoors<Asked extends Page, Begun, Told>(
  station: Station<Asked, Begun, Told>,
  deps: Pick<PartDeps, 'tour' | 'log'>,
): Endpoint[] {
  return [showDoor(station), actDoor(station, deps)]
}

function showDoor<Asked extends Page, Begun, Told>({ id, what, told, read }: Station<Asked, Begun, Told>): Endpoint {
  return {
    method: 'get',
    path: `/api/admin/tour/${id}`,
    what: `Show ${what.shown} (only in the demo)`,
    isAdmin: true,
    answer: { status: 200, what: 'As it is counted now', schema: told },
    problems: [],
    serve: (_req, res) => void res.json(read()),
  }
}

function actDoor<Asked extends Page, Begun, Told>(
  { id, what, body, begun, act, mend }: Station<Asked, Begun, Told>,
  { tour, log }: Pick<PartDeps, 'tour' | 'log'>,
): Endpoint {
  return {
    method: 'post',
    path: `/api/admin/tour/${id}`,
    what: `${what.done} (only in the demo)`,
    isAdmin: true,
    body,
    answer: { status: 202, what: 'It has begun', schema: begun },
    problems: [409],
    serve: async (req, res) => {
      const asked = askedBy(req, body, tour)
      oweMending(asked.page, id, mend, tour)
      log.warn({ station: id, action: asked.action }, 'tour.station')
      res.status(202).json(await act(asked).catch(refuse))
    },
  }
}

/**
 * A page may seem to have gone because the door by which it comes was killed, which is one of the things that are tried: all that was
 * begun for it is ended only when it does not come back, and nobody else is at the station meanwhile: their leaving ends all of it.
 */
export function oweMending(
  page: string,
  id: string,
  mend: (isGone: boolean) => Promise<unknown>,
  tour: Pick<PartDeps['tour'], 'isThere' | 'debts'>,
  graceMs = GRACE_MS,
): void {
  const mendLater = async () => {
    await delay(graceMs, undefined, { ref: false })
    if (tour.isThere(page)) oweMending(page, id, mend, tour, graceMs)
    else if (!tour.debts.isOwed(id)) await mend(true)
  }
  tour.debts.owe(page, id, async () => {
    await mend(false)
    if (!tour.isThere(page)) mendLater().catch(() => {}) // what is away has nothing to be ended
  })
}
