import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'

/** Has every event reached each of its listeners, or is on its way there, and does each effect have its event? */
export function* checkEvents({ events, isAtRest }: Books): Findings {
  for (const { id, name, subject, listener } of events.unheard)
    yield finding('withoutInbox', id, `${name} of ${subject} has not reached ${listener}, and is not on its way`)
  for (const { id, name, subject } of events.doubled) yield finding('eventTwice', id, `${name} of ${subject}`)
  for (const { id, name, subject } of events.unfounded)
    yield finding('withoutEvent', subject, `heard ${name} by ${id}, which is no such event`)
  for (const { subject, name, of } of events.untold)
    yield finding('withoutEvent', subject, `${`${name} ${of}`.trim()} was not told`)
  for (const { id, subject } of events.unnoted)
    yield finding('withoutInbox', id, `told by the gateway of ${subject}, and not noted as told`)
  if (isAtRest)
    for (const { subject, of } of events.unanswered)
      yield finding('untold', subject, `refund ${of} was asked for, and neither made nor refused`)
  for (const { sender, event, queue } of events.empty)
    yield finding('withoutEvent', sender, `row ${event} of its outbox, to ${queue}, is about nothing`)
}
