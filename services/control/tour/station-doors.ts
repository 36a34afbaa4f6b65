import type { z } from 'zod'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../../shared/web/http.ts'
import { unavailable } from '../../../shared/web/problem.ts'
import type { PartDeps } from './part.ts'

type Page = { page: string; action: string }

/**
 * What can be asked of a station: `read` tells what it has measured, `act` begins something, and `mend` takes back all that it has
 * begun, when the page that asked for it wants that, or has gone.
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
  mend(): Promise<unknown>
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
      const asked = parseBody(body, req.body)
      if (!tour.isThere(asked.page))
        throw new Problem(409, 'Conflict', 'No such page follows the tour: nobody would mend it.')
      tour.debts.owe(asked.page, id, mend)
      log.warn({ station: id, action: asked.action }, 'tour.station')
      res.status(202).json(await act(asked).catch(refuse))
    },
  }
}

/** What it needs and cannot have is told as what it is: away for a while. */
function refuse(error: unknown): never {
  if (error instanceof Problem) throw error
  throw unavailable(error instanceof Error ? error.message : String(error))
}
