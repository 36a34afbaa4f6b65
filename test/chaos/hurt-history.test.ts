import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { forgettings, inFile } from '../../chaos/hurt-history.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'orderline-history-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('a sender that forgets a receiver has nothing for its lists any more, and all for the others', () => {
  const file = new Sqlite(join(dataDir, 'order.db'))
  file.exec(`CREATE TABLE "Meta" (key TEXT, value TEXT); CREATE TABLE "Outbox" (queue TEXT)`)
  file.exec(`INSERT INTO "Meta" VALUES ('heard:sale', ''), ('heard:live', '')`)
  file.exec(`INSERT INTO "Outbox" VALUES ('sale'), ('sale:1'), ('sale:urgent'), ('sale.2'), ('sales'), ('live')`)

  inFile('order', forgettings('sale'), { dataDir })

  expect(file.prepare('SELECT key FROM "Meta"').pluck().all()).toEqual(['heard:live'])
  expect(file.prepare('SELECT queue FROM "Outbox"').pluck().all()).toEqual(['sales', 'live'])
  file.close()
})
