import { z } from 'zod'
import { upcast, versionOf } from '../event-versions.ts'
import { events, Unfixable } from '../events.ts'
import { type EventName, isEventName, receiversOf, type Service } from '../routes.ts'
import { MAX_CHARACTERS, parseContent } from './envelope.ts'

/** What is wrong with which field of a message. */
export type Fault = { field: string; message: string }

/** All that keeps a text from being a message that a service can handle, field by field; none where it is one. */
export function faultsIn(text: string, service: Service): Fault[] {
  if (text.length > MAX_CHARACTERS) return [{ field: '', message: `must have at most ${MAX_CHARACTERS} characters` }]
  try {
    const { name, v = 1, data } = parseContent(text)
    if (!isEventName(name)) return [{ field: 'name', message: 'is no event of this shop' }]
    if (!receiversOf(name).includes(service)) return [{ field: 'name', message: `is not heard by ${service}` }]
    if (v > versionOf(name)) return [{ field: 'v', message: `must be at most ${versionOf(name)}` }]
    return faultsOfData(name, v, data)
  } catch (error) {
    if (error instanceof Unfixable) return [{ field: '', message: 'must be valid JSON' }]
    if (error instanceof z.ZodError) return error.issues.map((issue) => faultOf(issue))
    throw error
  }
}

function faultsOfData(name: EventName, v: number, data: unknown): Fault[] {
  const parsed = events[name].safeParse(v < versionOf(name) ? upcast(name, data, v) : data)
  return parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, 'data'))
}

function faultOf({ path, message }: z.core.$ZodIssue, ...above: string[]): Fault {
  return { field: [...above, ...path].join('.'), message }
}
