import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import {
  createDocument,
  type oas32,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi'
import { dropNoise } from '../json-schema.ts'
import { idOf } from './docs/endpoint-id.ts'
import { groupOf } from './docs/groups.ts'
import type { Answer, Endpoint } from './endpoint.ts'
import { problemAnswer } from './problem-answer.ts'

/** A document of the API. */
export type OpenApi = oas32.OpenAPIObject

/** Describes the endpoints: https://spec.openapis.org/oas/v3.1.0 From the very schemas that they check with. */
export function openApiOf(endpoints: Endpoint[]): OpenApi {
  const paths: ZodOpenApiPathsObject = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) }
  }
  const admin = { type: 'http', scheme: 'bearer', description: 'The ADMIN_TOKEN the shop was started with.' } as const
  const components = { schemas: { Problem: problemAnswer }, securitySchemes: { admin, orderKey, session } }
  return createDocument({ openapi: '3.1.0', info: INFO, paths, components }, { override: dropNoise })
}

const orderKey = {
  type: 'apiKey',
  in: 'header',
  name: 'Order-Key',
  description: 'The `key` that placing the order was answered with. Without it there is no such order.',
} as const

const session = {
  type: 'apiKey',
  in: 'cookie',
  name: 'orderline_session',
  description: 'The cookie that signing in sets; what follows `orderline_` in its name is of each shop.',
} as const

const INFO = {
  title: 'Orderline',
  version: '1',
  description: 'Takes orders and tells their story. Money is in integer cents, time in UTC.',
}

/** What any request can be refused with, whatever it asks for: it is no proper one, or we cannot answer it now. */
export const COMMON_REFUSALS = [400, 405, 408, 417, 431, 500, 503]

function refusalsOf({ method, isAdmin, isOfOrder, isOfCustomer, query, body, problems }: Endpoint): number[] {
  return [
    ...COMMON_REFUSALS,
    ...(isAdmin ? [401, 403, 429] : []),
    ...(isOfOrder ? [403, 404, 429] : []), // two of them are told to who calls themselves the admin
    ...(isOfCustomer ? [401, 403] : []),
    ...(method === 'get' ? [] : [413]),
    ...(body ? [415, 422] : []),
    ...(query ? [422] : []),
    ...problems,
  ]
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const {
    what,
    isAdmin = false,
    isOfOrder = false,
    isOfCustomer = false,
    path,
    query,
    headers,
    body,
    answer,
  } = endpoint
  return {
    operationId: idOf(endpoint.method, path),
    summary: what,
    tags: [groupOf(path)],
    ...(isAdmin && { security: [{ admin: [] }] }),
    ...(isOfOrder && { security: [{ orderKey: [] }, { session: [] }, { admin: [] }] }),
    ...(isOfCustomer && { security: [{ session: [] }] }),
    requestParams: { path: namesIn(path), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      [`${answer.status}`]: replyOf(answer),
      ...Object.fromEntries(refusalsOf(endpoint).map((status) => [status, refusalOf(status)])),
    },
  }
}

function namesIn(path: string): z.ZodObject {
  return z.object(Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, z.string()])))
}

function replyOf({ what, schema, mediaType, others = {}, headers = {} }: Answer): ZodOpenApiResponseObject {
  const asText = Object.entries(others).map(([type, description]) => [type, { schema: { ...TEXT, description } }])
  const content = { [mediaType ?? 'application/json']: { schema: schema ?? {} }, ...Object.fromEntries(asText) }
  return { description: what, ...describedHeaders(headers), ...((schema ?? mediaType) && { content }) }
}

const TEXT = { type: 'string' } as const

function refusalOf(status: number): ZodOpenApiResponseObject {
  const content = { 'application/problem+json': { schema: problemAnswer } }
  const headers = describedHeaders(REFUSAL_HEADERS[status] ?? {})
  return { description: STATUS_CODES[status] ?? 'Refused', ...headers, content }
}

const REFUSAL_HEADERS: Record<number, Record<string, string>> = {
  401: { 'WWW-Authenticate': 'How to say who you are' },
  405: { Allow: 'The methods that go here' },
  415: { 'Accept-Post': 'The media type that goes here' },
  429: {
    'Retry-After': 'Seconds until it may be tried again',
    'RateLimit-Policy': 'Which limit it was: its name, how many there may be, and in how many seconds',
    RateLimit: 'How many are left of it, and in how many seconds it begins anew',
  },
  503: { 'Retry-After': 'Seconds until it may be tried again' },
}

function describedHeaders(headers: Record<string, string>): Pick<ZodOpenApiResponseObject, 'headers'> {
  const described = Object.entries(headers).map(([name, description]) => [name, { description, schema: TEXT }])
  return described.length > 0 ? { headers: Object.fromEntries(described) } : {}
}
