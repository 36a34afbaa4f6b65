import { expect, it } from '@jest/globals'
import pino from 'pino'
import type { Message } from '../../shared/events.ts'
import { tellFacts } from '../../shared/protocol/facts.ts'
import { samples } from '../event-samples.ts'

it('the line of an order that a sale has let in has its number, by which the log is held against the books', () => {
  const told: unknown[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void told.push(JSON.parse(line)) })
  const message: Message = {
    ...{ id: 'm', name: 'entry.admitted', subject: 'o', at: Date.now(), stamp: 1, attempt: 1 },
    data: samples['entry.admitted'],
  }
  const placed = samples['order.placed']

  tellFacts([{ message }], [{ name: 'order.placed', subject: 'o', data: placed }], { log, handlers: {} })

  expect(told).toMatchObject([{ msg: 'order.placed', event: 'entry.admitted', subject: 'o', order: placed.number }])
})
