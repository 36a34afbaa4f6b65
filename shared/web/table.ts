import { z } from 'zod'
import type { Request, Response } from './express.ts'

type Cell = string | number | null | undefined

/** How a list is to be answered, as a parameter of its query. */
export const format = z.enum(['json', 'csv']).optional().describe('csv: as a table; so does Accept: text/csv')

/** What an endpoint answers beside JSON where it can be had as a table. */
export const TABLE = { 'text/csv': 'The same as a table: RFC 4180, with a line of headings' }

/** Whether a table is asked for: by `?format=csv`, or by what a client accepts before JSON. */
export function wantsTable(req: Request, wanted: z.infer<typeof format>): boolean {
  return wanted === undefined ? req.accepts(['json', 'csv']) === 'csv' : wanted === 'csv'
}

/**
 * A table as RFC 4180 has it: https://www.rfc-editor.org/rfc/rfc4180. What a spreadsheet would take for a formula stands behind an
 * apostrophe: what customers call themselves must not run there. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvOf(columns: string[], rows: Cell[][]): string {
  return [columns, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const FORMULA = /^[\s]*[=+\-@\t\r\n]/
const QUOTED = /[",\r\n]/

/** Sends a table as a file to be kept. */
export function sendTable(res: Response, name: string, csv: string): void {
  res.set({ 'Content-Type': 'text/csv; charset=utf-8; header=present', Vary: 'Accept' })
  res.set('Content-Disposition', `attachment; filename="${name}.csv"`).send(csv)
}
