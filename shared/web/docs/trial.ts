import type { Described } from './document.ts'
import { requests } from './requests.ts'
import type { Trial } from './trial-told.ts'
import { variableFor, variables } from './variables.ts'

/** What the page is told of an endpoint so that it can be asked there. */
export function trialOf(endpoint: Described): Trial {
  const { id, method, path, schemes, requestBody, parameters, answer } = endpoint
  const request = requests[id] ?? {}
  const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
  const hasQuery = parameters.some((one) => one.in === 'query')
  return {
    method,
    path,
    names: Object.fromEntries(names.map((name) => [name, request.path?.[name] ?? variableFor(name, path)])),
    query: hasQuery ? (request.query ?? '') : null,
    key: request.headers?.['order-key'] ?? (schemes.includes('orderKey') ? '$KEY' : null),
    body: requestBody === undefined ? null : JSON.stringify(request.body ?? {}, null, 2),
    isStream: 'text/event-stream' in answer.content,
    opens: OPENED_BY.get(schemes[0] ?? '') ?? 'anyone',
    gives: given(id),
  }
}

const OPENED_BY = new Map<string, Trial['opens']>([
  ['session', 'customer'],
  ['admin', 'admin'],
])

function given(id: string): Record<string, string> {
  const found = Object.entries(variables).flatMap(([name, place]) =>
    place?.from === id ? [[name, place.field] as const] : [],
  )
  return Object.fromEntries(found)
}
