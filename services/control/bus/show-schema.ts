import { z } from 'zod'
import { schemaOf, versionOf } from '../../../shared/event-versions.ts'
import { schemaPathOf } from '../../../shared/protocol/cloud-event.ts'
import { isEventName } from '../../../shared/routes.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { Problem } from '../../../shared/web/problem.ts'
import { PUBLIC } from '../../../shared/web/safe-headers.ts'

const SCHEMA_TYPE = 'application/schema+json'

/** `GET /schemas/<event>/v<n>`: the JSON Schema of what an event carries. */
export function showSchema(): Endpoint {
  return {
    method: 'get',
    path: '/schemas/:event/:version',
    what: 'Show the JSON Schema of what an event carries, as in /schemas/payment.captured/v1',
    answer: { status: 200, what: 'JSON Schema', schema: z.looseObject({}), mediaType: SCHEMA_TYPE },
    problems: [404],
    serve: (req, res) => {
      const { event = '', version } = req.params
      if (typeof event !== 'string' || !isEventName(event) || version !== `v${versionOf(event)}`)
        throw new Problem(404, 'Not found', `There is no schema ${req.path}.`)
      const $id = schemaPathOf(event, versionOf(event))
      res
        .set(PUBLIC)
        .type(SCHEMA_TYPE)
        .json({ $id, title: event, ...schemaOf(event) })
    },
  }
}
