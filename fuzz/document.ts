import { z } from 'zod'

export type Schema = Record<string, unknown>
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }
/** What is promised of one answer: the schema of each media type, null where any body goes, and its headers. */
export type Reply = { content: Map<string, Schema>; headers: string[] }

/** How someone shows who they are: the admin's token, a customer's cookie, or a header that has the key of one thing. */
type Door = { kind: 'token' | 'customer' } | { kind: 'key'; header: string }

export type Route = {
  method: string
  path: string
  parameters: Parameter[]
  body: Schema | null
  /** Its body is a form, and not JSON. */
  isForm?: boolean
  replies: Map<number, Reply>
  doors: Door[]
}

export type Document = { routes: Route[]; schemas: Record<string, Schema> }

const schema = z.record(z.string(), z.unknown())
const content = z.record(z.string(), z.object({ schema: schema.default({}) }))
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: schema.default({}),
})
const scheme = z.union([
  z.object({ type: z.literal('http'), scheme: z.literal('bearer') }),
  z.object({ type: z.literal('apiKey'), in: z.enum(['header', 'cookie']), name: z.string() }),
])
const operation = z.object({
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content }).optional(),
  security: z.array(z.record(z.string(), z.unknown())).default([]),
  responses: z.record(
    z.string().regex(/^\d{3}$/),
    z.object({ content: content.default({}), headers: z.record(z.string(), z.unknown()).default({}) }),
  ),
})
const openApi = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), schema).default({}),
    securitySchemes: z.record(z.string(), scheme).default({}),
  }),
})

type Operation = z.infer<typeof operation>
type Schemes = z.infer<typeof openApi>['components']['securitySchemes']

/** What the documents of these programs promise, together. Throws when one is not as a document has to be. */
export async function readDocuments(urls: string[]): Promise<Document> {
  const documents = await Promise.all(urls.map(readDocument))
  const routes = documents.flatMap(routesOf)
  return {
    routes: [...new Map(routes.map((route) => [`${route.method} ${route.path}`, route])).values()],
    schemas: Object.assign({}, ...documents.map(({ components }) => components.schemas)),
  }
}

async function readDocument(url: string) {
  const response = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(5_000) })
  return openApi.parse(await response.json())
}

function routesOf({ paths, components: { securitySchemes } }: z.infer<typeof openApi>): Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters,
      body: operation.requestBody?.content['application/json']?.schema ?? null,
      replies: repliesOf(operation),
      doors: operation.security.flatMap((one) => doorsOf(Object.keys(one), securitySchemes)),
    })),
  )
}

function repliesOf({ responses }: Operation): Map<number, Reply> {
  const pairs = Object.entries(responses).map(([status, { content, headers }]): [number, Reply] => [
    Number(status),
    {
      content: new Map(Object.entries(content).map(([type, { schema }]) => [type, schema])),
      headers: Object.keys(headers),
    },
  ])
  return new Map(pairs)
}

function doorsOf(names: string[], schemes: Schemes): Door[] {
  return names.map((name) => {
    const scheme = schemes[name]
    if (scheme === undefined) throw new Error(`the document has no security scheme ${name}`)
    if (scheme.type === 'http') return { kind: 'token' }
    return scheme.in === 'cookie' ? { kind: 'customer' } : { kind: 'key', header: scheme.name }
  })
}
