import type { Emit } from '../handler.ts'
import type { Ready } from './apply.ts'

/** Hands the trace of each message on to the events that follow from it. */
export function tracing(batch: Ready[], emit: Emit): Emit {
  const traced = batch.filter(({ message }) => message.traceparent !== undefined)
  const traces = new Map(traced.map(({ message }) => [message.subject, message.traceparent]))
  return (event) => {
    const traceparent = traces.get(event.subject)
    emit(traceparent === undefined ? event : { ...event, traceparent })
  }
}
