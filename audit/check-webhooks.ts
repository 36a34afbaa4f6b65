import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { pairOf, type WebhookBook } from './webhook-book.ts'

/** Was every event due to each subscriber that it passed, once, and is each one taken, under way, or given up? */
export function* checkWebhooks({ webhooks, told }: Books): Findings {
  if (webhooks === null) return
  for (const pair of twice(webhooks.sent)) yield finding('appliedTwice', pair, 'it became due to a subscriber twice')
  for (const [pair, isTaken] of webhooks.noted)
    if (!isTaken && !webhooks.answeredFor.has(pair))
      yield finding('unposted', pair, 'it is neither taken nor under way nor given up')
  for (const pair of passedOver(webhooks, told))
    yield finding('unposted', pair, 'it never became due to the subscriber')
}

function twice(pairs: string[]): string[] {
  const seen = new Set<string>()
  return pairs.filter((pair) => seen.size === seen.add(pair).size)
}

/** Events of other services that a subscriber asked for and is already beyond. */
function passedOver({ subscriptions, places, noted }: WebhookBook, told: Books['told']): string[] {
  return subscriptions.flatMap(({ id: subscription, events, createdAt }) =>
    places
      .filter((place) => place.subscription === subscription)
      .flatMap(({ sender, seq }) =>
        told
          .filter((event) => event.sender === sender && event.seq <= seq && event.madeAt > createdAt)
          .filter(({ name }) => events.length === 0 || events.includes(name))
          .map(({ id: event }) => pairOf({ subscription, event }))
          .filter((pair) => !noted.has(pair)),
      ),
  )
}
