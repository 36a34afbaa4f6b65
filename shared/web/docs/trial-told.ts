/** What the page needs to ask an endpoint of this very shop (public/js/docs/trial.js reads it). */
export type Trial = {
  method: string
  path: string
  /** The names in the path, each with its value in the example. */
  names: Record<string, string>
  /** Null where there is nothing to be asked. */
  query: string | null
  /** The key that opens it, as a variable; null where none does. */
  key: string | null
  /** As it is edited; null where nothing is sent. */
  body: string | null
  isStream: boolean
  opens: 'anyone' | 'customer' | 'admin'
  /** Variables that its answer gives, with the fields where they stand. */
  gives: Record<string, string>
}
