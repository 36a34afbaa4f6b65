import pg from 'pg'
import { asPostgresFailure } from './postgres-failure.ts'
import { parametersOf, preparing, type Sql } from './sql.ts'

type Ask = (query: pg.QueryConfig & { types: pg.CustomTypesConfig }) => Promise<pg.QueryResult>

/** SQL on whatever `ask` reaches. Each connection prepares a statement once, by its name. Values are as SQLite has them. */
export function sqlOn(ask: Ask): Sql {
  const statementOf = preparing('postgresql', (text) => ({ name: nameOf(text), text }))
  const run = async (query: TemplateStringsArray, values: unknown[]) => {
    const statement = statementOf(query, values)
    const parameters = parametersOf('postgresql', values).map(sayable)
    try {
      return await ask({ ...statement, values: parameters, types: AS_IN_SQLITE })
    } catch (error) {
      throw asPostgresFailure(error)
    }
  }
  return {
    $executeRaw: async (query, ...values) => (await run(query, values)).rowCount ?? 0,
    $queryRaw: async (query, ...values) => (await run(query, values)).rows as never, // of the type that the caller says
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `statement ${names.size}`
  names.set(text, name)
  return name
}

const { BOOL, INT8, NUMERIC } = pg.types.builtins

/** Whole numbers, sums of them too, are numbers, and a condition is 1 or 0. */
const AS_IN_SQLITE: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return Number
    if (oid === BOOL) return (value: string) => (value === 't' ? 1 : 0)
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid)
  },
}

/** PostgreSQL has no text with a character 0. */
const sayable = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value)
