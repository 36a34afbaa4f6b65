import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { schemaOf, upcast, versionOf } from '../../shared/event-versions.ts'
import { events } from '../../shared/events.ts'
import { type JsonSchema, jsonSchemaOf } from '../../shared/json-schema.ts'
import { envelope, envelopeUpcasts } from '../../shared/protocol/envelope.ts'
import { isEventName } from '../../shared/routes.ts'

/** What one version of an event (or the envelope) is, and data (or list elements) of it as they have been written. */
export type Contract = { schema: JsonSchema; samples: unknown[] }

/** What has contracts: an event, or `envelope`, in the newest version. */
export type Subject = { name: string; version: number; schema: JsonSchema }

export const subjects: Subject[] = [
  ...Object.keys(events)
    .filter(isEventName)
    .map((name) => ({ name, version: versionOf(name), schema: schemaOf(name) })),
  { name: 'envelope', version: 1 + envelopeUpcasts.length, schema: jsonSchemaOf(envelope) },
]

/** The contract of one version; null where there is none yet. */
export function readContract(name: string, version: number): Contract | null {
  const path = pathOf(name, version)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

export const pathOf = (name: string, version: number) => `test/contracts/${name}.v${version}.json`

/** What keeps a subject from its contract, in a sentence that says what to do; null where nothing does. */
export function breachOf({ name, version, schema }: Subject, contract: Contract | null): string | null {
  if (contract === null) return `${name} has no contract for its version ${version}: npm run contracts`
  const changes = changesIn(contract.schema, schema, '')
  if (changes.length > 0)
    return `${name} has changed (${changes.join(', ')}) and is still version ${version}: undo that, or give it version ${version + 1} by an entry in its upcasts, then npm run contracts. See docs/changing-an-event.md`
  if (contract.samples.length === 0)
    return `${name} has a contract without a sample: put data as its service emits them into ${pathOf(name, version)}`
  return null
}

/**
 * Writes the contract of the newest version; one that is there already is only given fields that are optional. A new version
 * begins with the samples of the one before, as it is read now. Returns what keeps it from being right.
 */
export function writeContract({ name, version, schema }: Subject): string | null {
  const before = readContract(name, version)
  const isKept = before === null || changesIn(before.schema, schema, '').length === 0
  const samples = before?.samples ?? samplesBefore(name, version)
  if (isKept) writeFileSync(pathOf(name, version), `${JSON.stringify({ schema, samples }, null, 2)}\n`)
  return breachOf({ name, version, schema }, readContract(name, version))
}

function samplesBefore(name: string, version: number): unknown[] {
  const samples = readContract(name, version - 1)?.samples ?? []
  return isEventName(name) ? samples.map((data) => upcast(name, data, version - 1)) : samples
}

type Json = { [key: string]: unknown }

/** Where a schema says something else than before, apart from fields that may be absent. */
function changesIn(before: unknown, now: unknown, at: string): string[] {
  if (!isJson(before) || !isJson(now)) return isDeepStrictEqual(before, now) ? [] : [at || 'all of it']
  const keywords = new Set([...Object.keys(before), ...Object.keys(now)].filter((key) => !WORDS.has(key)))
  return [...keywords].flatMap((keyword) => {
    if (keyword === 'properties') return changesInFields(before, now, at)
    if (keyword === 'items') return changesIn(before.items, now.items, `${at}[]`)
    return isDeepStrictEqual(before[keyword], now[keyword]) ? [] : [placeOf(at, keyword)]
  })
}

const WORDS = new Set(['title', 'description', 'required']) // words for people; `required` is looked at field by field

function changesInFields(before: Json, now: Json, at: string): string[] {
  const [old, fresh] = [fieldsOf(before), fieldsOf(now)]
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((name) => {
    const place = placeOf(at, name)
    const isNew = !Object.hasOwn(old, name)
    if (isNew) return isRequired(now, name) ? [place] : []
    if (isRequired(before, name) !== isRequired(now, name)) return [place]
    return changesIn(old[name], fresh[name], place)
  })
}

const fieldsOf = ({ properties }: Json) => (isJson(properties) ? properties : {})
const isRequired = ({ required }: Json, name: string) => Array.isArray(required) && required.includes(name)
const placeOf = (at: string, name: string) => (at ? `${at}.${name}` : name)
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
