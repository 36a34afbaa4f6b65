import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { Unfixable } from '../../shared/events.ts'
import { cloudEventOf, fromCloudEvent } from '../../shared/protocol/cloud-event.ts'
import { eventNames } from '../../shared/routes.ts'
import { sendersOf } from '../../shared/senders.ts'
import { samples } from '../event-samples.ts'

const SHOP = 'https://shop.example'
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
const AT = Date.UTC(2026, 10, 26, 21, 5, 0, 123)

describe('an event told to the world', () => {
  it('is a CloudEvent 1.0 in structured mode', () => {
    const id = uuidv7()
    const event = { id, name: 'stock.released', subject: 'o-1', at: AT, data: { number: 'OL-1000001' } } as const

    expect(cloudEventOf(event, 'inventory', SHOP)).toEqual({
      ...{ specversion: '1.0', id, subject: 'o-1', time: '2026-11-26T21:05:00.123Z' },
      ...{ source: 'https://shop.example/events#inventory', type: 'orderline.stock.released' },
      ...{ dataschema: 'https://shop.example/schemas/stock.released/v1', datacontenttype: 'application/json' },
      data: { number: 'OL-1000001' },
    })
  })

  it.each(eventNames)('is the same %s when it is read back', (name) => {
    const event = { id: uuidv7(), name, subject: uuidv7(), at: AT, data: samples[name], traceparent: TRACE }

    const told = cloudEventOf(event, sendersOf(name)[0] ?? 'order', SHOP)

    expect(fromCloudEvent(JSON.parse(JSON.stringify(told)))).toEqual(event)
  })

  it('has attributes whose names every protocol can carry', () => {
    const event = { id: uuidv7(), name: 'stock.released', subject: 'o', at: AT, data: {}, traceparent: TRACE } as const
    const names = Object.keys(cloudEventOf(event, 'inventory', SHOP))

    expect(names.filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([])
  })
})

describe('what is no event of ours', () => {
  const data = samples['stock.released']
  const good = cloudEventOf({ id: 'a', name: 'stock.released', subject: 'o', at: AT, data }, 'inventory', SHOP)

  it.each([
    ['no object', null],
    ['another specversion', { ...good, specversion: '0.3' }],
    ['no id', { ...good, id: '' }],
    ['another’s type', { ...good, type: 'com.example.stock.released' }],
    ['an unknown event', { ...good, type: 'orderline.stock.stolen' }],
    ['a version nobody here knows', { ...good, dataschema: `${SHOP}/schemas/stock.released/v2` }],
    ['data that it cannot have', { ...good, data: {} }],
    ['a time that is none', { ...good, time: 'yesterday' }],
  ])('is refused: %s', (_what, told) => {
    expect(() => fromCloudEvent(told)).toThrow(Unfixable)
  })
})
