/** What stands in a row; numbers are written with commas between the thousands. */
export type Row = readonly (string | number)[]

const GAP = '  '

/** Sections of rows, with a rule before, between and after them. What is last in a row stands to the right. */
export function table(...sections: Row[][]): string {
  const texts = sections.map((rows) => rows.map(textsOf))
  const widths = widthsOf(texts.flat())
  const line = (row: string[]) =>
    [...padded(row.slice(0, -1), widths), row.at(-1)?.padStart(widths.at(-1) ?? 0)].join(GAP)
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width) + GAP.length * (widths.length - 1))
  return [rule, ...texts.flatMap((rows) => [...rows.map(line), rule])].join('\n')
}

/** The same in Markdown that can be read as it stands; all stands to the left. */
export function markdownTable(head: Row, rows: Row[]): string {
  const texts = [head, ...rows].map(textsOf)
  const widths = widthsOf(texts)
  const [first, ...others] = texts.map((row) => `| ${padded(row, widths).join(' | ')} |`)
  return [first, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...others].join('\n')
}

const textsOf = (row: Row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell))

function widthsOf(rows: string[][]): number[] {
  const columns = rows[0]?.map((_, i) => rows.map((row) => row[i]?.length ?? 0)) ?? []
  return columns.map((lengths) => Math.max(...lengths))
}

const padded = (row: string[], widths: number[]) => row.map((text, i) => text.padEnd(widths[i] ?? 0))
