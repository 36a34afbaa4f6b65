import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { Answer, Endpoint } from './endpoint.ts'
import { problemAnswer } from './problem-answer.ts'

export type Schema = z.core.JSONSchema.BaseSchema
export type Content = Record<string, { schema: Schema }>
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }
export type Reply = { description: string; headers?: object; content?: Content }

export type Operation = {
  summary: string
  tags: string[]
  security?: Record<string, string[]>[]
  parameters: Parameter[]
  requestBody?: { required: true; content: Content }
  responses: Record<string, Reply>
}

export type OpenApi = {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  paths: Record<string, Partial<Record<Endpoint['method'], Operation>>>
  components: object
}

/** Describes the endpoints: https://spec.openapis.org/oas/v3.1.0 From the very schemas that they check with. */
export function openApiOf(endpoints: Endpoint[]): OpenApi {
  const paths: OpenApi['paths'] = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) }
  }
  const schemas = { Problem: schemaOf(problemAnswer, 'output') }
  const admin = { type: 'http', scheme: 'bearer', description: 'The ADMIN_TOKEN the shop was started with.' }
  return { openapi: '3.1.0', info: INFO, paths, components: { schemas, securitySchemes: { admin } } }
}

const INFO = {
  title: 'Orderline',
  version: '1',
  description: 'Takes orders and tells their story. Money is in integer cents, time in UTC.',
}

/** What any request can be refused with, whatever it asks for. */
export const COMMON_REFUSALS = [400, 405, 408, 417, 431, 500]

function refusalsOf({ method, isAdmin, query, body, problems }: Endpoint): number[] {
  return [
    ...COMMON_REFUSALS,
    ...(isAdmin ? [401, 403] : []),
    ...(method === 'post' ? [413] : []),
    ...(body ? [415, 422] : []),
    ...(query ? [422] : []),
    ...problems,
  ]
}

function operationOf(endpoint: Endpoint): Operation {
  const { what, isAdmin = false, path, query, headers, body, answer } = endpoint
  return {
    summary: what,
    tags: [isAdmin ? 'admin' : 'shop'],
    ...(isAdmin && { security: [{ admin: [] }] }),
    parameters: [...pathParameters(path), ...parametersOf('query', query), ...parametersOf('header', headers)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      [answer.status]: replyOf(answer),
      ...Object.fromEntries(refusalsOf(endpoint).map((status) => [status, refusalOf(status)])),
    },
  }
}

function pathParameters(path: string): Parameter[] {
  const names = [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? [])
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function parametersOf(place: 'query' | 'header', schemas: z.ZodObject | undefined): Parameter[] {
  const { properties = {}, required = [] } = schemas ? schemaOf(schemas, 'input') : {}
  return Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === 'boolean' ? [] : [{ name, in: place, required: required.includes(name), schema }],
  )
}

function replyOf({ what, schema, mediaType = 'application/json', headers = {} }: Answer): Reply {
  return {
    description: what,
    ...describedHeaders(headers),
    ...(schema && { content: { [mediaType]: { schema: schemaOf(schema, 'output') } } }),
  }
}

const TEXT = { type: 'string' }

function refusalOf(status: number): Reply {
  const schema = { $ref: '#/components/schemas/Problem' }
  const content = { 'application/problem+json': { schema } }
  const headers = describedHeaders(REFUSAL_HEADERS[status] ?? {})
  return { description: STATUS_CODES[status] ?? 'Refused', ...headers, content }
}

const REFUSAL_HEADERS: Record<number, Record<string, string>> = {
  401: { 'WWW-Authenticate': 'How to say who you are' },
  405: { Allow: 'The methods that go here' },
  415: { 'Accept-Post': 'The media type that goes here' },
}

function describedHeaders(headers: Record<string, string>): { headers?: object } {
  const described = Object.entries(headers).map(([name, description]) => [name, { description, schema: TEXT }])
  return described.length > 0 ? { headers: Object.fromEntries(described) } : {}
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => dropNoise(jsonSchema) })
  return rest
}

/** That an integer is one JavaScript can count to, and how a date is spelled, goes without saying. */
function dropNoise(schema: Schema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.format === 'date-time') delete schema.pattern
}
