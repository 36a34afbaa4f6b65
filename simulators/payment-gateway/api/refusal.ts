import type { z } from 'zod'
import type { Entry } from '../entry.ts'

/** What a request comes to: lines for the ledger, the first of which it is answered with, or a refusal that leaves no trace. */
export type Verdict = { ok: true; entries: [Entry, ...Entry[]] } | { ok: false; refusal: Refusal }

export const refuse = (refusal: Refusal): Verdict => ({ ok: false, refusal })

/** A request that changes nothing, as Stripe words it: the HTTP status and the `error` object. */
export type Refusal = {
  status: number
  error: { type: string; code?: string; message: string; param?: string }
  headers?: Record<string, string>
}

const INVALID = 'invalid_request_error'
const RETRY = { 'Stripe-Should-Retry': 'true' }

/** The parameters of a form are wrong; the first issue is named. */
export function invalidForm(error: z.ZodError, form: unknown): Refusal {
  const issue = error.issues[0]
  if (issue?.code === 'unrecognized_keys') return unknownParam([...issue.path, issue.keys[0]].join('.'))
  const param = issue?.path.join('.') || 'body'
  if (!hasField(form, param)) return invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
  const code = param === 'amount' ? 'parameter_invalid_integer' : undefined
  return invalid(`Invalid ${param}: ${issue?.message}`, param, code)
}

function unknownParam(param: string): Refusal {
  const message = `Received unknown parameter: ${param}. (If Stripe knows it: this stand-in does not.)`
  return invalid(message, param, 'parameter_unknown')
}

/** Nothing has this id. 404 when it is the object asked for, 400 when it is a mere parameter. */
export function missing(what: string, id: string, status: 400 | 404, param = 'id'): Refusal {
  return {
    status,
    error: { type: INVALID, code: 'resource_missing', message: `No such ${what}: '${id}'`, param },
  }
}

/** The parameters are well-formed and cannot be done. */
export function invalid(message: string, param?: string, code?: string): Refusal {
  return { status: 400, error: { type: INVALID, message, ...(code && { code }), ...(param && { param }) } }
}

/** The object is in a state in which this cannot be done. */
export function unexpectedState(message: string): Refusal {
  return invalid(message, undefined, 'payment_intent_unexpected_state')
}

/** The caller has no key, or not one of ours. */
export function unauthorized(message: string): Refusal {
  return { status: 401, error: { type: INVALID, message } }
}

/** The idempotency key belongs to another request. */
export function keyReused(key: string): Refusal {
  const message =
    'Keys for idempotent requests can only be used with the same endpoint and parameters they were first used ' +
    `with. Try using a key other than '${key}' if you meant to execute a different request.`
  return { status: 400, error: { type: 'idempotency_error', message } }
}

/** The first request with this idempotency key has not been answered yet. */
export function keyBusy(key: string): Refusal {
  const message = `There is currently another in-progress request using this Idempotency-Key: ${key}.`
  return { status: 409, error: { type: 'idempotency_error', code: 'idempotency_key_in_use', message } }
}

/** Another request is changing this object. Stripe's SDK tries again by itself if it may retry at all. */
export function objectBusy(id: string): Refusal {
  const message = `${id} cannot be accessed right now because another request is accessing it.`
  return { status: 429, error: { type: INVALID, code: 'lock_timeout', message }, headers: RETRY }
}

/** More requests a second than are taken. `Retry-After` is in seconds. */
export function tooMany(): Refusal {
  const message = 'Request rate limit exceeded. Send fewer requests a second, and wait before you try again.'
  return { status: 429, error: { type: INVALID, code: 'rate_limit', message }, headers: { 'Retry-After': '1' } }
}

/** The gateway itself cannot: 500 when it broke, 503 when it is switched off. Never stored. */
export function unavailable(status: 500 | 503, message: string): Refusal {
  return { status, error: { type: 'api_error', message } }
}

/** There is no such endpoint. */
export function unknown(request: string): Refusal {
  return { status: 404, error: { type: INVALID, message: `Unrecognized request URL (${request}).` } }
}

/** The body never became a form: garbage, too large, unknown charset. */
export function unreadable(status: number, message: string): Refusal {
  return { status, error: { type: INVALID, message: `The request body is not readable: ${message}` } }
}

function hasField(form: unknown, param: string): boolean {
  return typeof form === 'object' && form !== null && Object.hasOwn(form, param.split('.')[0] ?? '')
}
