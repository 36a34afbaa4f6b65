import { hash, randomBytes } from 'node:crypto'
import { CURRENCY, catalogue } from '../../shared/catalogue.ts'
import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { type Columns, insert, names } from '../../shared/store/sql.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { type Key, keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import { invalid } from '../../shared/web/problem.ts'
import { type Announcement, announceHeaders, announcement } from './announcement.ts'
import type { Client } from './db.ts'
import { type Sale, saleColumns } from './sale.ts'
import { answerOf, saleAnswer } from './sale-answer.ts'
import type { Sales } from './sales.ts'

type Wanted = { sale: Sale; key: Key | null }
type Deps = { publish: Publish<Client>; sales: Pick<Sales, 'refresh'>; log: Logger }

const skus = new Set(catalogue.map(({ sku }) => sku))

/** `POST /api/admin/sales`. Answered when it is on disk; inventory is asked to set its units aside. */
export function announceSale({ publish, sales, log }: Deps): Endpoint {
  const announce = oneAtATime((wanted: Wanted) => publish((tx, emit) => insertSale(tx, wanted, emit)))
  return {
    method: 'post',
    path: '/api/admin/sales',
    what: 'Announce a flash sale, or a group that buys together',
    isAdmin: true,
    headers: announceHeaders,
    body: announcement,
    answer: { status: 201, what: 'It is on disk.', schema: saleAnswer, headers: { Location: 'Where it is' } },
    problems: [409],
    serve: async (req, res) => {
      const asked = parseBody(announcement, req.body)
      if (!skus.has(asked.sku)) throw invalid([{ field: 'sku', message: 'is not in the catalogue' }])
      const sale = await announce({ sale: saleOf(asked), key: readKey(req.get('idempotency-key'), asked) })
      if (sale === null) throw keyTaken()
      await sales.refresh()
      log.info({ subject: sale.id, kind: sale.kind, sku: sale.sku, units: sale.units }, 'sale.announced')
      res
        .status(201)
        .location(`/api/sales/${sale.id}`)
        .json(answerOf(sale, 0, Date.now()))
    },
  }
}

const SEED_BYTES = 32

function saleOf({
  order: queueing,
  priceCents: unitPriceCents,
  mustSellOut,
  opensAt,
  drawsAt,
  ...asked
}: Announcement): Sale {
  const seed = queueing === 'draw' ? randomBytes(SEED_BYTES).toString('hex') : null
  const createdAt = Date.now()
  return {
    ...{ ...asked, id: newId(), queueing, unitPriceCents, currency: CURRENCY, createdAt },
    ...{ opensAt: opensAt ?? createdAt, drawsAt: drawsAt ?? null, drawnAt: null, endedAt: null, why: null },
    ...{ seed, seedHash: seed === null ? null : hash('sha256', seed) },
    ...{ granted: null, credits: 0, held: 0, bought: 0, spared: 0, numbers: 0, admissions: 0, admittedUpTo: 0 },
  }
}

type Row = Sale & { key: string | null; fingerprint: string | null }
const rowColumns: Columns<Row> = [...saleColumns, 'key', 'fingerprint']

/** The sale, or the one that this key stands for already; null where that was asked for in other words. */
async function insertSale(tx: Client, { sale, key }: Wanted, emit: Emit): Promise<Sale | null> {
  const row: Row = { ...sale, key: key?.key ?? null, fingerprint: key?.fingerprint ?? null }
  const inserted = await tx.$executeRaw`${insert('Sale', rowColumns, [row])} ON CONFLICT DO NOTHING`
  if (inserted === 0) return earlier(tx, row)
  emit({ name: 'sale.announced', subject: sale.id, data: { sku: sale.sku, units: sale.units } })
  return sale
}

async function earlier(tx: Client, { key, fingerprint }: Row): Promise<Sale | null> {
  const [sale] = await tx.$queryRaw<Sale[]>`
    SELECT ${names(saleColumns)} FROM "Sale" WHERE key = ${key} AND fingerprint = ${fingerprint}`
  return sale ?? null
}
