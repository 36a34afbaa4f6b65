import fc, { type Arbitrary } from 'fast-check'
import type { Schema } from './document.ts'
import { KEYED, SALE, type Words } from './words.ts'

/** A value that is only chosen when the request is made: one that the shop has said under this name until then. */
export class Heard {
  readonly name: string
  readonly nth: number
  readonly otherwise: unknown
  constructor(name: string, nth: number, otherwise: unknown) {
    this.name = name
    this.nth = nth
    this.otherwise = otherwise
  }
}

/** Values as the schema wants them, as far as it can be told; `name` is what the shop calls them. */
export function valuesOf(schema: Schema, name = ''): Arbitrary<unknown> {
  const made = madeOf(schema, name)
  if (isSet(schema) || schema.type === 'object' || schema.type === 'array' || name === '') return made
  const heard = fc.tuple(fc.nat(), made).map(([nth, otherwise]) => new Heard(name, nth, otherwise))
  return fc.oneof({ weight: 4, arbitrary: heard }, { weight: 1, arbitrary: made })
}

/** One of the ids whose key is known, or any other. */
export const keyedId: Arbitrary<unknown> = fc.nat().map((nth) => new Heard(KEYED, nth, 'nobody'))

/** One of the sales that were heard of, or any other; and the ticket of somebody. */
export const saleId: Arbitrary<unknown> = fc.nat().map((nth) => new Heard(SALE, nth, 'no sale'))
export const heardTicket: Arbitrary<unknown> = fc.nat().map((nth) => new Heard('ticket', nth, 'no ticket'))

/** Puts in what was heard. */
export function filled(value: unknown, words: Words): unknown {
  if (value instanceof Heard) return words.recall(value.name, value.nth) ?? value.otherwise
  if (Array.isArray(value)) return value.map((one) => filled(one, words))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, words)]))
}

const isSet = (schema: Schema) => 'enum' in schema || 'const' in schema || choicesIn(schema).length > 0

function madeOf(schema: Schema, name: string): Arbitrary<unknown> {
  const choices = choicesIn(schema)
  if (choices.length > 0) return fc.oneof(...choices.map((one) => valuesOf(one, name)))
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  if (schema.type === 'object') return objectsOf(schema)
  if (schema.type === 'array') return arraysOf(schema, name)
  if (schema.type === 'integer' || schema.type === 'number') return numbersOf(schema)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  return schema.type === 'string' ? stringsOf(schema) : fc.jsonValue({ maxDepth: 2 })
}

function choicesIn({ anyOf, oneOf }: Schema): Schema[] {
  const choices = anyOf ?? oneOf
  return Array.isArray(choices) ? choices.filter(isSchema) : []
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null
const numberIn = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)

function objectsOf({ properties, required }: Schema): Arbitrary<unknown> {
  const fields = Object.entries(isSchema(properties) ? properties : {})
  const made = fields.map(([name, field]): [string, Arbitrary<unknown>] => {
    const values = valuesOf(isSchema(field) ? field : {}, name)
    const isRequired = Array.isArray(required) && required.includes(name)
    return [name, isRequired ? values : fc.option(values, { nil: undefined })] // undefined is left out of JSON
  })
  return fc.record(Object.fromEntries(made))
}

/** Its elements are called by its name without the plural: `ids` are what was heard as `id`. */
function arraysOf({ items, minItems, maxItems }: Schema, name: string): Arbitrary<unknown> {
  const element = valuesOf(isSchema(items) ? items : {}, name.replace(/s$/, ''))
  const least = numberIn(minItems, 0)
  return fc.array(element, { minLength: least, maxLength: Math.min(numberIn(maxItems, 5), least + 1) })
}

function numbersOf({ minimum, maximum }: Schema): Arbitrary<number> {
  const min = numberIn(minimum, -1_000_000)
  const max = numberIn(maximum, Math.max(min, 1_000_000))
  const [least, most] = [Math.ceil(min), Math.floor(max)] // the bounds themselves may be fractions
  const few = fc.integer({ min: least, max: Math.min(most, least + 3) })
  return fc.oneof(fc.integer({ min: least, max: most }), few, fc.constantFrom(min, max))
}

const MADE_UP_MAX = 64

function stringsOf({ format, pattern, minLength, maxLength }: Schema): Arbitrary<string> {
  if (format === 'email' || format === 'idn-email') return fc.emailAddress()
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  const least = numberIn(minLength, 0)
  const limits = {
    minLength: least,
    maxLength: Math.max(least, Math.min(numberIn(maxLength, MADE_UP_MAX), MADE_UP_MAX)),
  }
  const any = fc.oneof(fc.string({ ...limits, unit: 'grapheme-ascii' }), fc.string({ ...limits, unit: 'grapheme' }))
  return typeof pattern === 'string' && !pattern.includes('\\p') ? fc.stringMatching(new RegExp(pattern)) : any
}
