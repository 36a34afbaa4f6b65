import { Parser } from '@asyncapi/parser'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { asyncApi } from '../../services/control/bus/asyncapi.ts'
import { queueKey } from '../../shared/keys.ts'
import { elementOf } from '../../shared/protocol/element.ts'
import { storable } from '../../shared/protocol/event-store.ts'
import { type EventName, eventNames, queuesOf, receiversOf } from '../../shared/routes.ts'
import { sendersOf } from '../../shared/senders.ts'
import { samples } from '../event-samples.ts'

const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApi()))
const operations = () =>
  (document?.operations().all() ?? []).map((operation) => ({
    isSend: operation.isSend(),
    service: operation.extensions().get('x-service')?.value<string>(),
    channel: operation.channels().all()[0]?.address(),
    events: operation
      .messages()
      .all()
      .map((message) => message.id()),
  }))

describe('the AsyncAPI document', () => {
  it('is one', () => {
    const complaints = diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')
    expect(complaints.map(({ message, path }) => `${path.join('/')}: ${message}`)).toEqual([])
    expect(document?.version()).toBe('3.0.0')
  })

  it.each(eventNames)('says who sends %s, and who hears it on which list', (event) => {
    const about = operations().filter(({ events }) => events.includes(event))
    const heard = about.filter(({ isSend }) => !isSend)

    const lists = queuesOf(event).map(queueKey).sort()
    expect(heard.map(({ channel }) => channel).sort()).toEqual(lists)
    expect(heard.map(({ service }) => service).sort()).toEqual(receiversOf(event).sort())
    for (const sender of sendersOf(event)) {
      const sends = about.filter(({ isSend, service }) => isSend && service === sender)
      expect(sends.map(({ channel }) => channel).sort()).toEqual(lists)
    }
  })

  it('has every list of the table and no other', () => {
    const lists = new Set(eventNames.flatMap(queuesOf).map(queueKey))
    expect(
      new Set(
        document
          ?.channels()
          .all()
          .map((channel) => channel.address()),
      ),
    ).toEqual(lists)
    expect(lists.size).toBe(13)
  })

  it.each(eventNames)('describes %s as it stands in a list', (event: EventName) => {
    const stored = storable({ name: event, subject: 'an-order', data: samples[event] } as Parameters<
      typeof storable
    >[0])
    const element = JSON.parse(elementOf({ ...stored, attempt: 1, stamp: Date.now(), crashes: 3 }))
    const message = document?.components().messages().get(event)
    const schema = z.fromJSONSchema(message?.payload()?.json() ?? false)

    expect(schema.safeParse(element)).toMatchObject({ success: true })
    expect(schema.safeParse({ ...element, data: undefined }).success).toBe(false)
    expect(schema.safeParse({ ...element, name: 'order.lost' }).success).toBe(false)
  })
})
