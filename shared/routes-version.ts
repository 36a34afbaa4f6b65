import { createHash } from 'node:crypto'
import { routes } from './routes.ts'

/** What tells one state of the table from another. By itself, for pages read the table's types and have no `node:crypto`. */
export const routesVersion = createHash('sha256').update(JSON.stringify(routes)).digest('base64url').slice(0, 12)
