import { createHash } from 'node:crypto'
import { Problem } from './http.ts'

/** A client's name for one request, and a digest of what it asked: the same name must always ask the same. */
export type Key = { key: string; fingerprint: string }

const VISIBLE = /^[\x21-\x7e]{1,255}$/
const QUOTED = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"$/ // a string as RFC 9651 writes it

/**
 * Reads the header Idempotency-Key: https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 * Bare keys are as good as quoted ones, for most clients send them so. Null when there is none.
 */
export function readKey(header: string | undefined, request: unknown): Key | null {
  if (header === undefined) return null
  const key = QUOTED.exec(header)?.[1]?.replace(/\\(.)/g, '$1') ?? header
  if (!VISIBLE.test(key)) throw new Problem(400, 'Bad request', `${field} ${message}`, [{ field, message }])
  const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('base64url')
  return { key, fingerprint }
}

const field = 'Idempotency-Key'
const message = 'must have 1 to 255 visible ASCII characters'

/** Runs `work`, unless another request with the same key is under way: that one is a 409. */
export function oneAtATime<Wanted extends { key: Key | null }, Done>(
  work: (wanted: Wanted) => Promise<Done>,
): (wanted: Wanted) => Promise<Done> {
  const running = new Map<string, string>()
  return async (wanted) => {
    if (wanted.key === null) return work(wanted)
    const { key, fingerprint } = wanted.key
    const other = running.get(key)
    if (other !== undefined) throw other === fingerprint ? stillRunning() : keyTaken()
    running.set(key, fingerprint)
    return work(wanted).finally(() => running.delete(key))
  }
}

function stillRunning(): Problem {
  return new Problem(409, 'Conflict', 'A request with this Idempotency-Key is still being carried out.')
}

/** The refusal of a key that was used for something else. */
export function keyTaken(): Problem {
  const detail = 'This Idempotency-Key was used for something else; what is new needs a key of its own.'
  return new Problem(422, 'Idempotency-Key reused', detail, [{ field, message: 'was used with another body' }])
}
