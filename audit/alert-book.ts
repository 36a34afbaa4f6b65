import { z } from 'zod'
import type { SqliteFile } from './sqlite-file.ts'

const alert = z.object({
  ...{ id: z.string(), sku: z.string(), kind: z.string(), email: z.string(), state: z.string() },
  ...{ asks: z.int(), isConfirmed: z.int().transform((flag) => flag === 1) },
})
const mail = z.object({ alert: z.string(), kind: z.string(), messageId: z.string() })
const due = z.object({ alert: z.string(), count: z.int() })

/** Somebody who wants to be told of a product, once; the address is '' where that is forgotten. */
export type Alert = z.infer<typeof alert>

/** What notification knows of those who want to be told of a product. */
export type AlertBook = {
  alerts: Map<string, Alert>
  /** Noted as sent, to confirm an alert or to tell it, and the number of events that ask for each, by alert. */
  mails: z.infer<typeof mail>[]
  asked: Map<string, number>
  due: Map<string, number>
}

/** Reads that part of notification's file. */
export function readAlertBook(file: SqliteFile): AlertBook {
  const counts = (name: string) =>
    new Map([...file.rows(due, COUNTS, name)].map((row): [string, number] => [row.alert, row.count]))
  return {
    alerts: new Map([...file.rows(alert, ALERTS)].map((row) => [row.id, row])),
    mails: [...file.rows(mail, `SELECT alert, kind, messageId FROM "AlertMail"`)],
    asked: counts('alert.asked'),
    due: counts('alert.due'),
  }
}

const ALERTS = `
  SELECT id, sku, kind, email, state, asks, confirmedAt IS NOT NULL AS isConfirmed FROM "Alert"`
const COUNTS = `SELECT subject AS alert, COUNT(*) AS count FROM "Event" WHERE copyOf IS NULL AND name = ? GROUP BY subject`
