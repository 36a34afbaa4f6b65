/**
 * An endpoint as it is asked in its example. What begins with `$` is a variable of the shell (variables.ts); what opens the
 * endpoint (a key, a token, a cookie) follows from its document and is not said here. Without `path` its names are variables.
 */
export type ExampleRequest = {
  path?: Record<string, string>
  query?: string
  headers?: Record<string, string>
  body?: unknown
  /** What becomes of cookies where the document does not tell: kept in a jar, or sent along from there. */
  jar?: 'kept' | 'sent' | 'renewed'
}
