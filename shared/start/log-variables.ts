import { resolve } from 'node:path'
import { z } from 'zod'

const path = z.string().transform((text) => resolve(text))
const days = z.coerce.number().int().min(1).max(3_650)

/** The variables of what is logged, and of what becomes of it. */
export const logVariables = {
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FILE: path.optional(), // what this program logs goes there, too
  LOGS_DIR: path.optional(), // where the log files are that are collected; else `DATA_DIR/logs`
  LOGS_MAX_MB: z.coerce.number().int().min(16).max(1_000_000).default(1_024), // kept to search in; older ones are in the archive
  LOGS_DAYS: days.default(7), // likewise
  LOGS_ARCHIVE_DAYS: days.default(90),
}
