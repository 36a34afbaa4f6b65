import pg from 'pg'

/** Values as SQLite has them: whole numbers as such, also large ones; true as 1; all else as text. */
export const plainTypes = {
  getTypeParser(oid: number): (text: string) => unknown {
    return parsers.get(oid) ?? ((text) => text)
  },
}

const { INT2, INT4, INT8, OID, BOOL, FLOAT4, FLOAT8, NUMERIC } = pg.types.builtins

const parsers = new Map<number, (text: string) => unknown>([
  ...[INT2, INT4, OID, FLOAT4, FLOAT8, NUMERIC].map((oid) => [oid, Number] as const),
  [INT8, BigInt],
  [BOOL, (text: string) => (text === 't' ? 1 : 0)],
])

/** What SQLite calls a column of this type. */
export function sqliteTypeOf(type: string): 'INTEGER' | 'REAL' | 'TEXT' {
  if (/^(smallint|integer|bigint|boolean)$/.test(type)) return 'INTEGER'
  return /^(real|double precision|numeric)/.test(type) ? 'REAL' : 'TEXT'
}
