export type FieldError = { field: string; message: string }

/** An answer of RFC 9457 (problem+json). `errors` names the fields that are wrong. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly title: string
  readonly errors: FieldError[] | undefined

  constructor(status: number, title: string, detail: string, errors?: FieldError[]) {
    super(detail)
    this.status = status
    this.title = title
    this.errors = errors
  }
}
