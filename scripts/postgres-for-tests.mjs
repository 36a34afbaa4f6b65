import { tmpdir } from 'node:os'
import pg from 'pg'
import { pickPorts } from '../dist/launcher/ports.js'
import { startLonePostgres } from '../dist/launcher/postgres-server.js'
import { openAccounts } from '../dist/services/accounts/db.js'
import { openInventory } from '../dist/services/inventory/db.js'
import { openLive } from '../dist/services/live/db.js'
import { openLogs } from '../dist/services/logs/db.js'
import { openNotification } from '../dist/services/notification/db.js'
import { openOrders } from '../dist/services/order/db.js'
import { openPayment } from '../dist/services/payment/db.js'
import { openSale } from '../dist/services/sale/db.js'
import { openWebhooks } from '../dist/services/webhooks/db.js'
import { memory } from './memory-for-tests.mjs'

const OPEN = [
  openAccounts,
  openInventory,
  openLive,
  openLogs,
  openNotification,
  openOrders,
  openPayment,
  openSale,
  openWebhooks,
]

/** Jest calls this before all tests on PostgreSQL: a server for them, and in it a database that all services have opened. */
export default async function startPostgres() {
  const [port] = await pickPorts(1)
  const server = await startLonePostgres(process.env.POSTGRES_BIN, port, { under: memory() ?? tmpdir() })
  globalThis.endPostgres = server.end
  process.env.TEST_POSTGRES = server.url // the processes of the tests have it from here
  const client = new pg.Client(server.url)
  await client.connect()
  await client.query('CREATE DATABASE pattern')
  await client.end()
  const pattern = server.url.replace(/[^/]*$/, 'pattern')
  const opened = await Promise.all(OPEN.map((open) => open(pattern)))
  await Promise.all(opened.map((db) => db.close()))
}
