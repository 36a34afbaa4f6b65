import { z } from 'zod'
import { COMMON_REFUSALS } from '../openapi.ts'
import { idOf } from './endpoint-id.ts'
import { type Group, groupOf } from './groups.ts'
import type { Schema } from './shape.ts'

const schema = z.custom<Schema>()
const content = z.record(z.string(), z.object({ schema })).default({})
const parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), schema })
const operation = z.object({
  summary: z.string(),
  security: z.array(z.record(z.string(), z.unknown())).default([]),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
})

/** As much of the document as the page shows. */
const shown = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
})

export type Parameter = z.infer<typeof parameter>
export type Content = z.infer<typeof content>

/** An endpoint as the page shows it: what it answers when all goes well, and with which statuses it alone refuses. */
export type Described = Omit<z.infer<typeof operation>, 'responses' | 'security'> & {
  id: string
  group: Group
  method: string
  path: string
  /** Who is let in: the names of the schemes, any of which will do. */
  schemes: string[]
  answer: { status: number; description: string; content: Content }
  refusals: number[]
}

/** The endpoints of an OpenAPI document, as they stand there. */
export function describedIn(document: object): Described[] {
  const { paths } = shown.parse(document)
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => describe(method, path, one)),
  )
}

function describe(
  method: string,
  path: string,
  { responses, security, ...rest }: z.infer<typeof operation>,
): Described {
  const all = Object.entries(responses).map(([status, response]) => ({ status: Number(status), ...response }))
  const answer = all.find(({ status }) => status < 400) ?? { status: 200, description: '', content: {} }
  const refusals = all.map(({ status }) => status).filter((one) => one >= 400 && !COMMON_REFUSALS.includes(one))
  const schemes = security.flatMap(Object.keys)
  return { ...rest, id: idOf(method, path), group: groupOf(path), method, path, schemes, answer, refusals }
}
