/**
 * Of rows that are about the same thing, by its name, the one with the highest revision: messages overtake each other, also
 * within a batch, and one statement may touch a row once.
 */
export function newest<Row extends { revision: number }>(rows: Row[], nameOf: (row: Row) => string): Row[] {
  const sorted = rows.toSorted((a, b) => a.revision - b.revision)
  return [...new Map(sorted.map((row) => [nameOf(row), row])).values()]
}
