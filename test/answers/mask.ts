import type { Recorded } from '../../shared/web/docs/answers.ts'

const ITEMS_MAX = 2
const LISTS_OF_FIELDS = ['channels', 'operations', 'messages', 'schemas'] // by name, in the document of events
const TEXT_MAX = 400
const LINE_MAX = 300
const LINES_MAX = 14

/**
 * Answers as they are kept: what is secret, and what tells of the machine, is replaced by what opens nothing and is nowhere.
 * The same id is the same in all of them. `shop` is the address that was asked.
 */
export function maskAll(answers: Record<string, Recorded>, shop: string): Record<string, Recorded> {
  const mask = createMask(shop)
  return Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, maskOne(answer, mask)]))
}

function maskOne({ body, text, ...rest }: Recorded, mask: (text: string) => string): Recorded {
  return {
    ...rest,
    ...(body !== undefined && { body: cut(body, mask) }),
    ...(text !== undefined && { text: cutText(mask(text)) }),
  }
}

function cut(value: unknown, mask: (text: string) => string, name = ''): unknown {
  if (typeof value === 'string') return SECRETS.get(name) ?? shortened(mask(value), TEXT_MAX)
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => cut(item, mask))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
  const shown = LISTS_OF_FIELDS.includes(name) ? fields.slice(0, ITEMS_MAX) : fields
  return Object.fromEntries(shown.map(([name, item]) => [name, cut(item, mask, name)]))
}

const SECRETS = new Map([
  ['key', 'EXAMPLE-key-0123456789'],
  ['secret', 'whsec_EXAMPLE-0123456789-0123456789'],
])

const shortened = (text: string, max: number) => (text.length > max ? `${text.slice(0, max)}…` : text)

function cutText(text: string): string {
  const lines = text.trimEnd().split('\n')
  const shown = lines.slice(0, LINES_MAX).map((line) => shortened(line, LINE_MAX))
  return [...shown, ...(lines.length > LINES_MAX ? ['…'] : [])].join('\n')
}

function createMask(shop: string): (text: string) => string {
  const ids = new Map<string, string>()
  const exampleOf = (id: string) => {
    const known = ids.get(id) ?? `01900000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`
    ids.set(id, known)
    return known
  }
  return (text) =>
    text
      .replaceAll(new RegExp(`(127\\.0\\.0\\.1|localhost):${new URL(shop).port}`, 'g'), 'localhost:3000')
      .replaceAll(/127\.0\.0\.1:\d+|localhost:\d{5}/g, 'localhost:3002')
      .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, exampleOf)
      .replaceAll(/\b(pi|re|ch|cs|evt)_\w{10,}/g, '$1_EXAMPLE')
      .replaceAll(/(#|\/(?:unsubscribe|stop)\/)[\w.-]{20,}/g, '$1EXAMPLE-key-0123456789')
}
