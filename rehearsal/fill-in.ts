export type Variables = Readonly<Record<string, string | undefined>>

const VARIABLE = /\$(?:(?<dollar>\$)|\{(?<name>\w+)(?::(?<kind>[-?])(?<more>[^}]*))?\}|(?<strange>.?))/gs

/**
 * A text of a compose file with its variables filled in, as Compose does: a default after `:-`, an error after `:?`, `$$` for a
 * dollar. An empty variable counts as not set. Throws for what is not set and has no default, and for forms that no file of ours has.
 */
export function fillIn(text: string, variables: Variables): string {
  return text.replace(VARIABLE, (...found) => textOf(found.at(-1), variables))
}

type Found = { dollar?: string; name?: string; kind?: string; more?: string; strange?: string }

function textOf({ dollar, name, kind, more = '', strange }: Found, variables: Variables): string {
  if (dollar !== undefined) return '$'
  if (name === undefined) throw new Error(`$${strange} is no variable: write \${NAME}, or $$ for a dollar`)
  const value = variables[name]
  if (value) return value
  if (kind === '-') return more
  throw new Error(`${name} is not set${more === '' ? '' : `: ${more}`}`)
}

/** The same for every text within what was read from YAML. */
export function fillInAll(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillIn(value, variables)
  if (Array.isArray(value)) return value.map((one) => fillInAll(one, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillInAll(one, variables)]))
}
