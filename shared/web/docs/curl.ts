import type { Described } from './document.ts'
import type { ExampleRequest } from './example-request.ts'
import { requests } from './requests.ts'
import { VARIABLE, variableFor } from './variables.ts'

const STREAM_S = 2 // of a stream enough to see what comes

/** Whether an endpoint has an example: what is sent to it cannot be made up. */
export function hasExample({ id, requestBody }: Described): boolean {
  return requestBody === undefined || requests[id]?.body !== undefined
}

/**
 * The command by which an endpoint is asked in its example, as it is pasted into a shell. `shop` is the address of the shop;
 * http need not be said.
 */
export function curlOf(endpoint: Described, shop: string): string {
  const { method, id } = endpoint
  const request = requests[id] ?? {}
  const isStream = 'text/event-stream' in endpoint.answer.content
  const parts = [
    isStream ? `curl -sN -m ${STREAM_S}` : 'curl -s',
    method === 'get' || (method === 'post' && request.body !== undefined) ? '' : `-X ${method.toUpperCase()}`,
    inDouble(shop.replace(/^http:\/\//, '') + pathOf(endpoint, request)),
    ...headersOf(endpoint, request, shop).map((header) => `-H ${inDouble(header)}`),
    JARS[jarOf(endpoint, request)],
    request.body === undefined
      ? ''
      : `-H 'content-type: application/json' -d ${inSingle(JSON.stringify(request.body))}`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** The path and the query of an example. */
export function pathOf({ path }: Pick<Described, 'path'>, request: ExampleRequest): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => request.path?.[name] ?? variableFor(name, path))
  return filled + (request.query === undefined ? '' : `?${request.query}`)
}

function headersOf({ method, schemes }: Described, { headers = {}, jar }: ExampleRequest, shop: string): string[] {
  const isByCookie = method !== 'get' && (schemes[0] === 'session' || jar === 'sent' || jar === 'renewed')
  const opening = 'order-key' in headers ? undefined : OPENING.get(schemes[0] ?? '')
  return [
    ...(opening === undefined ? [] : [opening]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(isByCookie ? [`origin: ${shop}`] : []), // a cookie alone could be sent by any site
  ]
}

const OPENING = new Map([
  ['admin', '$ADMIN'],
  ['orderKey', 'order-key: $KEY'],
])

const JARS = { none: '', kept: '-c cookies.txt', sent: '-b cookies.txt', renewed: '-b cookies.txt -c cookies.txt' }

function jarOf({ schemes }: Described, { jar }: ExampleRequest): keyof typeof JARS {
  return jar ?? (schemes[0] === 'session' ? 'sent' : 'none')
}

/** In double quotes, between which the shell reads variables; nothing of ours needs more care. */
function inDouble(text: string): string {
  return /[^\w./:-]/.test(text) ? `"${text}"` : text
}

/** In single quotes, between which it reads nothing: variables stand outside of them. */
function inSingle(text: string): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll(VARIABLE, (whole) => `'"${whole}"'`)}'`
}
