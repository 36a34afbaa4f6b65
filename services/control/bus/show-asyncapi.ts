import { z } from 'zod'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { PUBLIC } from '../../../shared/web/safe-headers.ts'
import { asyncApi } from './asyncapi.ts'

/** `GET /asyncapi.json`: the events, the lists they travel through, and who sends and hears them, for machines. */
export function showAsyncApi(): Endpoint {
  const document = asyncApi()
  return {
    method: 'get',
    path: '/asyncapi.json',
    what: 'Describe the events and their lists: AsyncAPI 3.0',
    answer: { status: 200, what: 'The document', schema: z.looseObject({ asyncapi: z.string() }) },
    problems: [],
    serve: (_req, res) => void res.set(PUBLIC).json(document),
  }
}
