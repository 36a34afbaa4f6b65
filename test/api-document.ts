import { expect } from '@jest/globals'
import { z } from 'zod'
import { ownerOf } from '../shared/doors.ts'
import { type Recorded, readAnswers } from '../shared/web/docs/answers.ts'
import { type Described, describedIn } from '../shared/web/docs/document.ts'
import { documentsInChinese } from '../shared/web/docs/say.ts'

const media = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }))
const operation = z.object({
  requestBody: z.object({ content: media }).optional(),
  responses: z.record(z.string(), z.object({ content: media.optional() })),
})
const openApi = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
})

/** The document of the API at an address of the shop. */
export async function documentAt(url: string) {
  return openApi.parse(await (await fetch(`${url}/openapi.json`)).json())
}

/** Checks an answer against what the document promises for it. */
export async function keepsPromise(
  url: string,
  method: 'get' | 'post' | 'put',
  path: string,
  answer: Response,
): Promise<void> {
  const { paths, components } = await documentAt(url)
  const promised = paths[path]?.[method]?.responses[answer.status]?.content
  const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
  const schema = promised?.[type]?.schema
  expect({ path, status: answer.status, type, isPromised: schema !== undefined }).toMatchObject({ isPromised: true })
  const whole = schema?.$ref === '#/components/schemas/Problem' ? components.schemas.Problem : schema
  expect(z.fromJSONSchema(whole ?? false).safeParse(await answer.json())).toMatchObject({ success: true })
}

/** `get /path` for every route that the document names. */
export function routesIn({ paths }: Awaited<ReturnType<typeof documentAt>>): string[] {
  return Object.entries(paths).flatMap(([path, of]) => Object.keys(of).map((method) => `${method} ${path}`))
}

/** The routes of the admin that the document names and that answer without the token. */
export async function openToAnyone(url: string): Promise<string[]> {
  const routes = routesIn(await documentAt(url)).map((route) => route.split(' '))
  const open: string[] = []
  for (const [method = '', path = ''] of routes.filter(([, path]) => path?.startsWith('/api/admin/')))
    if ((await fetch(`${url}${path}`, { method })).status !== 401) open.push(`${method} ${path}`)
  return open
}

/** Who owns the doors that the routes of the document are behind. */
export async function ownersIn(url: string): Promise<(string | null)[]> {
  return [...new Set(Object.keys((await documentAt(url)).paths).map(ownerOf))]
}

/**
 * What the docs do not say of the endpoints at an address: an answer that fits what is promised, and every sentence in
 * Chinese.
 */
export async function untold(url: string): Promise<string[]> {
  const whole = await (await fetch(`${url}/openapi.json`)).json()
  const answers = readAnswers()
  return describedIn(Object(whole)).flatMap((endpoint) => [
    ...misfitOf(endpoint, answers[endpoint.id]),
    ...sentencesOf(endpoint).filter((sentence) => !(sentence in documentsInChinese)),
  ])
}

function misfitOf({ id, group, answer }: Described, recorded: Recorded | undefined): string[] {
  if (group === 'tour') return [] // for its page alone, which has to be there meanwhile
  if (recorded === undefined) return [`${id}: no answer`]
  if (recorded.status !== answer.status) return [`${id}: a ${recorded.status}`]
  const schema = answer.content[recorded.type ?? '']?.schema
  const isJson = recorded.body !== undefined
  const fit = isJson ? z.fromJSONSchema(schema ?? false).safeParse(recorded.body) : { success: true, error: null }
  return fit.success ? [] : [`${id}: ${fit.error}`]
}

function sentencesOf({ summary, answer, parameters }: Described): string[] {
  return [summary, answer.description, ...parameters.flatMap(({ schema }) => schema.description ?? [])]
}
