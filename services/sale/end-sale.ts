import type { Emit } from '../../shared/handler.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Client } from './db.ts'
import { endSale } from './over.ts'
import { readSale } from './read-sales.ts'
import { type Sale, whyOver } from './sale.ts'
import { answerOf, saleAnswer } from './sale-answer.ts'
import type { Sales } from './sales.ts'
import { noSuchSale } from './show-sale.ts'

type Deps = { publish: Publish<Client>; sales: Pick<Sales, 'refresh'> }

/** `POST /api/admin/sales/:id/end`: as if its time were over. One that has ended stays as it is. */
export function endSaleNow({ publish, sales }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/sales/:id/end',
    what: 'End a sale now, as if its time were over; a group that is not complete is called off',
    isAdmin: true,
    answer: { status: 200, what: 'The sale, ended', schema: saleAnswer },
    problems: [404],
    serve: async (req, res) => {
      const sale = await publish((tx, emit) => endNow(tx, String(req.params.id), Date.now(), emit))
      if (sale === undefined) throw noSuchSale()
      await sales.refresh()
      res.json(answerOf(sale, 0, Date.now()))
    },
  }
}

async function endNow(tx: Client, id: string, now: number, emit: Emit): Promise<Sale | undefined> {
  const sale = await readSale(tx, id)
  if (sale?.endedAt === null) await endSale(tx, sale, whyOver(sale), now, emit)
  return readSale(tx, id)
}
