import type { Service } from '../../../shared/routes.ts'
import type { Hit } from './search-answer.ts'

/** Where more of something is shown; `of` is the order that it belongs to. Null where nowhere. */
export function linkTo({ kind, id }: Pick<Hit, 'kind' | 'id'>, of: string | null): string | null {
  if (of !== null) return `/orders/${encodeURIComponent(of)}#admin`
  return kind === 'account' ? `/control#/search?${new URLSearchParams({ q: id })}` : null
}

/** Where one message to a service is shown. */
export function messageLink(service: Service, id: string): string {
  return `/control#/queue/${service}?${new URLSearchParams({ message: id })}`
}

export const letterLink = (id: string) => `/control#/letters?${new URLSearchParams({ id })}`

const NUMBER = /^OL-\d+$/i
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The story of an order, by its number or its id, or all lines that say so. */
export function logLink(text: string): string {
  const isSubject = NUMBER.test(text) || ID.test(text)
  return `/logs?${new URLSearchParams(isSubject ? { subject: text } : { q: text })}`
}
