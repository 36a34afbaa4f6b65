/** Raw, set-based SQL: all the protocol needs of a Prisma client or transaction. A value may be a `Part`. */
export type Sql = {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>
}

/** The engines that the same statements run on. */
export type Dialect = 'sqlite' | 'postgresql'

/**
 * What engines say in different words, in a statement that is else the same for all. Its words follow from its `shape`
 * and never from what it carries: a statement is put into words once. `json` is what is bound to its one parameter, `?`.
 */
export type Part = { shape: unknown; words(dialect: Dialect): string; json?(dialect: Dialect): string }

/** The columns of a table, or some of them. A constant: see `Part`. */
export type Columns<Row> = readonly (keyof Row & string)[]

/** A list as a table with one column, `value`. */
export function each(values: readonly string[]): Part {
  const words = { sqlite: 'json_each(?)', postgresql: 'json_array_elements_text(?) AS each(value)' }
  return { shape: each, words: (dialect) => words[dialect], json: () => JSON.stringify(values) }
}

/**
 * Rows as a table with these columns, of the types that they have in `table`; SQLite has no need to know them. There they
 * travel as arrays and are read as JSONB: to name each column in each row, and to parse the row once per column,
 * costs twice as much.
 */
export function records<Row>(table: string, columns: Columns<Row>, rows: readonly Row[]): Part {
  const named = (column: string, i: number) => `value->>${i} AS "${column}"`
  const words = {
    sqlite: () => `(SELECT ${columns.map(named).join(', ')} FROM jsonb_each(?))`,
    postgresql: () => `json_populate_recordset(NULL::"${table}", ?)`,
  }
  return {
    shape: columns,
    words: (dialect) => words[dialect](),
    json: (dialect) =>
      JSON.stringify(
        dialect === 'sqlite' ? rows.map((row) => cells(row, columns)) : rows.map((row) => fields(row, columns)),
      ),
  }
}

/** As text in a column of text, also what is an object: SQLite keeps it so. */
function fields<Row>(row: Row, columns: Columns<Row>): object {
  const named: Record<string, unknown> = {}
  for (const column of columns) named[column] = row[column]
  return named
}

/** A loop: it is the busiest line of a shop at work. */
function cells<Row>(row: Row, columns: Columns<Row>): unknown[] {
  const values: unknown[] = []
  for (const column of columns) values.push(row[column])
  return values
}

/** The names of columns, as a SELECT has them. */
export function names(columns: readonly string[]): Part {
  return { shape: columns, words: () => listOf(columns) }
}

const listOf = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ')

/** Inserts rows, in their order; `ON CONFLICT` or `RETURNING` may follow. */
export function insert<Row>(table: string, columns: Columns<Row>, rows: readonly Row[]): Part {
  const from = records(table, columns, rows)
  const list = () => listOf(columns)
  return {
    ...from,
    words: (dialect) =>
      `INSERT INTO "${table}" (${list()}) SELECT ${list()} FROM ${from.words(dialect)} AS new WHERE true`,
  }
}

/** What `prepare` makes of the text of a statement, made once for each place where one stands in the code. */
export function preparing<S>(
  dialect: Dialect,
  prepare: (text: string) => S,
): (query: TemplateStringsArray, values: unknown[]) => S {
  const prepared = new Map<TemplateStringsArray, { statement: S; shapes: unknown[] }>()
  return (query, values) => {
    const known = prepared.get(query)
    if (known === undefined) {
      const statement = prepare(textOf(dialect, query, values))
      prepared.set(query, { statement, shapes: values.map(shapeOf) })
      return statement
    }
    if (values.some((value, i) => shapeOf(value) !== known.shapes[i]))
      throw new Error(`the columns of a statement are constants: ${query.join('…')}`)
    return known.statement
  }
}

/** What is bound to the parameters of a statement, in their order. */
export function parametersOf(dialect: Dialect, values: unknown[]): unknown[] {
  const parameters: unknown[] = []
  for (const value of values) {
    if (!isPart(value)) parameters.push(value)
    else if (value.json !== undefined) parameters.push(sayable(dialect, value.json(dialect)))
  }
  return parameters
}

/** PostgreSQL has no text with a character 0 or half a surrogate, and no JSON that tells of them. */
function sayable(dialect: Dialect, json: string): string {
  return dialect === 'postgresql' && json.includes('\\u') ? json.replace(UNSAYABLE, '$1\\ufffd') : json
}

/** Behind an odd number of backslashes it is text that looks like one. */
const UNSAYABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

function textOf(dialect: Dialect, query: TemplateStringsArray, values: unknown[]): string {
  let count = 0
  const mark = () => (dialect === 'sqlite' ? '?' : `$${++count}`)
  const wordsOf = (value: unknown) => (isPart(value) ? value.words(dialect).replace('?', mark) : mark())
  return query.reduce((text, piece, i) => text + wordsOf(values[i - 1]) + piece)
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && 'words' in value
const shapeOf = (value: unknown) => (isPart(value) ? value.shape : undefined)

/**
 * The same client, except that raw SQL goes straight to its connection, and so to the same transaction: Prisma's own
 * way there costs more than most of our statements. Values come as the driver gives them.
 */
export function withDirectSql<Client extends Sql>(client: Client, { $queryRaw, $executeRaw }: Sql): Client {
  return Object.create(client, { $queryRaw: { value: $queryRaw }, $executeRaw: { value: $executeRaw } })
}
