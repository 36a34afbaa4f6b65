import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { versionOf } from '../../shared/event-versions.ts'
import { Unfixable } from '../../shared/events.ts'
import { type Head, parseMessage, peekId, peekStamp, writeEnvelope } from '../../shared/protocol/envelope.ts'
import { ORDER } from '../protocol-bed.ts'

const odd = [
  ...[
    '',
    '"',
    '\\',
    '\\"',
    '\\\\"',
    '}',
    ',"stamp":1,',
    '"stamp":1795713491716',
    '{"id":"other","stamp":1795713491716,',
  ],
  ...['__proto__', 'id', 'stamp', 'data', '\u0000', '\u2028', '\ud83d', '😀', 'ﷺ', '</script>', 'long '.repeat(20_000)],
]
const payloads = odd.flatMap((text) => [
  { [text]: text },
  { id: text, stamp: 1, data: { id: text, stamp: 1_795_713_491_716 } },
  [text, [text]],
  text,
])
const head = (more: Partial<Head> = {}): Head => ({
  ...{ id: uuidv7(), stamp: Date.now(), name: 'order.placed', subject: uuidv7(), at: Date.now(), attempt: 1 },
  ...more,
})
const heads = odd.flatMap((text) => [
  head(),
  head({ name: text, subject: text, traceparent: text }),
  head({ attempt: 8, solo: true }),
])

describe('what is written as a list element', () => {
  it('can be peeked into, whatever it carries', () => {
    for (const payload of payloads)
      for (const one of heads) {
        const element = writeEnvelope(one, JSON.stringify(payload))

        expect([peekId(element), peekStamp(element)]).toEqual([one.id, one.stamp])
      }
  })

  it('is what it was when it is parsed', () => {
    for (const payload of payloads)
      expect(JSON.parse(writeEnvelope(head({ id: 'm' }), JSON.stringify(payload)))).toMatchObject({
        ...{ id: 'm', data: payload },
      })
  })

  it.each(odd.filter((text) => text.length < 64))('is the same message when it is read, with %j in it', (text) => {
    const customer = { name: text, email: text }
    const newest = head({ traceparent: text, v: versionOf('order.placed') })
    const message = { ...newest, data: { ...ORDER, customer, paymentMethod: `pm_${text}` } }

    expect(parseMessage(writeEnvelope(message, JSON.stringify(message.data)))).toEqual(message)
  })
})

describe('what we have not written', () => {
  it.each([
    ...['', 'null', '7', '[]', '{}', 'garbage', '"', '{"id":', '{"id":""}', '{"id":7,"stamp":1795713491716,'],
    ...['{"stamp":1795713491716,"id":"m"}', ' {"id":"m","stamp":1795713491716,', `{"id":"${'m'.repeat(65)}"`],
    '{"data":{"id":"m","stamp":1795713491716,',
  ])('tells neither id nor stamp: %s', (element) => {
    expect([peekId(element), peekStamp(element)]).toEqual([null, null])
    expect(() => parseMessage(element)).toThrow(Unfixable)
  })

  it.each(['{"id":"m","na', '{"id":"m","stamp":17957134', '{"id":"m","stamp":"soon"}', '{"id":"m","stamp":1e308,'])(
    'tells its id, and no stamp, where it is torn or wrong after that: %s',
    (element) => {
      expect([peekId(element), peekStamp(element)]).toEqual(['m', null])
    },
  )
})
