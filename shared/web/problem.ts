export type FieldError = { field: string; message: string }

/** An answer of RFC 9457 (problem+json). `errors` names the fields that are wrong. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly title: string
  readonly errors: FieldError[] | undefined
  headers: Record<string, string> = {}

  constructor(status: number, title: string, detail: string, errors?: FieldError[]) {
    super(detail)
    this.status = status
    this.title = title
    this.errors = errors
  }

  /** The same, with headers that tell a client what to do now: `Allow`, `Retry-After` and the like. */
  with(headers: Record<string, string>): this {
    this.headers = { ...this.headers, ...headers }
    return this
  }
}

/** The refusal when the failure is ours, and passing. */
export function unavailable(detail: string, retryAfterS = 1): Problem {
  const sentence = detail[0]?.toUpperCase() + detail.slice(1)
  return new Problem(503, 'Service unavailable', sentence).with({ 'Retry-After': String(retryAfterS) })
}

/** The refusal of a request whose fields are not as they have to be. */
export function invalid(errors: FieldError[]): Problem {
  const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ')
  return new Problem(422, 'Invalid request', detail, errors)
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** The body of a problem's answer. */
export function bodyOf({ status, title, message: detail, errors }: Problem): string {
  return JSON.stringify({ type: 'about:blank', title, status, detail, ...(errors && { errors }) })
}
