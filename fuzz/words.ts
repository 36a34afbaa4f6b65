/**
 * What the shop itself has said, by the names it said it under: ids, keys, numbers of pages. A request that made up all
 * of them would never get beyond the 404.
 */
export type Words = {
  /** Takes in what an answer tells. */
  learn(json: unknown): void
  /** One of the values that were heard under a name, the same for the same `nth` and past; undefined when none was. */
  recall(name: string, nth: number): string | number | undefined
  /** The key that was told together with this id. */
  keyOf(id: string): string | undefined
  /** All ids of orders that were told together with a key: what was placed with a `201`. */
  keyed(): Iterable<string>
}

/** The name under which ids are found whose key is known. */
export const KEYED = 'id with a key'

/** The name under which the ids of sales are found. */
export const SALE = 'id of a sale'

const KEPT_MAX = 200 // of a name, the newest
const LONG_MAX = 200 // characters; longer ones are texts, not names of anything

/** No document tells which cards there are; the gateway's simulator takes Stripe's names for test cards. */
const TO_BEGIN_WITH: [string, string[]][] = [
  [
    'method',
    ['pm_card_visa', 'pm_card_mastercard', 'pm_card_chargeDeclined', 'pm_card_threeDSecure2Required', 'hosted'],
  ],
]

export function createWords(): Words {
  const heard = new Map<string, (string | number)[]>(TO_BEGIN_WITH)
  const keys = new Map<string, string>()
  const placed = new Set<string>()
  const keep = (name: string, value: string | number) => {
    const values = heard.get(name) ?? []
    heard.set(name, values)
    if (String(value).length > LONG_MAX || values.includes(value)) return
    values.push(value)
    if (values.length > KEPT_MAX) values.shift()
  }
  const learn = (json: unknown) => {
    if (typeof json !== 'object' || json === null) return
    if ('id' in json && 'key' in json && typeof json.id === 'string' && typeof json.key === 'string') {
      keys.set(json.id, json.key)
      placed.add(json.id)
      keep(KEYED, json.id)
    }
    if ('ticket' in json && 'key' in json && typeof json.ticket === 'string' && typeof json.key === 'string')
      keys.set(json.ticket, json.key) // of who stands in line: an order only once they are let in
    if (isSale(json)) keep(SALE, json.id)
    for (const [name, value] of Object.entries(json))
      if (typeof value === 'string' || typeof value === 'number') keep(name, value)
      else learn(value)
  }
  return {
    learn,
    recall: (name, nth) => {
      const values = heard.get(name) ?? []
      return values[nth % values.length]
    },
    keyOf: (id) => keys.get(id),
    keyed: () => placed,
  }
}

function isSale(json: object): json is { id: string } {
  return 'id' in json && typeof json.id === 'string' && 'admittedUpTo' in json
}
