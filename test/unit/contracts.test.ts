import { afterEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { schemaOf, upcasts, versionOf } from '../../shared/event-versions.ts'
import { events } from '../../shared/events.ts'
import { jsonSchemaOf } from '../../shared/json-schema.ts'
import { parseMessage, writeEnvelope } from '../../shared/protocol/envelope.ts'
import { type EventName, isEventName } from '../../shared/routes.ts'
import { breachOf, pathOf, readContract, type Subject, subjects } from '../contracts/contract.ts'

const versions = subjects.flatMap(({ name, version }) =>
  Array.from({ length: version }, (_, i) => ({ name, v: i + 1 })),
)
const captured = events['payment.captured']
const changed = (schema: z.ZodType): Subject => ({ name: 'payment.captured', version: 1, schema: jsonSchemaOf(schema) })
const contract = () => readContract('payment.captured', 1)

/** The list element with this sample in it: the envelope's own are elements as they are. */
function elementWith(name: string, v: number, sample: unknown): string {
  if (!isEventName(name)) return JSON.stringify(sample)
  const head = { id: uuidv7(), stamp: Date.now(), name, v, subject: uuidv7(), at: Date.now(), attempt: 1 }
  return writeEnvelope(head, JSON.stringify(sample))
}

describe('what services say to each other', () => {
  it.each(subjects)('is what its contract says, or has a new version: $name', (subject) => {
    expect(breachOf(subject, readContract(subject.name, subject.version))).toBeNull()
  })

  it.each(versions)('is understood as it was said in every version: $name v$v', ({ name, v }) => {
    const { schema, samples } = readContract(name, v) ?? { schema: {}, samples: [] }

    expect([pathOf(name, v), samples.length]).not.toEqual([pathOf(name, v), 0])
    for (const sample of samples) {
      expect(z.fromJSONSchema(schema).safeParse(sample)).toMatchObject({ success: true })
      expect(parseMessage(elementWith(name, v, sample)).subject).toBeTruthy()
    }
  })
})

describe('a change without a new version', () => {
  it('is told by the event’s name, and what to do, where a field is called otherwise', () => {
    const { chargeId, ...others } = captured.shape
    const renamed = changed(z.object({ ...others, charge: chargeId }))

    expect(breachOf(renamed, contract())).toMatch(
      /^payment\.captured has changed \(chargeId, charge\) and is still version 1: .*version 2 by an entry in its upcasts, then npm run contracts/,
    )
  })

  it.each([
    ['is gone', captured.omit({ chargeId: true }), 'chargeId'],
    ['is new and must be there', captured.extend({ fee: z.int() }), 'fee'],
    ['need not be there any more', captured.partial({ chargeId: true }), 'chargeId'],
    ['is of another type', captured.extend({ totalCents: z.string() }), 'totalCents.type'],
    ['takes less', captured.extend({ currency: z.enum(['EUR']) }), 'currency.minLength'],
  ])('is no less told where a field %s', (_what, schema, place) => {
    expect(breachOf(changed(schema), contract())).toContain(place)
  })

  it('is none where there is only one more field that may be absent', () => {
    const more = captured.extend({ feeCents: z.int().optional(), bank: z.string().default('none') })

    expect(breachOf(changed(more), contract())).toBeNull()
  })

  it('deep in a list is told by its place', () => {
    const rejected = { name: 'stock.rejected', version: 1 }
    const missing = z.array(z.object({ sku: z.string(), wanted: z.string(), available: z.int() }))
    const schema = jsonSchemaOf(events['stock.rejected'].extend({ missing }))

    expect(breachOf({ ...rejected, schema }, readContract('stock.rejected', 1))).toContain('missing[].wanted.type')
  })
})

describe('an event with versions', () => {
  const name: EventName = 'payment.captured'
  afterEach(() => void delete upcasts[name])
  const v1 = { number: 'OL-1', cents: '1800', currency: 'EUR', charge: 'ch_1' }
  const renamed = (data: unknown) => {
    const { charge, ...others } = z.looseObject({ charge: z.string() }).parse(data)
    return { ...others, chargeId: charge }
  }
  const counted = (data: unknown) => {
    const { cents, ...others } = z.looseObject({ cents: z.coerce.number() }).parse(data)
    return { ...others, totalCents: cents }
  }

  it('is read from any of them, step by step', () => {
    upcasts[name] = [renamed, counted]
    const newest = { number: 'OL-1', totalCents: 1_800, currency: 'EUR', chargeId: 'ch_1' }

    expect(versionOf(name)).toBe(3)
    for (const [v, said] of [v1, renamed(v1), newest].entries())
      expect(parseMessage(elementWith(name, v + 1, said))).toMatchObject({ v: 3, data: newest })
  })

  it('is passed on as it was said by who knows only older ones', () => {
    const said = { number: 'OL-1', gift: { wrap: true } }
    const element = elementWith(name, 2, said)
    const message = parseMessage(element)

    expect(writeEnvelope(message, JSON.stringify(message.data))).toBe(element)
    expect(() => parseMessage(elementWith(name, 2, 'garbage'))).toThrow('invalid payment.captured')
  })

  it('is no message where it is not what its version says', () => {
    upcasts[name] = [renamed]

    expect(() => parseMessage(elementWith(name, 1, { number: 'OL-1' }))).toThrow(
      'invalid payment.captured: it cannot be read as its version 1',
    )
  })

  it('is asked for a contract of its newest one', () => {
    upcasts[name] = [renamed]

    expect(breachOf({ name, version: versionOf(name), schema: schemaOf(name) }, readContract(name, 2))).toBe(
      'payment.captured has no contract for its version 2: npm run contracts',
    )
  })
})
