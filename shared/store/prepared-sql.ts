import { parametersOf, preparing, type Sql } from './sql.ts'
import type { Driver } from './sqlite.ts'

/** Statements are prepared once, for that takes longer than most of ours run. Values are as the driver has them. */
export function sqlOn(driver: Driver): Sql {
  const toRun = preparing('sqlite', (text) => driver.prepare<unknown[]>(text))
  const toRead = preparing('sqlite', (text) => {
    const statement = driver.prepare<unknown[], unknown[]>(text).safeIntegers(false).raw()
    return { statement, names: statement.columns().map(({ name }) => name) }
  })
  return {
    $executeRaw: async (query, ...values) => toRun(query, values).run(...parametersOf('sqlite', values)).changes,
    $queryRaw: async (query, ...values) => {
      const { statement, names } = toRead(query, values)
      return statement.all(...parametersOf('sqlite', values)).map((row) => named(names, row)) as never // of the type that the caller says
    },
  }
}

/** The driver takes half as much again to make a row an object itself. */
function named(names: string[], row: unknown[]): object {
  const object: Record<string, unknown> = {}
  for (let i = 0; i < names.length; i++) object[names[i] ?? ''] = row[i]
  return object
}
