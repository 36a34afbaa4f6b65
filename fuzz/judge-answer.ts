import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Document, Reply, Route, Schema } from './document.ts'
import type { Answer } from './read-answers.ts'
import type { Request } from './request.ts'

/** Says what is wrong with an answer by the document; nothing when all is as promised. */
type JudgeAnswer = (request: Request, answer: Answer) => string[]

const PROBLEM = 'application/problem+json'
const STREAM = 'text/event-stream'

/** `takes` tells whether a body is one that the route would take. */
export type Judge = { answer: JudgeAnswer; takes(route: Route, body: Buffer): boolean }

/** What no answer may tell: the admin token, and paths of the machine. */
export type Secrets = { token: string; places: string[] }

export function createJudge({ routes, schemas }: Document, secrets: Secrets): Judge {
  const check = createCheck(schemas)
  const common = statusesOfAll(routes)
  const answer: JudgeAnswer = (request, answer) => {
    const { reply, refusals } = promiseFor(request, answer.status, routes, common)
    const text = answer.body.toString()
    return [
      ...(answer.status >= 500 ? [`${answer.status}, though nothing is away: ${text.slice(0, 300)}`] : []),
      ...(reply === undefined && !refusals.has(answer.status) ? [`status ${answer.status} is not documented`] : []),
      ...typeFaults(request, answer, reply, check),
      ...headerFaults(answer, reply),
      ...leaksIn(request, answer, secrets),
    ]
  }
  return { answer, takes: (route, body) => route.body !== null && check(route.body, asJson(body.toString())) === null }
}

type Check = (schema: Schema, value: unknown) => string | null

function createCheck(schemas: Record<string, Schema>): Check {
  const ajv = new Ajv2020({ strict: false, logger: false, formats: { 'date-time': isDateTime } })
  ajv.addSchema({ $id: 'document', components: { schemas } })
  const compiled = new Map<Schema, ValidateFunction>()
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(anchored(schema))
    compiled.set(schema, validate)
    return validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: 'it' })
  }
}

const isDateTime = (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text))

/** The references of a document are read within it. */
function anchored(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'))
}

/** What all routes may answer can come to anything, so also to what is none of them. Doors for gateways stand in no document. */
function statusesOfAll(routes: Route[]): Set<number> {
  const documented = routes.filter(({ path }) => !path.startsWith('/webhooks/'))
  const [first, ...others] = documented.map(({ replies }) => new Set(replies.keys()))
  return new Set([...(first ?? [])].filter((status) => others.every((some) => some.has(status))))
}

const NOWHERE = [404, 405]
const NOT_HTTP = [413] // chunk extensions without end; anyone may send them anywhere

/** `reply` is what the route promises under the status; `refusals` are the other statuses that are in order. */
function promiseFor({ wish, method, target }: Request, status: number, routes: Route[], common: Set<number>) {
  const isCrooked = wish.sending.kind === 'crooked'
  const documented = routes.filter((route) => isAt(route.path, target))
  const asked = method === 'HEAD' ? 'GET' : method
  const reply = documented.find((route) => route.method === asked)?.replies.get(status)
  const isElsewhere = !documented.some((route) => route.method === asked)
  const refusals = new Set([...common, ...(isElsewhere || isCrooked ? NOWHERE : []), ...(isCrooked ? NOT_HTTP : [])])
  if (method === 'OPTIONS' || isCrooked) refusals.add(204)
  return { reply, refusals }
}

function isAt(path: string, target: string): boolean {
  const [place = ''] = target.split('?')
  const pattern = path.replace(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${pattern}/?$`, 'i').test(place)
}

function typeFaults({ method }: Request, answer: Answer, reply: Reply | undefined, check: Check): string[] {
  const { status, headers, body } = answer
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  if (body.length === 0 && (method === 'HEAD' || status === 204 || reply?.content.size === 0)) return []
  if (status >= 400 && type !== PROBLEM) return [`a refusal as ${type || 'nothing'}, not ${PROBLEM}`]
  const schema = reply?.content.get(type)
  if (reply !== undefined && schema === undefined) return [`media type ${type || 'none'} is not documented`]
  if (type === STREAM) return schema === undefined ? [] : eventFaults(body.toString(), schema, check)
  const said = type.endsWith('json') ? asJson(body.toString()) : body.toString()
  if (status >= 400 && !tellsStatus(said, status)) return [`the problem does not tell its status ${status}`]
  const fault = schema === undefined ? null : check(schema, said)
  return fault === null ? [] : [`the body is not as documented: ${fault}`]
}

const tellsStatus = (json: unknown, status: number) =>
  typeof json === 'object' && json !== null && 'status' in json && json.status === status

/** Of each event that has arrived whole. */
function eventFaults(text: string, schema: Schema, check: Check): string[] {
  const events = text.split('\n\n').slice(0, -1)
  const data = events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])
  const faults = data.map((json) => check(schema, asJson(json))).filter((fault) => fault !== null)
  return [...new Set(faults)].map((fault) => `an event is not as documented: ${fault}`)
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A refusal that is to say what to do now must say it. */
function headerFaults({ status, headers }: Answer, reply: Reply | undefined): string[] {
  if (status < 400 || reply === undefined) return []
  return reply.headers.filter((name) => !headers.has(name.toLowerCase())).map((name) => `the header ${name} is missing`)
}

const STACK = /\n\s+at .+:\d+:\d+|node:internal|node_modules[/\\]/

/** Where the admin is shown lines of the log: by what it collects, and by the newest message that carries some. */
const OF_LOG = /^\/api\/admin\/(logs|events)\b/

/** The shop's log may tell the admin where files are and what was thrown; the rest may not. */
function leaksIn({ target }: Request, { headers, body }: Answer, { token, places }: Secrets): string[] {
  const text = body.toString()
  if (text.includes(token)) return ['the answer tells the admin token']
  if (OF_LOG.test(target) || headers.get('content-type')?.startsWith(STREAM)) return []
  return [
    ...(places.some((place) => text.includes(place)) ? ['the answer tells a path of the machine'] : []),
    ...(STACK.test(text) ? ['the answer tells a stack trace'] : []),
  ]
}
