/** Raw, set-based SQL: all the protocol needs of a Prisma client or transaction. A value may be a `Part`. */
export type Sql = {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>
}

/**
 * What engines say in different words, in a statement that is else the same for all. Its words follow from its `shape`
 * and never from what it carries: a statement is put into words once. `json` is what is bound to its one parameter.
 */
export type Part = { shape: unknown; words(): string; json?: string }

/** The columns of a table, or some of them. A constant: see `Part`. */
export type Columns<Row> = readonly (keyof Row & string)[]

/** A list as a table with one column, `value`. */
export function each(values: readonly string[]): Part {
  return { shape: each, words: () => 'json_each(?)', json: JSON.stringify(values) }
}

/**
 * Rows as a table with these columns, of the types that they have in `table`; SQLite has no need to know them. They
 * travel as arrays and are read as JSONB: to name each column in each row, and to parse the row once per column,
 * costs twice as much.
 */
export function records<Row>(_table: string, columns: Columns<Row>, rows: readonly Row[]): Part {
  const named = (column: string, i: number) => `value->>${i} AS "${column}"`
  return {
    shape: columns,
    words: () => `(SELECT ${columns.map(named).join(', ')} FROM jsonb_each(?))`,
    json: JSON.stringify(rows.map((row) => cells(row, columns))),
  }
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
  const { shape, words, json } = records(table, columns, rows)
  const list = () => listOf(columns)
  return {
    shape,
    words: () => `INSERT INTO "${table}" (${list()}) SELECT ${list()} FROM ${words()} AS new WHERE true`,
    json,
  }
}

/** What `prepare` makes of the text of a statement, made once for each place where one stands in the code. */
export function preparing<S>(prepare: (text: string) => S): (query: TemplateStringsArray, values: unknown[]) => S {
  const prepared = new Map<TemplateStringsArray, { statement: S; shapes: unknown[] }>()
  return (query, values) => {
    const known = prepared.get(query)
    if (known === undefined) {
      const statement = prepare(textOf(query, values))
      prepared.set(query, { statement, shapes: values.map(shapeOf) })
      return statement
    }
    if (values.some((value, i) => shapeOf(value) !== known.shapes[i]))
      throw new Error(`the columns of a statement are constants: ${query.join('…')}`)
    return known.statement
  }
}

/** What is bound to the parameters of a statement, in their order. */
export function parametersOf(values: unknown[]): unknown[] {
  const parameters: unknown[] = []
  for (const value of values) {
    if (!isPart(value)) parameters.push(value)
    else if (value.json !== undefined) parameters.push(value.json)
  }
  return parameters
}

function textOf(query: TemplateStringsArray, values: unknown[]): string {
  const wordsOf = (value: unknown) => (isPart(value) ? value.words() : '?')
  return query.reduce((text, piece, i) => text + wordsOf(values[i - 1]) + piece)
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && 'words' in value
const shapeOf = (value: unknown) => (isPart(value) ? value.shape : undefined)
