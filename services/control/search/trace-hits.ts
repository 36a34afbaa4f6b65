import { isEventName, receiversOf, type Service, serviceOf } from '../../../shared/routes.ts'
import type { Told } from '../queues/message-traces.ts'
import { letterLink, messageLink } from './links.ts'
import type { Hit } from './search-answer.ts'

/** What one service has on disk about a message: that it has told it, for whom it still waits, its own word, and dead letters. */
export function hitsIn({ service, traces }: Told, id: string): Hit[] {
  const { event, rows, word, letters } = traces
  const title = event?.name ?? id
  return [
    ...(event === null ? [] : [hitOf('event', event.at, { state: null, link: linkOf(event.name, id, service) })]),
    ...rows.map(({ queue, enqueuedAt }) =>
      hitOf('waiting', enqueuedAt, { state: queue, link: messageLink(serviceOf(queue), id) }),
    ),
    ...(word === null ? [] : [hitOf('handled', word.at, { state: word.outcome, link: messageLink(service, id) })]),
    ...letters.map((letter) => ({
      ...hitOf('letter', letter.at, { state: letter.isOpen ? 'open' : 'closed', link: letterLink(letter.id) }),
      id: letter.id,
    })),
  ]

  function hitOf(kind: Hit['kind'], at: number, more: Pick<Hit, 'state' | 'link'>): Hit {
    return { kind, service, id, title, at: new Date(at).toISOString(), ...more }
  }
}

/** An event is shown as one of its receivers was to hear it. */
function linkOf(name: string, id: string, sender: Service): string {
  return messageLink((isEventName(name) && receiversOf(name)[0]) || sender, id)
}
